// Reads the log: the digest and the time of each number of a shard.

import type { RedisClient } from '../connection.ts'
import { createBinaryScript } from '../script.ts'
import { ENTRY_BYTES, entryOffset, type Layout, pageOf } from './layout.ts'

const LUA = `
local entries = {}
for i = 1, #ARGV, 2 do
  local at = tonumber(ARGV[i + 1])
  entries[#entries + 1] = redis.call('GETRANGE', KEYS[tonumber(ARGV[i])], at, at + ${ENTRY_BYTES.all - 1})
end
return entries`

/** `at` is in milliseconds, rounded down to whole seconds. */
export type Found = { shard: number; n: number; digest: Buffer; at: number }

export const createEntries = (redis: RedisClient, layout: Layout) => {
  const run = createBinaryScript(redis, LUA)
  /** In the order of the numbers, without those that have no entry. */
  return async (shard: number, numbers: readonly number[]): Promise<Found[]> => {
    if (numbers.length === 0) return []
    const pages = [...new Set(numbers.map(pageOf))]
    const entries = (await run(
      pages.map((page) => layout.log(shard, page)),
      numbers.flatMap((n) => [pages.indexOf(pageOf(n)) + 1, entryOffset(n)]),
    )) as Buffer[]
    return numbers.flatMap((n, index) => {
      const entry = entries[index]
      if (!entry || entry.every((byte) => byte === 0)) return []
      const digest = entry.subarray(0, ENTRY_BYTES.digest)
      return { shard, n, digest, at: entry.readUInt32BE(ENTRY_BYTES.digest) * 1_000 }
    })
  }
}
