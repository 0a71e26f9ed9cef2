// Lets something happen once within a time, however often it could.

import type { Clock } from './clock.ts'

/**
 * @param every milliseconds.
 * @returns a function that answers `true` the first time, and again when the time is over since. A clock that was set back
 * makes it start anew.
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
