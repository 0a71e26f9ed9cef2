// Once-only keys: what was done once is never done again, for ever. A key costs thirteen bytes: the keys of a bucket lie one
// behind the other in one string, each with a value of five bytes. A compare-and-set adds them (`once`).

import { FIND_ONCE } from './compare-and-set.ts'
import type { RedisClient } from './connection.ts'
import { shardSlot } from './keys.ts'
import { createBinaryScript } from './script.ts'

/** A bucket is read whole, inside Redis: with a million keys each has some five hundred. */
const BUCKETS = 128

const FIND = `${FIND_ONCE}
return found_once(redis.call('GET', KEYS[1]) or '', ARGV[1]) or false`

/** @param name of the keys: each name has its own on every shard. */
export const createOnce = (redis: RedisClient, name: string) => {
  const find = createBinaryScript(redis, FIND)
  const bucketOf = (shardId: string, key: Buffer) =>
    shardSlot(shardId, name, 'once', `${(key[0] ?? 0) % BUCKETS}`)
  return {
    /** The Redis key of a once-only key of eight bytes, on the shard of `shardId`. */
    bucketOf,
    /** The value of a once-only key; `null` if nobody has claimed it. */
    find: async (shardId: string, key: Buffer): Promise<Buffer | null> =>
      (await find([bucketOf(shardId, key)], [key])) as Buffer | null,
  }
}

export type Once = ReturnType<typeof createOnce>
