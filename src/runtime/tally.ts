// What may come as often as somebody likes: counted in memory, told at once and then once in a while.

import type { Clock } from './clock.ts'

/** @param every milliseconds. */
export const createTally = (every: number, clock: Clock, tell: (count: number) => void) => {
  let count = 0
  let next = Number.NEGATIVE_INFINITY
  return () => {
    count++
    if (clock.now() < next) return
    tell(count)
    count = 0
    next = clock.now() + every
  }
}
