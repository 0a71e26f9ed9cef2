// Runs the stages of the work: for each stage and priority a worker that handles the ids it is nudged about, and a sweeper
// that nudges the ids that are due.

import type { RedisClient } from '../redis/connection.ts'
import { PRIORITIES, type Priority } from '../redis/due.ts'
import { createWorker } from '../redis/queue.ts'
import type { Stage } from '../redis/stage.ts'
import { createSweeper } from '../redis/sweeper.ts'
import { SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createReleases } from '../runtime/releases.ts'

export type StageRun = {
  stage: Stage
  /** Reads a record again and does what its state asks for. */
  handler: (id: string, priority: Priority) => Promise<void>
  /** Jobs at the same time, for each priority that the stage has; each carries up to a hundred ids. */
  concurrency: Partial<Record<Priority, number>>
  /** Resolves when background work may go on; with `true` if only in small steps. */
  whenIdle?: () => Promise<boolean>
  /** Whether nothing is to be handled for now. */
  isPaused?: () => Promise<boolean>
}

type RunParts = {
  /** A connection that waits for Redis as long as it takes. */
  connection: RedisClient
  stages: readonly StageRun[]
  log: Log
}

/** Ids of one nudge that are handled side by side, and in small steps. */
const TOGETHER = { usually: 50, busy: 5 }

const MAX_QUIET = 20 * SECOND
const QUIET_POLL = 20

export const runStages = ({ connection, stages, log }: RunParts) => {
  const releases = createReleases()
  const complain = (text: string) => (error: unknown) => log.error(failure(error), text)

  const start = (
    { stage, handler, concurrency, whenIdle, isPaused }: StageRun,
    priority: Priority,
  ) => {
    const { name, due, queues } = stage
    const queue = queues[priority]
    // An id whose handler fails is due again by its record; the job itself is never retried.
    const handle = (id: string) =>
      handler(id, priority).catch((error) => log.error({ id, ...failure(error) }, `${name} failed`))
    const handleAll = async (ids: string[]) => {
      for (let at = 0; at < ids.length; ) {
        const isBusy = await whenIdle?.()
        const next = at + (isBusy ? TOGETHER.busy : TOGETHER.usually)
        await Promise.all(ids.slice(at, next).map(handle))
        at = next
      }
    }
    const worker = releases.add(
      createWorker(connection, queue.name, handleAll, {
        concurrency: concurrency[priority] ?? 1,
        onError: complain(`${queue.name} worker failed`),
      }),
      ({ close }) => close(),
    )
    const take = () => due.take(priority)
    const sweeper = releases.add(
      createSweeper({ take, queue, isPaused, onError: complain(`${queue.name} sweep failed`) }),
      ({ close }) => close(),
    )
    return { worker, sweeper }
  }

  const started = stages.flatMap((run) =>
    PRIORITIES.filter((priority) => run.concurrency[priority]).map((priority) =>
      start(run, priority),
    ),
  )

  const isQuiet = async () => {
    const counts = await Promise.all(
      stages.map(async ({ stage, isPaused }) => ((await isPaused?.()) ? 0 : stage.due.count())),
    )
    return counts.every((count) => count === 0)
  }

  return {
    ready: () => Promise.all(started.map(({ worker }) => worker.ready())),
    isRunning: () => started.every(({ worker }) => worker.isRunning()),
    /**
     * Brings everything that is due now, and resolves when it is done: after twenty seconds in any case. While Redis does not
     * answer, nothing counts as done.
     */
    quiet: async () => {
      const until = performance.now() + MAX_QUIET
      do {
        await Promise.all(started.map(({ sweeper }) => sweeper.now()))
        await new Promise((resolve) => setTimeout(resolve, QUIET_POLL))
      } while (!(await isQuiet().catch(() => false)) && performance.now() < until)
    },
    close: releases.close,
  }
}
