// An index of records, numbered by shard in the order of their times. It finds records by a term, lists them by label and time,
// a page at a time, and counts them, by day or for ever. An entry may be stale; the record decides.

import type { RedisClient } from './connection.ts'
import { shardOf } from './keys.ts'
import { createChunks } from './record-index/chunks.ts'
import { createCounts } from './record-index/counts.ts'
import { createEntryWrites, type IndexOptions } from './record-index/entry-writes.ts'
import { createLayout } from './record-index/layout.ts'
import { createReads } from './record-index/reads.ts'
import { createRepair } from './record-index/repair.ts'
import { createTermLists } from './record-index/term-lists.ts'

export { InvalidCursorError } from './record-index/cursor.ts'
export type { Found } from './record-index/entries.ts'
export type { Entry } from './record-index/entry-writes.ts'
export { ALL, CHUNK } from './record-index/layout.ts'

/**
 * A caller takes a number for a new record, keeps it in the record, and puts the entry's writes into the step that writes the
 * record. The time of an entry is about that at which its number was taken.
 * @param name the kind of records.
 */
export const createRecordIndex = (redis: RedisClient, name: string, options: IndexOptions) => {
  const layout = createLayout(name)
  const terms = createTermLists(redis, layout, options.digestsOf)
  return {
    /**
     * A number for one more entry on the shard of that id, or the first of several that follow each other. A number that is
     * never used does no harm.
     */
    next: async (shardId: string, count = 1): Promise<number> =>
      (await redis.incrby(layout.counter(shardOf(shardId)), count)) - count + 1,
    /** The key of the highest number that was taken on a shard. */
    counter: layout.counter,
    ...createEntryWrites(layout, options),
    ...createReads(redis, layout, terms),
    ...createCounts(redis, layout),
    dropTerms: terms.dropTerms,
    compactTerms: terms.compactTerms,
    ...createChunks(redis, layout, options.labels),
    ...createRepair(redis, layout, options),
  }
}

export type RecordIndex = ReturnType<typeof createRecordIndex>
