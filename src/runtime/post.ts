// Posts JSON to the alert webhook. Its URL is a secret: it reaches no log and no error.

import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from './clock.ts'
import { postOnce, type Refused } from './post-once.ts'

const TRIES = 3

/** Milliseconds for one attempt, and for the wait before the second; the wait before the third is four times as long. */
const TIMES = { patience: 5 * SECOND, backoff: SECOND }

/** Statuses that another attempt may change. */
const mayPass = (refused: Refused) =>
  !('status' in refused) || refused.status >= 500 || [408, 425, 429].includes(refused.status)

type PostParts = {
  url: string
  /** Receives the reason after the last attempt. */
  onFailure: (why: Record<string, unknown>) => void
  times?: Partial<typeof TIMES>
}

export const createPost = ({ url, onFailure, times }: PostParts) => {
  const { patience, backoff } = { ...TIMES, ...times }
  const closing = new AbortController()

  return {
    /** Makes up to three attempts; never rejects. */
    send: async (facts: Record<string, unknown>): Promise<void> => {
      const body = JSON.stringify(facts)
      for (let attempts = 1; ; attempts++) {
        const refused = await postOnce({ url, body, signal: AbortSignal.timeout(patience) })
        if (!refused) return
        if (attempts === TRIES || closing.signal.aborted || !mayPass(refused)) {
          onFailure({ ...refused, attempts })
          return
        }
        const wait = backoff * 4 ** (attempts - 1)
        await sleep(wait, undefined, { signal: closing.signal }).catch(() => {}) // closing: the next attempt is now
      }
    },
    /** Ends the waits between attempts: each post in hand makes its next attempt now. */
    hurry: () => closing.abort(),
  }
}
