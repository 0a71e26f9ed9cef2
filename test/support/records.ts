// A look into Redis from outside: what Postern still means to do, and which events it has.

import { Redis } from 'ioredis'
import { dueScores, PRIORITIES } from '../../src/redis/due.ts'
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

const asking = async <T>(url: string, ask: (redis: Redis) => Promise<T>): Promise<T> => {
  const redis = new Redis(url)
  redis.on('error', () => {}) // what is asked fails, and says so
  try {
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
    const entries = (await redis.eval(ENTRIES, 0, `postern:*:due:${of}`, ...ranges)) as string[]
    return entries.filter((entry) => !OF_NOBODY.has(entry)).length
  })

/** The `webhook-id` of every stored event. */
export const storedEvents = (url: string): Promise<Set<string>> =>
  asking(url, async (redis) => {
    const { events } = eventStoreOn(redis)
    const refs = (await keysLike(redis, 'postern:*:event:*')).map((key) => {
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
