// Brings the checks by the clock. Every worker asks for one; the state in Redis says whose turn it is.

import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import type { Watch } from './watch.ts'

/** How often a worker asks whether a check is due. */
const TICK = 5 * SECOND

/** After an error, it asks again after so long. */
const AGAIN = MINUTE

/** How often the clock is read: the sandbox moves it. */
const POLL = SECOND

type RoundsParts = {
  watch: Watch
  clock: Pick<Clock, 'now'>
  onError: (error: unknown) => void
}

export const createRounds = ({ watch, clock, onError }: RoundsParts) => {
  let nextAt = 0
  let isClosed = false
  let running: Promise<void> | undefined

  const run = (): Promise<void> => {
    running ??= watch
      .check()
      .then(() => {
        nextAt = clock.now() + TICK
      })
      .catch((error: unknown) => {
        nextAt = clock.now() + AGAIN
        if (!isClosed) onError(error)
      })
      .finally(() => {
        running = undefined
      })
    return running
  }

  void run()
  const timer = setInterval(() => {
    if (clock.now() >= nextAt) void run()
  }, POLL)

  return {
    /** Makes the check that is due by now. */
    catchUp: run,
    /** Waits for no answer of Polar's: a check that is cut off is made by the next process. */
    close: () => {
      isClosed = true
      clearInterval(timer)
    },
  }
}
