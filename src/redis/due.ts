// A due set: the ids that need work, each with the time when it is due and the priority of its nudge. An id has one entry,
// whatever its priority. An entry may be stale, since the record decides; a record with unfinished work always has one.
// So the sweeper can bring back a lost nudge.

import { type Clock, SECOND } from '../runtime/clock.ts'
import type { Write } from './compare-and-set.ts'
import type { RedisClient } from './connection.ts'
import { type DuePlace, soonestEntries } from './due-page.ts'
import { everyShard, keyOnShard, shardSlot } from './keys.ts'
import { createNextDue, LOW } from './next-due.ts'
import { createScript } from './script.ts'
import { createShardScript } from './shard-script.ts'

export type { DueEntry, DuePlace } from './due-page.ts'

/** `high` for fresh receipts, `low` for the bulk of a billing day. */
export type Priority = 'high' | 'low'

export const PRIORITIES = ['high', 'low'] as const

/** A nudge that was not acted on for so long counts as lost. */
export const NUDGE_LOST = 10 * SECOND

const MAX_AT_ONCE = 100

const score = (time: number, priority: Priority) => (priority === 'low' ? LOW + time : time)

/** Later than every date, and within the band of each priority. */
export const LATEST = 9e12

/** The range of scores that the entries of a priority have which are due at `time` (ms). */
export const dueScores = (time: number, priority: Priority) =>
  [score(0, priority), score(time, priority)] as const

/** Without a priority an entry keeps the one it has. */
const SET = `
local old = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
redis.call('ZADD', KEYS[1], ARGV[2] + (old >= ${LOW} and ${LOW} or 0), ARGV[1])`

const TAKE = `
local taken = {}
for _, key in ipairs(KEYS) do
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', key, ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[4])) do
    redis.call('ZADD', key, 'XX', ARGV[3], id)
    taken[#taken + 1] = id
  end
end
return taken`

/** How many entries of each set lie in two ranges of scores. */
const COUNT = `
local counts = {}
for at, key in ipairs(KEYS) do
  counts[at] = redis.call('ZCOUNT', key, ARGV[1], ARGV[2]) + redis.call('ZCOUNT', key, ARGV[3], ARGV[4])
end
return counts`

/** The second argument is the score that the entry must still have. */
const DONE_UNLESS_MOVED = `
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1])) == tonumber(ARGV[2]) then
  redis.call('ZREM', KEYS[1], ARGV[1])
end`

const PUT_OFF_UNLESS_MOVED = `
local old = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
if old == tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[1], ARGV[3] + (old >= ${LOW} and ${LOW} or 0), ARGV[1])
end`

/** The entry for the due set of `id`, for a script that writes several keys. */
export const dueEntry = (id: string, time: number, priority: Priority) =>
  [score(time, priority), id] as const

/**
 * @param shardIdOf the id whose shard has the entry of an id: by default its own.
 */
export const createDue = (
  redis: RedisClient,
  name: string,
  clock: Clock,
  shardIdOf: (id: string) => string = (id) => id,
) => {
  const set = createScript(redis, SET)
  const doneUnlessMoved = createScript(redis, DONE_UNLESS_MOVED)
  const putOffUnlessMoved = createScript(redis, PUT_OFF_UNLESS_MOVED)
  const nextDue = createNextDue(redis, [name])
  const keyOf = (id: string) => shardSlot(shardIdOf(id), 'due', name)
  const shards = everyShard('due', name)
  const keyOn = (shard: number) => [keyOnShard(shard, 'due', name)]
  const take = createShardScript<string>(redis, TAKE, keyOn)
  const count = createShardScript<number>(redis, COUNT, keyOn)
  return {
    keyOf,
    /** The write that makes `id` due, for a compare-and-set of its shard. */
    write: (id: string, time: number, priority: Priority): Write => ({
      key: keyOf(id),
      add: id,
      score: score(time, priority),
    }),
    /** The write that removes `id`: no work is left for it. */
    doneWrite: (id: string): Write => ({ key: keyOf(id), remove: id }),
    /**
     * Makes `id` due at `time` (ms).
     * @param priority of its nudge; without it the entry keeps its own, and a new one is `high`.
     */
    at: async (id: string, time: number, priority?: Priority): Promise<void> => {
      if (priority) await redis.zadd(keyOf(id), ...dueEntry(id, time, priority))
      else await set([keyOf(id)], [id, time])
    },
    /** Removes `id`: no work is left for it. */
    done: async (id: string): Promise<void> => {
      await redis.zrem(keyOf(id), id)
    },
    /** Removes `id` of high priority, unless it was made due at another time than `time` (ms) meanwhile. */
    doneUnlessMoved: async (id: string, time: number): Promise<void> => {
      await doneUnlessMoved([keyOf(id)], [id, time])
    },
    /** The score of an entry, for `putOffUnlessMoved`; 0 where there is none. */
    scoreOf: async (id: string): Promise<number> =>
      Number((await redis.zscore(keyOf(id), id)) ?? 0),
    /** Makes `id` due at `time` (ms), unless its entry has another score than `before` by now: whoever moved it knows more. */
    putOffUnlessMoved: async (id: string, before: number, time: number): Promise<void> => {
      await putOffUnlessMoved([keyOf(id)], [id, before, time])
    },
    /** The ids of a priority that are due, up to a hundred a shard. Each comes again later unless it is done by then. */
    take: async (priority: Priority): Promise<string[]> => {
      const now = clock.now()
      const [from, to] = dueScores(now, priority)
      const next = score(now + NUDGE_LOST, priority)
      return take([from, to, next, MAX_AT_ONCE])
    },
    /** Every id that is due now or later. */
    all: async (): Promise<string[]> => {
      const ids = await Promise.all(shards.map((key) => redis.zrange(key, '0', '-1')))
      return ids.flat()
    },
    /**
     * A page of the entries of high priority, soonest first.
     * @param after the place that the page before it resolved with as `next`; `null` there: nothing follows.
     */
    soonest: (limit: number, after: DuePlace | null = null) =>
      soonestEntries(redis, shards, { limit, after, highest: LATEST }),
    /** The first ids of each priority, soonest first. An id that was taken stays until it is done. */
    first: async (limit: number): Promise<string[]> => {
      const pages = await Promise.all(
        PRIORITIES.map((priority) => {
          const [lowest, highest] = dueScores(LATEST, priority)
          return soonestEntries(redis, shards, { limit, after: null, lowest, highest })
        }),
      )
      return pages.flatMap(({ entries }) => entries.map(({ id }) => id))
    },
    /** When the first id falls due, in milliseconds; `Infinity` where there is none. An id that was taken falls due again. */
    next: async (): Promise<number> => Math.min(...(await nextDue())),
    /** How many ids are due now or later. */
    size: async (): Promise<number> => {
      const sizes = await Promise.all(shards.map((key) => redis.zcard(key)))
      return sizes.reduce((sum, size) => sum + size, 0)
    },
    /** How many ids are due, or are being worked on. */
    count: async (): Promise<number> => {
      const until = clock.now() + NUDGE_LOST
      const counts = await count(PRIORITIES.flatMap((priority) => dueScores(until, priority)))
      return counts.reduce((sum, one) => sum + one, 0)
    },
  }
}

export type Due = ReturnType<typeof createDue>
