// Brings the list of suppressions in line with their records: every record that was not freed is listed, at its time, and
// nothing else is.

import { createCompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { shardOf } from '../redis/keys.ts'
import { UnreadableRecordError } from '../redis/packing.ts'
import { type Suppression, suppressionKey, suppressionListKey } from './store.ts'

/** Entries that are looked at side by side. */
const STEP = 50

/** Where the record's place in the list should be (ms); `null`: nowhere. */
const wantedIn = (text: string | null): number | null => {
  if (text === null) return null
  const { at, freedAt } = JSON.parse(text) as Suppression
  if (!Number.isFinite(at)) throw new UnreadableRecordError('a suppression without its time')
  return freedAt === undefined ? at : null
}

export const createSuppressionRepair = (redis: RedisClient) => {
  const compareAndSet = createCompareAndSet(redis)

  /**
   * @returns whether the list had to be changed.
   * @throws {SyntaxError} {UnreadableRecordError} where the record is damaged.
   */
  const repair = (hash: string): Promise<boolean> =>
    retryConflicts(async () => {
      const [key, list] = [suppressionKey(hash), suppressionListKey(shardOf(hash))]
      const expected = await redis.get(key)
      const wanted = wantedIn(expected)
      const listed = await redis.zscore(list, hash)
      if (wanted === (listed === null ? null : Number(listed))) return false
      const write =
        wanted === null ? { key: list, remove: hash } : { key: list, add: hash, score: wanted }
      return (await compareAndSet({ key, expected }, [write])) ? true : null
    })

  return {
    repair,
    /** Some hashes of a shard's list, and the cursor of the next; `null`: these were the last. */
    listed: async (shard: number, cursor: string) => {
      const key = suppressionListKey(shard)
      const [next, found] = await redis.zscan(key, cursor, 'COUNT', STEP)
      return {
        hashes: found.filter((_, at) => at % 2 === 0),
        next: next === '0' ? null : next,
      }
    },
  }
}

export type SuppressionRepair = ReturnType<typeof createSuppressionRepair>
