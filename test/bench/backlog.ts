// Makes a backlog: posts purchases to a side without a worker, so that all wait when a worker starts.

import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { dueScores, PRIORITIES } from '../../src/redis/due.ts'
import { everyShard } from '../../src/redis/keys.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { PRODUCT, purchase } from './events.ts'
import { fire } from './load/fire.ts'
import type { Started } from './processes.ts'
import { type Side, startPeer, startPostern, startResend, type World } from './sides.ts'
import { createTally } from './tally.ts'

const CONNECTIONS = 50

/** Entries that are due later are no unfinished sending. */
const SOON = MINUTE

export type Contender = {
  /** Starts its web process alone. */
  web: (world: World, more: NodeJS.ProcessEnv) => Promise<Side>
  /** @returns a function that says whether the side has nothing left to do. */
  createIsDone: (redis: Redis) => () => Promise<boolean>
}

export const postern: Contender = {
  web: (world, more) => startPostern(world, more, ['web']),
  createIsDone: (redis) => {
    const keys = ['events', 'deliveries', 'batches'].flatMap((stage) => everyShard('due', stage))
    return async () => {
      const counts = keys.flatMap((key) =>
        PRIORITIES.map((priority) => redis.zcount(key, ...dueScores(Date.now() + SOON, priority))),
      )
      return (await Promise.all(counts)).every((count) => count === 0)
    }
  },
}

export const peer: Contender = {
  web: (world, more) => startPeer(world, more, ['web']),
  createIsDone: (redis) => {
    const queue = new Queue('emails', { connection: redis })
    return async () => {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized')
      return Object.values(counts).every((count) => count === 0)
    }
  },
}

export const peerWithKeys: Contender = {
  ...peer,
  web: (world, more) => peer.web(world, { ...more, PEER_KEYS: 'yes' }),
}

type BacklogOptions = {
  world: World
  /** Requests a second that Resend accepts. The side is configured with it. */
  rateLimit?: number
  /** Milliseconds that Resend takes for an answer. */
  answerAfter?: number
}

/** The highest limit that Postern accepts, and more than either side can send. */
const UNLIMITED = 10_000

/** Starts a side with its own Resend and a web process, without a worker. */
export const openBacklog = async (contender: Contender, options: BacklogOptions) => {
  const { world, rateLimit = Infinity, answerAfter = 0 } = options
  const releases = createReleases()
  const open = async () => {
    const resend = releases.add(await startResend(rateLimit), ({ close }) => close())
    const tally = createTally(resend, { answerAfter })
    const side = await contender.web(
      { ...world, resend },
      { RESEND_RATE_LIMIT: `${Math.min(rateLimit, UNLIMITED)}` },
    )
    releases.add(side, ({ close }) => close())
    const redis = releases.add(new Redis(side.redisUrl), (one) => one.disconnect())
    world.polar.applyEvent(JSON.parse(purchase('first', PRODUCT).body))

    let latest: Started | undefined
    const startWorker = () => {
      latest = side.join('worker')
      return latest
    }
    return {
      resend,
      tally,
      startWorker,
      isDone: contender.createIsDone(redis),
      /** Processor time that Redis has used so far, in milliseconds. */
      redisUsed: async () => {
        const info = await redis.info('cpu')
        const of = (kind: string) => Number(new RegExp(`used_cpu_${kind}:(.*)`).exec(info)?.[1])
        return (of('user') + of('sys')) * SECOND
      },
      /** Posts `count` more purchases and resolves with their names when all are stored. */
      fill: async (name: string, count: number) => {
        const names = Array.from({ length: count }, (_, i) => `${name}-${i}`)
        await fire({ url: `${side.url}/webhooks/polar`, connections: CONNECTIONS, names })
        return names
      },
      /** @throws if an address has no email, or more than one. */
      check: (names: readonly string[]) => {
        const [missing, twice] = [tally.missing(names), tally.twice()]
        if (missing + twice > 0)
          throw new Error(`${missing} emails lost, ${twice} sent twice\n${latest?.stderr()}`)
      },
      close: releases.close,
    }
  }
  try {
    return await open()
  } catch (error) {
    await releases.close()
    throw error
  }
}

export type Backlog = Awaited<ReturnType<typeof openBacklog>>
