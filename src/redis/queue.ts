// The queues of nudges, by BullMQ: a job carries only ids. Losing one is harmless (see due.ts).

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import { SECOND } from '../runtime/clock.ts'
import { duplicate, JOB_WAIT, type RedisClient } from './connection.ts'

/** The braces put all queues on one cluster slot, as BullMQ needs. */
const PREFIX = '{postern}'

/** A job of a killed process comes back after one to two times this long; its ids are due sooner. */
const LOCK = 15 * SECOND

/** A job that could not be fetched or finished, because its connection was lost, is retried after this. */
const RETRY = SECOND

/** A worker that was connected to a Redis that went away may wait for ever for the end of that connection. */
const CLOSE_PATIENCE = 3 * SECOND

/** A worker that takes no job for one to two times this long, although jobs wait, is replaced. */
const STUCK_AFTER = 10 * SECOND

/** BullMQ notes the life of every job in a stream, which nothing reads. This many entries stay, or a few more. */
const MAX_STREAM = 100

/** Ids in one job. */
const MAX_IDS = 100

/**
 * Milliseconds after a job until the next, which is sent at once only if it is full: jobs of one id take Redis a quarter more
 * time for an email. The first nudge in a while never waits.
 */
const GAP = 5

type Nudge = { ids: string[] }

/** BullMQ's lists of the jobs that wait, and of those that are with a worker. */
const LISTS = ['wait', 'active']

type QueueOptions = {
  onLost: (ids: string[], error: unknown) => void
  /** Counts the jobs. With auto-pipelining, those of several queues are counted in one round trip. Default: `redis`. */
  countBy?: RedisClient
  /** Replaces `GAP`. */
  gap?: number
}

/**
 * The sending side. Ids of one turn of the event loop go together, as those of a sweep do, and so do those that come while a job
 * is sent or soon after it.
 */
export const createQueue = (
  redis: RedisClient,
  name: string,
  { onLost, countBy = redis, gap = GAP }: QueueOptions,
) => {
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
  let isInFlight = false
  let nudges = 0

  const send = async () => {
    await nextTurn()
    while (waiting.length > 0) {
      const ids = waiting.slice(0, MAX_IDS)
      waiting = waiting.slice(MAX_IDS)
      isInFlight = true
      await queue.add(name, { ids }).catch((error) => onLost(ids, error))
      isInFlight = false
      if (waiting.length < MAX_IDS) await sleep(gap)
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
    isIdle: () => !isInFlight && waiting.length === 0,
    /** How many jobs wait, or are with a worker. */
    jobs: async () => {
      const counts = await Promise.all(LISTS.map((list) => countBy.llen(queue.toKey(list))))
      return counts.reduce((sum, count) => sum + count, 0)
    },
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
  /** Whether jobs wait, by another connection than that of the worker. */
  isBehind: () => Promise<boolean>
  onError: (error: unknown) => void
}

/**
 * Calls `replace` when no job has begun between two checks, although jobs wait and none runs.
 * @param begun how many jobs have begun so far.
 */
const watchProgress = (
  begun: () => number,
  isIdle: () => boolean,
  isBehind: () => Promise<boolean>,
  replace: () => void,
) => {
  let before = 0
  let wasStuck = false
  const check = async () => {
    const hasBegun = begun() !== before
    before = begun()
    const isStuck = !hasBegun && isIdle() && (await isBehind()) && begun() === before
    if (isStuck && wasStuck) replace()
    wasStuck = isStuck && !wasStuck
  }
  // Where Redis cannot be asked, its connection reports that.
  const timer = setInterval(() => void check().catch(() => {}), STUCK_AFTER)
  return { stop: () => clearInterval(timer) }
}

/**
 * The receiving side: calls `handle` with the ids of each nudge. After some outages of a cluster, ioredis never connects again
 * and reports nothing, so BullMQ waits for ever. A worker that takes none of the jobs that wait is therefore replaced.
 */
export const createWorker = (
  redis: RedisClient,
  name: string,
  handle: (ids: string[]) => Promise<void>,
  { concurrency, isBehind, onError }: WorkerOptions,
) => {
  const running = new Set<Promise<void>>()
  let begun = 0
  const run = (ids: string[]) => {
    begun++
    const handled: Promise<void> = handle(ids).finally(() => running.delete(handled))
    running.add(handled)
    return handled
  }
  const begin = (connection: RedisClient) => {
    const worker = new Worker<Nudge>(name, (job) => run(job.data.ids), {
      connection,
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
    return worker
  }
  let worker = begin(redis)
  let own: RedisClient | undefined
  let isClosing = false

  const replace = () => {
    if (isClosing) return
    onError(new Error('the worker took no job although jobs wait, and was replaced'))
    worker.close(true).catch(() => {}) // its connections may be broken; it takes no job from now on
    own?.disconnect()
    own = duplicate(redis, onError)
    worker = begin(own)
  }
  const progress = watchProgress(
    () => begun,
    () => running.size === 0,
    isBehind,
    replace,
  )

  return {
    isRunning: () => worker.isRunning(),
    ready: () => worker.waitUntilReady(),
    /** Lets running jobs finish. A job that then cannot be taken off the queue does no harm: its ids are due by their records. */
    close: async () => {
      isClosing = true
      progress.stop()
      const isClosed = new AbortController()
      const closed = worker.close().finally(() => isClosed.abort())
      const waitedFor = async () => {
        await sleep(CLOSE_PATIENCE, undefined, { signal: isClosed.signal })
        await Promise.all(running)
        worker.disconnect().catch(onError)
      }
      await Promise.race([closed, waitedFor().catch(() => closed)])
      own?.disconnect()
    },
  }
}
