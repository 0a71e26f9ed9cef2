// What somebody should look at, and when. An entry may be stale, its record decides; a record is never without one while
// work on it is unfinished. This is what heals a lost nudge.

import { type Clock, SECOND } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { everyShard, shardSlot } from './keys.ts'
import { createScript } from './script.ts'

/** How long a nudge may take before it counts as lost. */
export const NUDGE_LOST = 10 * SECOND

const MOST_AT_ONCE = 100

const TAKE = `
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, id in ipairs(ids) do redis.call('ZADD', KEYS[1], 'XX', ARGV[2], id) end
return ids`

export const createDue = (redis: RedisClient, name: string, clock: Clock) => {
  const take = createScript(redis, TAKE)
  const keyOf = (id: string) => shardSlot(id, 'due', name)
  return {
    keyOf,
    /** Sees to it that `id` is looked at when `time` (ms) has come. */
    at: (id: string, time: number) => redis.zadd(keyOf(id), time, id),
    /** Nothing more is to be done for `id`. */
    done: (id: string) => redis.zrem(keyOf(id), id),
    /** The ids that are due, up to a hundred a shard; each comes again later unless it is done by then. */
    take: async (): Promise<string[]> => {
      const now = clock.now()
      const taken = await Promise.all(
        everyShard('due', name).map((key) => take([key], [now, now + NUDGE_LOST, MOST_AT_ONCE])),
      )
      return (taken as string[][]).flat()
    },
    /** Every id for which something is to be done, now or later. */
    all: async (): Promise<string[]> => {
      const ids = await Promise.all(
        everyShard('due', name).map((key) => redis.zrange(key, '0', '-1')),
      )
      return ids.flat()
    },
    /** How many ids are due, or are being seen to. */
    count: async (): Promise<number> => {
      const until = clock.now() + NUDGE_LOST
      const counts = await Promise.all(
        everyShard('due', name).map((key) => redis.zcount(key, '-inf', until)),
      )
      return counts.reduce((sum, count) => sum + count, 0)
    },
  }
}

export type Due = ReturnType<typeof createDue>
