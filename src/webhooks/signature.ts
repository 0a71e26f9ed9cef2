// Verifying a Standard Webhooks signature on the raw body (https://www.standardwebhooks.com), with both of the ways in which
// Polar derives the key: from secrets made since September 2026 by decoding base64 after `whsec_`, before that the bytes of
// the whole secret. The SDK's own check tries both as well, at about ten times the cost. Resend knows the former only.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'

const TOLERANCE = 5 * MINUTE

export type SignatureHeaders = {
  id: string | undefined
  timestamp: string | undefined
  signature: string | undefined
}

const keysOf = (secret: string): Buffer[] => {
  const whole = Buffer.from(secret)
  const encoded = secret.replace(/^whsec_/, '')
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded)
    ? Buffer.from(encoded, 'base64')
    : Buffer.alloc(0)
  return decoded.length > 0 ? [whole, decoded] : [whole]
}

/**
 * @param secrets any of them verifies.
 * @returns whether a body with these headers was signed with one of the secrets, within five minutes of now.
 */
export const createVerifier = (secrets: readonly string[], clock: Clock) => {
  const keys = secrets.flatMap(keysOf)
  return (body: Uint8Array, { id, timestamp, signature }: SignatureHeaders): boolean => {
    if (!id || !signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false
    if (Math.abs(clock.now() - Number(timestamp) * SECOND) > TOLERANCE) return false
    const given = signature
      .split(' ')
      .filter((one) => one.startsWith('v1,'))
      .map((one) => Buffer.from(one.slice(3), 'base64'))
    return keys.some((key) => {
      const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
      return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected))
    })
  }
}

export type Verify = ReturnType<typeof createVerifier>
