// Schedules retries for data that Polar writes a little later, counted from this process's first attempt for a message.

import { LRUCache } from 'lru-cache'
import { upTo } from '../runtime/cache.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'
import type { NotYet } from './message.ts'

/** More messages than are ever retried side by side; a message beyond that is not retried. */
const MOST = 50_000

/** Longer than any message takes from its first attempt to its last. */
const REMEMBERED = HOUR

export const createRetrySchedule = (clock: Clock) => {
  const first = new LRUCache<string, number>({ ...upTo(MOST), ttl: REMEMBERED, perf: clock })

  /** Milliseconds since the first attempt; infinite where there is no room to remember it. */
  const age = (id: string): number => {
    const now = clock.now()
    const at = first.get(id)
    if (at !== undefined) return now - at
    if (first.size >= MOST) first.purgeStale()
    if (first.size >= MOST) return Number.POSITIVE_INFINITY
    first.set(id, now)
    return 0
  }

  return {
    age,
    /**
     * @param times when to try, in milliseconds since the first attempt.
     * @returns the next of them; `null` after the last.
     */
    again: (id: string, times: readonly number[]): NotYet | null => {
      const since = age(id)
      const next = times.find((time) => time > since)
      return next === undefined ? null : { retryAt: clock.now() + next - since }
    },
  }
}

/** For somebody who waits for a page: what is not there at once is left out. */
export const noRetries: RetrySchedule = { age: () => Number.POSITIVE_INFINITY, again: () => null }

export type RetrySchedule = ReturnType<typeof createRetrySchedule>
