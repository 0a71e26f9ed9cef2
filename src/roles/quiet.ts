// Finds out when a worker has nothing left to do for now. It knows of the work of this process and of the jobs in the queues,
// so no other process may work beside it: only the sandbox and the tests ask.

import type { Moments } from '../deliveries/moments.ts'
import type { Priority } from '../redis/due.ts'
import type { NudgeQueue } from '../redis/queue.ts'
import type { Sweeper } from '../redis/sweeper.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'

/** The parts of a stage that say whether it has work in hand. */
export type StageInHand = {
  stage: { queues: Record<Priority, Pick<NudgeQueue, 'isIdle' | 'nudges' | 'jobs'>> }
  /** Whether nothing is to be handled for now. */
  isPaused?: () => Promise<boolean>
  /** Work that waits for a moment, and goes on early where the clock was moved. */
  moments?: Pick<Moments, 'next' | 'catchUp'>
  /** Whether nothing is in hand beyond its jobs, but for what waits for its moment. */
  isIdle?: () => boolean
}

type QuietParts = {
  stages: readonly (StageInHand & { sweepers: readonly Pick<Sweeper, 'now' | 'isIdle'>[] })[]
  /** For each stage, when its first id falls due, in milliseconds. */
  nextDue: () => Promise<readonly number[]>
  /** How many jobs were begun so far. */
  begun: () => number
  clock: Pick<Clock, 'now'>
}

const MAX_QUIET = 45 * SECOND

/** Milliseconds until it looks for the first time: work that nobody counts, such as noting a click, takes no longer. */
const FIRST = 20
const POLL = 5

const NEVER = Number.POSITIVE_INFINITY

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const queuesOf = ({ queues }: StageInHand['stage']) => [queues.high, queues.low]

export const createQuiet = ({ stages, nextDue, begun, clock }: QuietParts) => {
  const queues = stages.flatMap(({ stage }) => queuesOf(stage))
  const sweepers = stages.flatMap(({ sweepers }) => sweepers)

  /** A number that every nudge and every job changes; `null` while this process has work of these stages in hand. */
  const idleMark = (): number | null => {
    const isIdle =
      stages.every(({ isIdle }) => isIdle?.() ?? true) &&
      [...queues, ...sweepers].every(({ isIdle }) => isIdle())
    return isIdle ? queues.reduce((sum, { nudges }) => sum + nudges(), begun()) : null
  }

  /**
   * For each stage, when it has something to do next; `null` while there is work in hand. For a stage that is paused nothing
   * falls due, but it may still have work in hand that it began before.
   */
  const nextUnlessBusy = async (): Promise<readonly number[] | null> => {
    const mark = idleMark()
    if (mark === null) return null
    const moments = stages.map(({ moments }) => moments?.next() ?? NEVER)
    const [paused, jobs] = await Promise.all([
      Promise.all(stages.map(({ isPaused }) => isPaused?.() ?? false)),
      Promise.all(stages.flatMap(({ stage }) => queuesOf(stage).map(({ jobs }) => jobs()))),
    ])
    if (jobs.some((count) => count > 0)) return null
    // After the jobs: one that ends meanwhile has written by then what falls due next.
    const due = await nextDue()
    // Work that was handed on meanwhile may have been missed in both places; then the mark is another.
    if (idleMark() !== mark) return null
    return stages.map((_, at) =>
      paused[at] ? NEVER : Math.min(moments[at] ?? NEVER, due[at] ?? NEVER),
    )
  }

  const bring = async (due: QuietParts['stages']) => {
    for (const { moments } of due) moments?.catchUp()
    await Promise.all(due.flatMap(({ sweepers }) => sweepers.map(({ now }) => now())))
  }

  /**
   * Brings everything that is due now, and resolves when it is done: after 45 seconds in any case. While Redis does not
   * answer, nothing counts as done.
   * @returns when something falls due next, in milliseconds; `Infinity` where nothing does, or not everything is done.
   */
  return async (): Promise<number> => {
    const until = performance.now() + MAX_QUIET
    for (let wait = FIRST; performance.now() < until; wait = POLL) {
      await sleep(wait)
      const nexts = await nextUnlessBusy().catch(() => null)
      if (nexts === null) continue
      const due = stages.filter((_, at) => (nexts[at] ?? NEVER) <= clock.now())
      if (due.length === 0) return Math.min(...nexts)
      await bring(due)
    }
    return NEVER
  }
}
