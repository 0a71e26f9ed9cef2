// The queues of nudges, by BullMQ: a job carries only ids. Losing one is harmless (see due.ts).

import { setTimeout as sleep } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import { SECOND } from '../runtime/clock.ts'
import { JOB_WAIT, type RedisClient } from './connection.ts'

/** The braces put all queues on one cluster slot, as BullMQ needs. */
const PREFIX = '{postern}'

/** A job of a killed process comes back after one to two times this long; its ids are due sooner. */
const LOCK = 15 * SECOND

/** A job that could not be fetched or finished, because its connection was lost, is retried after this. */
const RETRY = SECOND

/** A worker that was connected to a Redis that went away may wait for ever for the end of that connection. */
const CLOSE_PATIENCE = 3 * SECOND

/** BullMQ notes the life of every job in a stream, which nothing reads. This many entries stay, or a few more. */
const MAX_STREAM = 100

/** Ids in one job. */
const MAX_IDS = 100

type Nudge = { ids: string[] }

type QueueOptions = {
  onLost: (ids: string[], error: unknown) => void
}

/** The sending side. Ids that come while a call to Redis is in flight go together in the next one. */
export const createQueue = (redis: RedisClient, name: string, { onLost }: QueueOptions) => {
  const queue = new Queue<Nudge>(name, {
    connection: redis,
    prefix: PREFIX,
    skipVersionCheck: true,
    streams: { events: { maxLen: MAX_STREAM } },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  })
  queue.on('error', () => {}) // the connection reports its own errors, once
  let waiting: string[] = []
  let sending: Promise<void> | undefined
  let nudges = 0

  const send = async () => {
    while (waiting.length > 0) {
      const ids = waiting.slice(0, MAX_IDS)
      waiting = waiting.slice(MAX_IDS)
      await queue.add(name, { ids }).catch((error) => onLost(ids, error))
    }
    sending = undefined
  }

  return {
    name,
    /** Asks a worker to handle `id` soon. Never fails: the due entry makes up for a lost nudge. */
    nudge: (id: string) => {
      nudges++
      waiting.push(id)
      sending ??= send()
    },
    /** How many nudges were asked for so far. */
    nudges: () => nudges,
    /** Whether no nudge is on its way to Redis. */
    isIdle: () => sending === undefined,
    /** How many jobs wait, or are with a worker. */
    jobs: () => queue.getJobCountByTypes('waiting', 'active'),
    /** Whether jobs are waiting. */
    isBehind: async () => (await queue.getWaitingCount()) > 0,
    close: async () => {
      await sending
      await queue.close()
    },
  }
}

export type NudgeQueue = ReturnType<typeof createQueue>

type WorkerOptions = {
  concurrency: number
  onError: (error: unknown) => void
}

/** The receiving side: calls `handle` with the ids of each nudge. */
export const createWorker = (
  redis: RedisClient,
  name: string,
  handle: (ids: string[]) => Promise<void>,
  { concurrency, onError }: WorkerOptions,
) => {
  const running = new Set<Promise<void>>()
  const run = (ids: string[]) => {
    const handled: Promise<void> = handle(ids).finally(() => running.delete(handled))
    running.add(handled)
    return handled
  }
  const worker = new Worker<Nudge>(name, (job) => run(job.data.ids), {
    connection: redis,
    prefix: PREFIX,
    concurrency,
    skipVersionCheck: true,
    lockDuration: LOCK,
    stalledInterval: LOCK,
    drainDelay: JOB_WAIT / SECOND,
    runRetryDelay: RETRY,
  })
  worker.on('error', onError)
  worker.on('failed', (_job, error) => onError(error))
  return {
    isRunning: () => worker.isRunning(),
    ready: () => worker.waitUntilReady(),
    /** Lets running jobs finish. A job that then cannot be taken off the queue does no harm: its ids are due by their records. */
    close: async () => {
      const isClosed = new AbortController()
      const closed = worker.close().finally(() => isClosed.abort())
      const waitedFor = async () => {
        await sleep(CLOSE_PATIENCE, undefined, { signal: isClosed.signal })
        await Promise.all(running)
        worker.disconnect().catch(onError)
      }
      await Promise.race([closed, waitedFor().catch(() => closed)])
    },
  }
}
