// A page of the entries of a due set, soonest first, over all shards. Its cost does not grow with the set.

import type { RedisClient } from './connection.ts'

/** `time` in milliseconds. */
export type DueEntry = { id: string; time: number }

/**
 * Where a page begins: entries of the same time are in the order of their shards, so it is after those of the shards before
 * `shard`, and after `skip` of its own. `shard` is a place in the list of shards.
 */
export type DuePlace = { time: number; shard: number; skip: number }

type Placed = DueEntry & { shard: number }

type PageOf = { limit: number; after: DuePlace | null; lowest?: number; highest: number }

const rangeOn = (
  shard: number,
  after: DuePlace | null,
  lowest: number,
): { from: string; skip: number } => {
  if (after === null) return { from: `${lowest}`, skip: 0 }
  if (shard < after.shard) return { from: `(${after.time}`, skip: 0 }
  return { from: `${after.time}`, skip: shard === after.shard ? after.skip : 0 }
}

const placeAfter = (taken: readonly Placed[], after: DuePlace | null): DuePlace | null => {
  const last = taken.at(-1)
  if (!last) return after
  const { time, shard } = last
  const beside = taken.filter((one) => one.time === time && one.shard === shard).length
  const before = after?.time === time && after.shard === shard ? after.skip : 0
  return { time, shard, skip: before + beside }
}

/**
 * @param shards the due set's keys.
 * @param page.lowest score that is listed, by default 0; `page.highest` is the last one.
 */
export const soonestEntries = async (
  redis: Pick<RedisClient, 'zrangebyscore'>,
  shards: readonly string[],
  { limit, after, lowest = 0, highest }: PageOf,
): Promise<{ entries: DueEntry[]; next: DuePlace | null }> => {
  const found = await Promise.all(
    shards.map(async (key, shard): Promise<Placed[]> => {
      const { from, skip } = rangeOn(shard, after, lowest)
      const range = [key, from, highest, 'WITHSCORES', 'LIMIT', skip, limit + 1] as const
      const flat = await redis.zrangebyscore(...range)
      return Array.from({ length: flat.length / 2 }, (_, at) => ({
        ...{ id: flat[2 * at] ?? '', time: Number(flat[2 * at + 1]), shard },
      }))
    }),
  )
  // Sorting is stable: entries of the same time stay in the order of their shards.
  const sorted = found.flat().toSorted((a, b) => a.time - b.time)
  const taken = sorted.slice(0, limit)
  return {
    entries: taken.map(({ id, time }) => ({ id, time })),
    next: sorted.length > limit ? placeAfter(taken, after) : null,
  }
}
