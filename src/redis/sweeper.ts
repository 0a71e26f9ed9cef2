// The sweeper of a due set: nudges every id that is due. So retries come in time, and lost nudges are replaced. Its caller says
// when.

import { SECOND } from '../runtime/clock.ts'
import type { NudgeQueue } from './queue.ts'

/** While jobs wait, it sweeps only this often. */
const WHEN_BEHIND = 15 * SECOND

type SweepParts = {
  /** The ids that are due. */
  take: () => Promise<string[]>
  queue: NudgeQueue
  /** Whether handlers would ignore a nudge now. */
  isPaused?: (() => Promise<boolean>) | undefined
  onError: (error: unknown) => void
}

export const createSweeper = ({ take, queue, isPaused, onError }: SweepParts) => {
  let running: Promise<void> | undefined
  let behindUntil = 0
  const sweep = async () => {
    if (await isPaused?.()) return
    // Ids in the queue are not lost, and nudging them again would only make it longer. But an id that was put back must not
    // wait for a whole backlog.
    if ((await queue.isBehind()) && performance.now() < behindUntil) return
    behindUntil = performance.now() + WHEN_BEHIND
    for (const id of await take()) queue.nudge(id)
  }
  /** Sweeps now, or waits for the sweep that runs already. */
  const now = (): Promise<void> => {
    running ??= sweep()
      .catch(onError)
      .finally(() => {
        running = undefined
      })
    return running
  }
  return {
    now,
    /** Whether no sweep runs. */
    isIdle: () => running === undefined,
    close: async () => {
      await running
    },
  }
}

export type Sweeper = ReturnType<typeof createSweeper>
