// Looking again for what is written a little later: ever more seldom, counted from the first look that this process took.

import { LRUCache } from 'lru-cache'
import { type Clock, HOUR } from '../runtime/clock.ts'
import type { NotYet } from './message.ts'

/** More than are ever looked at side by side; where there are, the rest are not waited for. */
const MOST = 50_000

/** Longer than any message takes from its first look to its last. */
const REMEMBERED = HOUR

export const createRetrySchedule = (clock: Clock) => {
  const first = new LRUCache<string, number>({ max: MOST, ttl: REMEMBERED, perf: clock })

  /** Milliseconds since the first look; endless where there is no room to remember it. */
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
    /** When to look again, given the times (ms since the first look) at which it is worth it; `null` after the last. */
    again: (id: string, times: readonly number[]): NotYet | null => {
      const since = age(id)
      const next = times.find((time) => time > since)
      return next === undefined ? null : { retryAt: clock.now() + next - since }
    },
  }
}

export type RetrySchedule = ReturnType<typeof createRetrySchedule>
