// What may come as often as somebody likes: counted in memory, told at once and then once in a while.

import type { Clock } from './clock.ts'
import { createThrottle } from './throttle.ts'

/**
 * @param every milliseconds.
 * @param tell hears how many there were since it was last told, and what the latest of them brought.
 */
export const createTally = <T = void>(
  every: number,
  clock: Clock,
  tell: (count: number, latest: T) => void,
) => {
  const isTime = createThrottle(every, clock)
  let count = 0
  return (latest: T) => {
    count++
    if (!isTime()) return
    tell(count, latest)
    count = 0
  }
}
