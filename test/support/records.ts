// A look into Redis from outside: what Postern still means to do, and which events it has.

import { Cluster, Redis } from 'ioredis'
import type { RedisClient } from '../../src/redis/connection.ts'
import { dueScores, PRIORITIES } from '../../src/redis/due.ts'
import { nodesOf } from '../../src/redis/durability.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { BACKFILL, CARD_SWEEP, FAILED_PAYMENTS } from '../../src/schedule/entries.ts'
import { eventStoreOn } from './stored-events.ts'

const STEP = 5000

/** An entry that is due later than this is an appointment, not unfinished work. */
const SOON = 2 * MINUTE

const keysLike = async (redis: Redis, pattern: string): Promise<string[]> => {
  const found = new Set<string>()
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', STEP)
    for (const key of keys) found.add(key)
    cursor = next
  } while (cursor !== '0')
  return [...found]
}

/** @param url one, or those of a cluster's nodes, comma-separated. */
const asking = async <T>(url: string, ask: (redis: RedisClient) => Promise<T>): Promise<T> => {
  const urls = url.split(',')
  const redis = urls.length === 1 ? new Redis(url) : new Cluster(urls, { lazyConnect: true })
  redis.on('error', () => {}) // what is asked fails, and says so
  try {
    if (redis instanceof Cluster) await redis.connect() // only then it knows its nodes
    return await ask(redis)
  } finally {
    redis.disconnect()
  }
}

/** The time by Redis, which may be another date than that of the tests. */
export const timeOf = async (redis: Redis): Promise<number> => {
  const [seconds, micros] = await redis.time()
  return Number(seconds) * SECOND + Math.floor(Number(micros) / 1000)
}

/** Reads all due sets at one moment: read one after another, they would not show what moves from one to the next meanwhile. */
const ENTRIES = `
local entries = {}
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  for at = 2, #ARGV, 2 do
    for _, entry in ipairs(redis.call('ZRANGEBYSCORE', key, ARGV[at], ARGV[at + 1])) do
      entries[#entries + 1] = entry
    end
  end
end
return entries`

/** Entries of the schedule that are never done. */
const OF_NOBODY = new Set([BACKFILL, CARD_SWEEP, FAILED_PAYMENTS])

/** How many things are due: now, or when what is under way turns out to be lost; or within so many milliseconds. */
export const leftDue = (url: string, within = SOON, of = '*'): Promise<number> =>
  asking(url, async (redis) => {
    const ranges = PRIORITIES.flatMap((priority) => dueScores(Date.now() + within, priority))
    const dueOn = async (node: Redis) =>
      (await node.eval(ENTRIES, 0, `postern:*:due:${of}`, ...ranges)) as string[]
    const entries = (await Promise.all(nodesOf(redis).map(dueOn))).flat()
    return entries.filter((entry) => !OF_NOBODY.has(entry)).length
  })

/** The `webhook-id` of every stored event. */
export const storedEvents = (url: string): Promise<Set<string>> =>
  asking(url, async (redis) => {
    const { events } = eventStoreOn(redis)
    const ofNodes = nodesOf(redis).map((node) => keysLike(node, 'postern:*:event:*'))
    const refs = (await Promise.all(ofNodes)).flat().map((key) => {
      const [, shard, digest = ''] = /\{s:(\d+)\}:event:(.*)/.exec(key) ?? []
      return { shard: Number(shard), digest: Buffer.from(digest, 'base64url') }
    })
    const found = await Promise.all(refs.map((ref) => events.load(ref)))
    return new Set(found.flatMap((event) => event?.id ?? []))
  })

/** Bytes of all of it in Redis's memory. */
export const memoryUsed = (url: string): Promise<number> =>
  asking(url, async (redis) => Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]))

/** The due entries alone must bring back what was begun. */
export const loseJobs = (url: string): Promise<unknown> =>
  asking(url, async (redis) => {
    const jobs = await redis.keys('{postern}:*')
    if (jobs.length > 0) await redis.del(jobs)
  })
