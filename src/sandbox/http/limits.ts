// How many requests are let through in a stretch of time. It slides, so that no burst slips through where two
// stretches meet.

import type { Clock } from '../../runtime/clock.ts'

type Admission = {
  admitted: boolean
  /** How many more would be admitted at this instant. */
  remaining: number
  /** Milliseconds until the next one is admitted; 0 while some remain. */
  waitMs: number
}

/** Admits `limit` requests in any `windowMs`; one that is refused does not count. `Infinity` admits everything. */
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
