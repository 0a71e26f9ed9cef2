// Idempotency keys: a request goes ahead, gets the stored answer, or is refused.

import { createHash } from 'node:crypto'
import { type Clock, DAY } from '../../runtime/clock.ts'
import type { Problem } from './email.ts'

const MEMORY = DAY
const MAX_LENGTH = 256

type Answer = object
type StoredRequest = { fingerprint: string; at: number; answer: Answer | undefined }

export type Verdict =
  | { verdict: 'go'; settle: (answer: Answer | undefined) => void }
  | { verdict: 'replay'; answer: Answer }
  | { verdict: 'refuse'; problem: Problem }

const refuse = (statusCode: number, name: string, message: string): Verdict => ({
  verdict: 'refuse',
  problem: { statusCode, name, message },
})

export const createIdempotency = (clock: Clock) => {
  const keys = new Map<string, StoredRequest>()

  const forgetOld = () => {
    // The keys are in order of arrival, so the first recent one ends the search.
    for (const [key, { at }] of keys) {
      if (at > clock.now() - MEMORY) return
      keys.delete(key)
    }
  }

  return {
    /** Refuses a known key with another `path` or `body`. */
    open: (key: string | undefined, path: string, body: string): Verdict => {
      if (key === undefined) return { verdict: 'go', settle: () => {} }
      if (key.length < 1 || key.length > MAX_LENGTH) {
        return refuse(
          400,
          'invalid_idempotency_key',
          `The idempotency key must be between 1 and ${MAX_LENGTH} characters long.`,
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
        /** Stores an accepted answer. A refusal leaves the key free. */
        settle: (answer) => {
          if (answer === undefined) keys.delete(key)
          else keys.set(key, { fingerprint, at: clock.now(), answer })
        },
      }
    },
  }
}
