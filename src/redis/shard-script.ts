// A script over the same keys of every shard: one call for all of them where Redis allows it, or one call a shard.

import { Cluster } from 'ioredis'
import type { RedisClient } from './connection.ts'
import { SHARDS } from './keys.ts'
import { type Argument, createScript } from './script.ts'

/** A cluster behind a proxy looks like one server, and takes no call with keys of several slots. */
const isOverSlots = (error: unknown) =>
  error instanceof Error && /\bCROSSSLOT\b/.test(error.message)

/**
 * @param lua takes the keys of any number of shards, one shard after another, and answers with a list: for each shard as many
 * items as it likes. Nothing in it may depend on the other shards.
 * @param keysOf a shard's keys.
 * @returns a function that resolves with the items of all shards, in their order.
 */
export const createShardScript = <Item>(
  redis: RedisClient,
  lua: string,
  keysOf: (shard: number) => readonly string[],
) => {
  const script = createScript(redis, lua)
  const keys = SHARDS.map(keysOf)
  const all = keys.flat()
  let takesAll = !(redis instanceof Cluster)

  return async (args: readonly Argument[]): Promise<Item[]> => {
    if (takesAll) {
      try {
        return (await script(all, args)) as Item[]
      } catch (error) {
        if (!isOverSlots(error)) throw error
        takesAll = false
      }
    }
    return (await Promise.all(keys.map((some) => script(some, args) as Promise<Item[]>))).flat()
  }
}
