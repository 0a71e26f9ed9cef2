// Reads from Redis when Postern has something to do next, so that time can stop there.

import { Cluster, type Redis } from 'ioredis'
import type { RedisClient } from '../redis/connection.ts'
import { dueScores, LATEST, PRIORITIES } from '../redis/due.ts'
import { FAILED_PAYMENTS } from '../schedule/entries.ts'

/** The due sets of every stage, on every shard. */
const DUE_SETS = 'postern:{s:*}:due:*'

/**
 * The first entry after `now` of the due sets on one node. The hourly look at failed payments is no reason to stop: it happens
 * at the next stop.
 */
const nextOn = async (node: Redis, now: number): Promise<number> => {
  const pipeline = node.pipeline()
  const starts: number[] = []
  for await (const keys of node.scanStream({ match: DUE_SETS, count: 1_000 })) {
    for (const key of keys as string[]) {
      for (const priority of PRIORITIES) {
        const [start, after] = dueScores(now, priority)
        const [, latest] = dueScores(LATEST, priority)
        pipeline.zrangebyscore(key, `(${after}`, latest, 'WITHSCORES', 'LIMIT', 0, 2)
        starts.push(start)
      }
    }
  }
  const times = ((await pipeline.exec()) ?? []).map(([error, entry], index) => {
    if (error) throw error
    const [first, score, , second] = entry as string[]
    const time = first === FAILED_PAYMENTS ? second : score
    return time === undefined ? Number.POSITIVE_INFINITY : Number(time) - (starts[index] ?? 0)
  })
  return Math.min(Number.POSITIVE_INFINITY, ...times)
}

/**
 * When something falls due in Postern after `now`, in milliseconds; `Infinity` if nothing does.
 * @param open connects to its Redis, at the first call.
 */
export const createNextWork = (open: () => Promise<RedisClient>) => {
  let opened: Promise<RedisClient> | undefined
  return async (now: number): Promise<number> => {
    opened ??= open()
    const redis = await opened
    const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis]
    return Math.min(...(await Promise.all(nodes.map((node) => nextOn(node, now)))))
  }
}
