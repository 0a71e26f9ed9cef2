// Looking again for what is written a little later: ever more seldom, counted from the first look that this process took.

import { LRUCache } from 'lru-cache'
import type { Clock } from '../runtime/clock.ts'
import type { Later } from './message.ts'

/** Far more than are ever looked at side by side; one that is forgotten begins anew. */
const MOST = 10_000

export const createLooks = (clock: Clock) => {
  const first = new LRUCache<string, number>({ max: MOST })
  const sinceFirst = (id: string): number => {
    const at = first.get(id)
    if (at === undefined) first.set(id, clock.now())
    return clock.now() - (at ?? clock.now())
  }
  return {
    /** When to look again, given the times (ms since the first look) at which it is worth it; `null` after the last. */
    again: (id: string, times: readonly number[]): Later | null => {
      const age = sinceFirst(id)
      const next = times.find((time) => time > age)
      return next === undefined ? null : { lookAgainAt: clock.now() + next - age }
    },
  }
}

export type Looks = ReturnType<typeof createLooks>
