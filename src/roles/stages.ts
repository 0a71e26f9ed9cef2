// Runs the stages of the work: for each stage and priority a worker that handles the ids it is nudged about, and a sweeper
// that nudges the ids that are due. Once a second it asks which stages have any.

import type { RedisClient } from '../redis/connection.ts'
import { PRIORITIES, type Priority } from '../redis/due.ts'
import { createNextDue } from '../redis/next-due.ts'
import { createWorker } from '../redis/queue.ts'
import type { Stage } from '../redis/stage.ts'
import { createSweeper } from '../redis/sweeper.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createReleases } from '../runtime/releases.ts'
import { createQuiet, type StageInHand } from './quiet.ts'

export type StageRun = StageInHand & {
  stage: Stage
  /** Reads a record again and does what its state asks for. */
  handler: (id: string, priority: Priority) => Promise<void>
  /** Jobs at the same time, for each priority that the stage has; each carries up to a hundred ids. */
  concurrency: Partial<Record<Priority, number>>
  /** Resolves when background work may go on; with `true` if only in small steps. */
  whenIdle?: () => Promise<boolean>
}

type RunParts = {
  redis: RedisClient
  /** A connection that waits for Redis as long as it takes. */
  connection: RedisClient
  stages: readonly StageRun[]
  clock: Pick<Clock, 'now'>
  log: Log
}

/** Ids of one nudge that are handled side by side, and in small steps. */
const TOGETHER = { usually: 50, busy: 5 }

const EVERY = SECOND

/** @throws the first error, once all are closed or have failed to. */
const closeTogether = async (all: readonly { close: () => Promise<void> }[]) => {
  const closed = await Promise.allSettled(all.map(({ close }) => close()))
  for (const one of closed) if (one.status === 'rejected') throw one.reason
}

export const runStages = ({ redis, connection, stages, clock, log }: RunParts) => {
  const releases = createReleases()
  let jobs = 0
  const complain = (text: string) => (error: unknown) => log.error(failure(error), text)

  const start = (
    { stage, handler, concurrency, whenIdle, isPaused }: StageRun,
    priority: Priority,
  ) => {
    const { name, noun, due, queues } = stage
    const queue = queues[priority]
    // An id whose handler fails is due again by its record; the job itself is never retried.
    const handle = (id: string) =>
      handler(id, priority).catch((error) =>
        log.error({ [noun]: id, ...failure(error) }, `${name} failed`),
      )
    const handleAll = async (ids: string[]) => {
      jobs++
      for (let at = 0; at < ids.length; ) {
        const isBusy = await whenIdle?.()
        const next = at + (isBusy ? TOGETHER.busy : TOGETHER.usually)
        await Promise.all(ids.slice(at, next).map(handle))
        at = next
      }
    }
    const worker = createWorker(connection, queue.name, handleAll, {
      concurrency: concurrency[priority] ?? 1,
      isBehind: queue.isBehind,
      onError: complain(`${queue.name} worker failed`),
    })
    const take = () => due.take(priority)
    const onError = complain(`${queue.name} sweep failed`)
    return { worker, sweeper: createSweeper({ take, queue, isPaused, onError }) }
  }

  const started = stages.map((run) => {
    const priorities = PRIORITIES.filter((priority) => run.concurrency[priority])
    const parts = priorities.map((priority) => start(run, priority))
    return {
      ...run,
      workers: parts.map(({ worker }) => worker),
      sweepers: parts.map(({ sweeper }) => sweeper),
    }
  })
  const workers = started.flatMap((run) => run.workers)
  // Without Redis each takes seconds to close, so all do at the same time.
  releases.add(workers, closeTogether)
  const sweepers = started.flatMap((run) => run.sweepers)
  releases.add(sweepers, closeTogether)

  const nextDue = createNextDue(
    redis,
    stages.map(({ stage }) => stage.name),
  )

  const sweepDue = async () => {
    const times = await nextDue()
    const due = started.filter((_, at) => (times[at] ?? Number.POSITIVE_INFINITY) <= clock.now())
    for (const { sweepers } of due) for (const sweeper of sweepers) void sweeper.now()
  }
  let sweeping: Promise<void> | undefined
  const timer = setInterval(() => {
    sweeping ??= sweepDue()
      .catch(complain('due sets not read'))
      .finally(() => {
        sweeping = undefined
      })
  }, EVERY)
  releases.add(timer, async () => {
    clearInterval(timer)
    await sweeping
  })

  const quiet = createQuiet({
    stages: started,
    nextDue,
    begun: () => jobs,
    clock,
  })

  return {
    ready: () => Promise.all(workers.map(({ ready }) => ready())),
    isRunning: () => workers.every(({ isRunning }) => isRunning()),
    quiet,
    close: releases.close,
  }
}
