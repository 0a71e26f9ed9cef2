// A rate limit with a sliding window, so that no burst slips through between two windows.

import type { Clock } from '../../runtime/clock.ts'

type Admission = {
  admitted: boolean
  /** Number of requests that would still be admitted now. */
  remaining: number
  /** Milliseconds until the next one is admitted; 0 while some remain. */
  waitMs: number
}

/** Admits `limit` requests in any `windowMs`; refused ones do not count. `Infinity` admits all. */
export const createLimit = (clock: Clock, limit: number, windowMs: number) => {
  // A ring of the last `limit` admissions: the slot about to be written holds the oldest of them.
  const times: number[] = []
  let next = 0
  const inWindow = (now: number) => times.filter((time) => time > now - windowMs).length

  return {
    admit: (): Admission => {
      if (limit === Infinity) return { admitted: true, remaining: Infinity, waitMs: 0 }
      const now = clock.now()
      const oldest = times[next]
      if (oldest !== undefined && oldest > now - windowMs) {
        return { admitted: false, remaining: 0, waitMs: oldest + windowMs - now }
      }
      times[next] = now
      next = (next + 1) % limit
      const remaining = limit - inWindow(now)
      return { admitted: true, remaining, waitMs: remaining > 0 ? 0 : windowMs }
    },
  }
}
