// The sweeper: nudges whatever is due, every second. It brings retries when their time comes and heals lost nudges.

import { SECOND } from '../runtime/clock.ts'
import type { Due } from './due.ts'
import type { NudgeQueue } from './queue.ts'

const EVERY = SECOND

export const createSweep = (due: Due, queue: NudgeQueue, onError: (error: unknown) => void) => {
  let running: Promise<void> | undefined
  const sweep = async () => {
    // What waits in the queue is not lost, and nudging again would make its queue longer.
    if (await queue.isBehind()) return
    for (const id of await due.take()) queue.nudge(id)
  }
  /** Sweeps now; a sweep that runs already will do. */
  const now = (): Promise<void> => {
    running ??= sweep()
      .catch(onError)
      .finally(() => {
        running = undefined
      })
    return running
  }
  const timer = setInterval(now, EVERY)
  return {
    now,
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}
