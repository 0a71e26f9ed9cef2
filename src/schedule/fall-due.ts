// Handles an entry of the schedule that falls due, and moves it to when it is next due, or takes it out. Safe to repeat at any
// point.

import { PolarUnavailableError } from '../polar/call.ts'
import type { Due } from '../redis/due.ts'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { type Entry, readEntry } from './entries.ts'

/** While Polar cannot be read, an entry is tried again after so long. */
const AGAIN = 10 * MINUTE

type FallDueParts = {
  due: Pick<Due, 'scoreOf' | 'putOffUnlessMoved' | 'doneUnlessMoved'>
  /** Does what is due by now, and resolves with when to come back (ms), if at all. It rejects where Polar cannot be read. */
  handle: (entry: Entry) => Promise<number | null>
  clock: Pick<Clock, 'now'>
  log: Log
}

export const createFallDue =
  ({ due, handle, clock, log }: FallDueParts) =>
  async (entry: string): Promise<void> => {
    // An event that comes meanwhile moves the entry, and knows more.
    const score = await due.scoreOf(entry)
    try {
      const next = await handle(readEntry(entry))
      if (next === null) await due.doneUnlessMoved(entry, score)
      else await due.putOffUnlessMoved(entry, score, next)
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      await due.putOffUnlessMoved(entry, score, clock.now() + AGAIN)
      log.warn({ entry, ...failure(error) }, 'reminder put off')
    }
  }
