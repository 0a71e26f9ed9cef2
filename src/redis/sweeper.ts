// The sweeper: nudges whatever is due, every second. It brings retries when their time comes and heals lost nudges.

import { SECOND } from '../runtime/clock.ts'
import type { NudgeQueue } from './queue.ts'

const EVERY = SECOND

/** How often it sweeps all the same while jobs wait. */
const WHEN_BEHIND = 15 * SECOND

type SweepParts = {
  /** The ids that are due. */
  take: () => Promise<string[]>
  queue: NudgeQueue
  /** Whether nobody would look at what is nudged now. */
  isPaused?: (() => Promise<boolean>) | undefined
  onError: (error: unknown) => void
}

export const createSweeper = ({ take, queue, isPaused, onError }: SweepParts) => {
  let running: Promise<void> | undefined
  let behindUntil = 0
  const sweep = async () => {
    if (await isPaused?.()) return
    // What waits in the queue is not lost, and nudging again would make its queue longer. But what was put back must not
    // wait for all of a backlog: the oldest come by and by.
    if ((await queue.isBehind()) && performance.now() < behindUntil) return
    behindUntil = performance.now() + WHEN_BEHIND
    for (const id of await take()) queue.nudge(id)
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
