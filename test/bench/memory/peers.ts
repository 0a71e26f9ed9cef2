// How much of Redis's memory a message of the naive peer takes. It keeps its finished jobs with the emails as they were sent,
// or without them, or it keeps nothing. It records no reports and no clicks.

import { Redis } from 'ioredis'
import { peer } from '../backlog.ts'
import { type Purchase, purchase } from '../events.ts'
import { bytes } from '../figures.ts'
import { startPeer, type World } from '../sides.ts'
import type { Line } from '../table.ts'
import { post, purchases, until, used, WARM } from './measure.ts'

/** BullMQ keeps some ten thousand entries of its own events. Each job makes about four of them. */
const UNMAILED = 3_000

/** An event that the peer's worker sends no email about. */
const unmailed = ({ body, ...rest }: Purchase): Purchase => ({
  ...rest,
  body: body.replace('"type":"order.paid"', '"type":"order.created"'),
})

const measured = async (world: World, count: number, more: NodeJS.ProcessEnv) => {
  const side = await startPeer(world, { RESEND_RATE_LIMIT: '10000', ...more })
  const redis = new Redis(side.redisUrl)
  const isDone = peer.createIsDone(redis)
  const send = async (all: readonly Purchase[]) => {
    await post(side.url, all)
    await until(isDone)
  }
  try {
    await send(purchases(UNMAILED, purchase).map(unmailed))
    await send(purchases(WARM, purchase))
    const before = await used(redis)
    await send(purchases(count, purchase))
    if ((await redis.zcard('bull:emails:failed')) > 0) throw new Error('emails of the peer failed')
    // Redis's own buffers grow and shrink by some 40 kB meanwhile.
    return Math.max(0, (await used(redis)) - before) / count
  } finally {
    redis.disconnect()
    await side.close()
  }
}

/** Postern's messages beside them. @param ours bytes a message. */
export const besidePeers = async (
  world: World,
  isShort: boolean,
  ours: { fresh: number; old: number },
): Promise<Line[]> => {
  const count = isShort ? 300 : 2_000
  const emails = await measured(world, count, { PEER_KEEPS: 'emails' })
  const jobs = await measured(world, count, { PEER_KEEPS: 'jobs' })
  const nothing = await measured(world, count, {})
  const line = (row: string, postern: number, peer: number): Line => ({
    ...{ row: `memory, ${row}`, postern: [postern], peer: [peer], format: bytes },
  })
  return [
    line('fresh: a peer that keeps its jobs and emails', ours.fresh, emails),
    line('fresh: a peer that keeps its finished jobs', ours.fresh, jobs),
    line('old: a peer that keeps nothing', ours.old, nothing),
  ]
}
