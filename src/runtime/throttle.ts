// Lets something happen at most once within a time.

import type { Clock } from './clock.ts'

/**
 * @param every milliseconds.
 * @returns a function that returns `true` the first time, and again once the time is over. A clock that was set back starts
 * it anew.
 */
export const createThrottle = (every: number, clock: Clock) => {
  let last = Number.NEGATIVE_INFINITY
  return (): boolean => {
    const now = clock.now()
    if (now >= last && now - last < every) return false
    last = now
    return true
  }
}
