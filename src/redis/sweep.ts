// The sweeper: nudges whatever is due, every second. It brings retries when their time comes and heals lost nudges.

import { SECOND } from '../runtime/clock.ts'
import type { Due } from './due.ts'

const EVERY = SECOND

export const createSweep = (
  due: Due,
  nudge: (id: string) => void,
  onError: (error: unknown) => void,
) => {
  let running: Promise<void> | undefined
  const sweep = async () => {
    for (const id of await due.take()) nudge(id)
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
