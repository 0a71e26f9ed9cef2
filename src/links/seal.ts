// Seals: short signed values with a time, such as the nonce in a form and the cookie of a known
// browser.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../runtime/clock.ts'

/**
 * Makes and verifies seals for one purpose. Each purpose has its own derived key.
 * @param ttl how long a seal is valid, in milliseconds.
 * @param secrets the first signs, all verify.
 */
export const createSeal = (
  secrets: readonly Buffer[],
  purpose: string,
  ttl: number,
  clock: Clock,
) => {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `postern ${purpose} v1`, 32)),
  )
  const mac = (key: Buffer, statement: string, time: string) =>
    createHmac('sha256', key).update(`${time}.${statement}`).digest()

  const ageOf = (seal: string | undefined, statement: string): number | null => {
    const [, time, given] = /^([0-9a-z]{1,11})\.([\w-]{43})$/.exec(seal ?? '') ?? []
    if (!time || !given) return null
    const age = clock.now() - Number.parseInt(time, 36)
    if (age > ttl || age < -ttl) return null
    const bytes = Buffer.from(given, 'base64url')
    return keys.some((key) => timingSafeEqual(mac(key, statement, time), bytes)) ? age : null
  }

  return {
    /** Seals a statement. The seal consists of `A-Z a-z 0-9 . _ -`. */
    sign: (statement: string): string => {
      const [key] = keys
      if (!key) throw new Error('no link secret')
      const time = clock.now().toString(36)
      return `${time}.${mac(key, statement, time).toString('base64url')}`
    },
    /** Whether `seal` is genuine, for this statement, and not expired. */
    isValid: (seal: string | undefined, statement: string): boolean =>
      ageOf(seal, statement) !== null,
    /** The age of a seal in milliseconds; `null` if it is not valid. */
    ageOf,
  }
}
