// The worker role: for each stage a worker that looks at what it is nudged about, and a sweeper that nudges what is due.

import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { createWorker, type NudgeQueue } from '../redis/queue.ts'
import { createSweeper } from '../redis/sweeper.ts'
import { SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createReleases } from '../runtime/releases.ts'

type Stage = {
  due: Due
  queue: NudgeQueue
  /** Re-reads a record and does what its state asks for, or sees to it that it is done. */
  look: (id: string) => Promise<void>
  /** Jobs at the same time; each carries up to a hundred ids. */
  concurrency: number
  /** Resolves when work that nobody waits for may go on; with `true` if only in small steps. */
  eased?: () => Promise<boolean>
  /** Whether nothing is to be looked at for now. */
  isShut?: () => Promise<boolean>
}

type WorkerRoleParts = {
  /** A connection that waits for Redis as long as it takes. */
  connection: RedisClient
  stages: Record<string, Stage>
  log: Log
}

/** Ids of one nudge that are looked at side by side, and in small steps. */
const TOGETHER = { usually: 50, pressed: 5 }

const QUIET_AT_MOST = 20 * SECOND
const QUIET_LOOK = 20

export const createWorkerRole = ({ connection, stages, log }: WorkerRoleParts) => {
  const releases = createReleases()
  const complain = (what: string) => (error: unknown) => log.error(failure(error), what)

  const started = Object.entries(stages).map(([name, stage]) => {
    const { due, queue, look, eased, isShut, concurrency } = stage
    // What fails is due again by its record; the job itself is never retried.
    const lookAt = (id: string) =>
      look(id).catch((error) => log.error({ id, ...failure(error) }, `${name} failed`))
    const lookAtAll = async (ids: string[]) => {
      for (let at = 0; at < ids.length; ) {
        const isPressed = await eased?.()
        const next = at + (isPressed ? TOGETHER.pressed : TOGETHER.usually)
        await Promise.all(ids.slice(at, next).map(lookAt))
        at = next
      }
    }
    const worker = createWorker(connection, name, lookAtAll, {
      concurrency,
      onError: complain(`${name} worker failed`),
    })
    releases.add(worker, ({ close }) => close())
    const sweep = createSweeper({ due, queue, isShut, onError: complain(`${name} sweep failed`) })
    releases.add(sweep, ({ close }) => close())
    return { worker, sweep, due, isShut }
  })

  const isQuiet = async () => {
    const counts = await Promise.all(
      started.map(async ({ due, isShut }) => ((await isShut?.()) ? 0 : due.count())),
    )
    return counts.every((count) => count === 0)
  }

  return {
    ready: () => Promise.all(started.map(({ worker }) => worker.ready())),
    isRunning: () => started.every(({ worker }) => worker.isRunning()),
    /** Brings everything that is due now, and resolves when it is done: after twenty seconds in any case. */
    quiet: async () => {
      const until = performance.now() + QUIET_AT_MOST
      do {
        await Promise.all(started.map(({ sweep }) => sweep.now()))
        await new Promise((resolve) => setTimeout(resolve, QUIET_LOOK))
      } while (!(await isQuiet()) && performance.now() < until)
    },
    close: releases.close,
  }
}
