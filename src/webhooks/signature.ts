// Verifies a Standard Webhooks signature on the raw body (https://www.standardwebhooks.com). Polar derives the key in two ways:
// from secrets made since September 2026 by decoding base64 after `whsec_`, before that from the bytes of the whole secret.
// Resend uses the first way only. The SDK's check tries both as well, at about ten times the cost.

import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'

const TOLERANCE = 5 * MINUTE

/** Bytes of an HMAC with SHA-256. */
const SIGNATURE_BYTES = 32

export type SignatureHeaders = {
  id: string | undefined
  timestamp: string | undefined
  signature: string | undefined
}

/** Headers that a signature can be verified by. `apart` is our time minus the sender's, in milliseconds. */
type Claim = {
  is: 'claim'
  id: string
  timestamp: string
  signatures: readonly Buffer[]
  apart: number
  isTimely: boolean
}

/** The verdict on the headers, before the body is read. */
export type Reading = Claim | { is: 'no_signature' } | { is: 'malformed' }

/**
 * The verdict on the body. `secret` is the index of the secret that verified; `clock` is a genuine signature whose time is
 * more than five minutes away from ours.
 */
export type Verdict =
  | { is: 'verified'; secret: number }
  | { is: 'clock'; apart: number }
  | { is: 'wrong_secret' }

/** The way of today first, so that one HMAC is enough for it. */
const keysOf = (secret: string): Buffer[] => {
  const whole = Buffer.from(secret)
  const encoded = secret.replace(/^whsec_/, '')
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded)
    ? Buffer.from(encoded, 'base64')
    : Buffer.alloc(0)
  return decoded.length > 0 ? [decoded, whole] : [whole]
}

const signaturesOf = (header: string): Buffer[] =>
  header
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'))
    .filter((bytes) => bytes.length === SIGNATURE_BYTES)

/** @param secrets any of them verifies. */
export const createVerifier = (secrets: readonly string[], clock: Clock) => {
  // Made into keys once: `createHmac` takes several times as long with bytes.
  const keys = secrets.flatMap((secret, index) =>
    keysOf(secret).map((key) => ({ key: createSecretKey(key), index })),
  )
  return {
    read: ({ id, timestamp, signature }: SignatureHeaders): Reading => {
      if (!id || !timestamp || !signature) return { is: 'no_signature' }
      const signatures = signaturesOf(signature)
      if (signatures.length === 0 || !/^\d{1,12}$/.test(timestamp)) return { is: 'malformed' }
      const apart = clock.now() - Number(timestamp) * SECOND
      const isTimely = Math.abs(apart) <= TOLERANCE
      return { is: 'claim', id, timestamp, signatures, apart, isTimely }
    },
    verify: (body: Uint8Array, claim: Claim): Verdict => {
      const { id, timestamp, signatures, apart, isTimely } = claim
      const fits = keys.find(({ key }) => {
        const expected = createHmac('sha256', key)
          .update(`${id}.${timestamp}.`)
          .update(body)
          .digest()
        return signatures.some((one) => timingSafeEqual(one, expected))
      })
      if (!fits) return { is: 'wrong_secret' }
      return isTimely ? { is: 'verified', secret: fits.index } : { is: 'clock', apart }
    },
  }
}

export type Verifier = ReturnType<typeof createVerifier>
