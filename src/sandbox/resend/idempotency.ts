// Idempotency keys: what a request under a key may do, given what was done under it before.

import { createHash } from 'node:crypto'
import { type Clock, DAY } from '../../runtime/clock.ts'
import type { Problem } from './email.ts'

const MEMORY = DAY
const LONGEST = 256

type Answer = object
type Remembered = { fingerprint: string; at: number; answer: Answer | undefined }

export type Verdict =
  | { verdict: 'go'; settle: (answer: Answer | undefined) => void }
  | { verdict: 'replay'; answer: Answer }
  | { verdict: 'refuse'; problem: Problem }

const refuse = (statusCode: number, name: string, message: string): Verdict => ({
  verdict: 'refuse',
  problem: { statusCode, name, message },
})

export const createIdempotency = (clock: Clock) => {
  const keys = new Map<string, Remembered>()

  const forgetOld = () => {
    // In order of arrival, so the first young one ends the search.
    for (const [key, { at }] of keys) {
      if (at > clock.now() - MEMORY) return
      keys.delete(key)
    }
  }

  return {
    /** `path` and `body` are the payload: the same key with another of either is a mistake of the caller's. */
    open: (key: string | undefined, path: string, body: string): Verdict => {
      if (key === undefined) return { verdict: 'go', settle: () => {} }
      if (key.length < 1 || key.length > LONGEST) {
        return refuse(
          400,
          'invalid_idempotency_key',
          `The idempotency key must be between 1 and ${LONGEST} characters long.`,
        )
      }
      forgetOld()
      const fingerprint = createHash('sha256')
        .update(path)
        .update('\n')
        .update(body)
        .digest('base64')
      const before = keys.get(key)
      if (before !== undefined && before.fingerprint !== fingerprint) {
        return refuse(
          409,
          'invalid_idempotent_request',
          'This idempotency key has already been used with a different payload.',
        )
      }
      if (before !== undefined) {
        if (before.answer !== undefined) return { verdict: 'replay', answer: before.answer }
        return refuse(
          409,
          'concurrent_idempotent_requests',
          'Another request with the same idempotency key is still in progress.',
        )
      }
      keys.set(key, { fingerprint, at: clock.now(), answer: undefined })
      return {
        verdict: 'go',
        /** What was accepted is remembered; what was refused leaves the key free. */
        settle: (answer) => {
          if (answer === undefined) keys.delete(key)
          else keys.set(key, { fingerprint, at: clock.now(), answer })
        },
      }
    },
  }
}
