// Counts something that may happen very often: reports it at once, and then once in a while with the number.

import type { Clock } from './clock.ts'
import { createThrottle } from './throttle.ts'

/**
 * @param every milliseconds.
 * @param report receives how many there were since the last report, and the latest of them.
 * @returns a function that counts one, or `by`.
 */
export const createTally = <T = void>(
  every: number,
  clock: Clock,
  report: (count: number, latest: T) => void,
) => {
  const isTime = createThrottle(every, clock)
  let count = 0
  return (latest: T, by = 1) => {
    count += by
    if (!isTime()) return
    report(count, latest)
    count = 0
  }
}
