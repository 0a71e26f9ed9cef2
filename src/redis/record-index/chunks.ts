// Deletes old chunks of an index: the pages of the log and the bitmaps of every label.

import type { RedisClient } from '../connection.ts'
import { ALL, CHUNK, chunkOf, type Layout, PAGE } from './layout.ts'

const PAGES = CHUNK / PAGE

export const createChunks = (redis: RedisClient, layout: Layout, labels: readonly string[]) => {
  const keysOf = (shard: number, chunk: number) => [
    ...Array.from({ length: PAGES }, (_, page) => layout.log(shard, chunk * PAGES + page)),
    ...[ALL, ...labels].map((label) => layout.bits(shard, label, chunk)),
  ]
  const exists = (shard: number, chunk: number) => redis.exists(layout.bits(shard, ALL, chunk))
  return {
    /** Deletes each chunk whose numbers all lie below `n`: the oldest first, so that a call that is cut off can be repeated. */
    dropBefore: async (shard: number, n: number): Promise<void> => {
      const end = chunkOf(n)
      let first = end
      while (first > 0 && (await exists(shard, first - 1))) first--
      for (let chunk = first; chunk < end; chunk++) await redis.unlink(...keysOf(shard, chunk))
    },
  }
}
