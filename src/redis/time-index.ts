// An index of ids by time, spread over the shards. An entry may be stale; the record decides.

import type { RedisClient } from './connection.ts'
import { everyShard, shardSlot } from './keys.ts'

export const createTimeIndex = (redis: RedisClient, name: string) => {
  const keyOf = (id: string) => shardSlot(id, name)
  return {
    /** @param at milliseconds. */
    add: (id: string, at: number) => redis.zadd(keyOf(id), at, id),
    remove: (id: string) => redis.zrem(keyOf(id), id),
    /** All ids, in no particular order. */
    ids: async (): Promise<string[]> => {
      const shards = await Promise.all(everyShard(name).map((key) => redis.zrange(key, '0', '-1')))
      return shards.flat()
    },
    count: async (): Promise<number> => {
      const counts = await Promise.all(everyShard(name).map((key) => redis.zcard(key)))
      return counts.reduce((sum, count) => sum + count, 0)
    },
  }
}
