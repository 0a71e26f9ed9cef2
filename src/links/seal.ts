// Small signed statements that a browser hands back to us: the nonce in the Continue form, the cookie of a known browser.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../runtime/clock.ts'

/**
 * Seals statements for one purpose, each purpose under its own derived key.
 * @param life how long a seal holds, in milliseconds.
 * @param secrets the first signs, all verify.
 */
export const createSeal = (
  secrets: readonly Buffer[],
  purpose: string,
  life: number,
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
    if (age > life || age < -life) return null
    const bytes = Buffer.from(given, 'base64url')
    return keys.some((key) => timingSafeEqual(mac(key, statement, time), bytes)) ? age : null
  }

  return {
    /** A seal on `statement`, of `A-Z a-z 0-9 . _ -`. */
    sign: (statement: string): string => {
      const [key] = keys
      if (!key) throw new Error('no link secret')
      const time = clock.now().toString(36)
      return `${time}.${mac(key, statement, time).toString('base64url')}`
    },
    /** Whether `seal` is ours, for this statement, and still holds. */
    holds: (seal: string | undefined, statement: string): boolean =>
      ageOf(seal, statement) !== null,
    /** How long ago a seal was made, in milliseconds; `null` for one that does not hold. */
    ageOf,
  }
}
