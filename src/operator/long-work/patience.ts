// Waits while Polar does not answer or has no room.

import { setTimeout as sleep } from 'node:timers/promises'
import { PolarUnavailableError } from '../../polar/call.ts'
import { type Clock, MINUTE, SECOND } from '../../runtime/clock.ts'

/** Polar is given up on when it has not answered for so long. */
const PATIENCE = 10 * MINUTE

/** Polar is asked again after so long, unless it says when. */
const AGAIN = 5 * SECOND

/** A worker that waits looks so often whether it still should. */
const LOOKED_EVERY = 5 * SECOND

export const createPatience = (clock: Pick<Clock, 'now'>) => {
  /** @param goesOn is asked while it waits. @returns `null` where it should not go on. */
  return async <Result>(
    ask: () => Promise<Result>,
    goesOn: () => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<{ got: Result } | { gaveUp: PolarUnavailableError } | null> => {
    const askedAt = clock.now()
    while (true) {
      try {
        return { got: await ask() }
      } catch (error) {
        if (!(error instanceof PolarUnavailableError)) throw error
        if (clock.now() > askedAt + PATIENCE) return { gaveUp: error }
        const until = Math.max(clock.now() + AGAIN, error.until ?? 0)
        while (clock.now() < until) {
          const wait = Math.min(LOOKED_EVERY, until - clock.now())
          await sleep(wait, undefined, { signal }).catch(() => {}) // a process that closes waits no longer
          if (!(await goesOn())) return null
        }
      }
    }
  }
}
