// Pages of an index: by a term, by label and time, and one shard's from a number on. A read never writes.

import type { RedisClient } from '../connection.ts'
import { SHARDS, shardOf } from '../keys.ts'
import { createBounds, isWithin, type Times } from './bounds.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { createEntries, type Found } from './entries.ts'
import { ALL, chunkOf, type Layout } from './layout.ts'
import { createNumbers, type Range } from './numbers.ts'
import { readPage } from './page.ts'
import type { createTermLists } from './term-lists.ts'

const HIGHEST = 2 ** 32 - 1

/** `cursor` comes from the page before. */
type PageOf = { limit: number; cursor?: string | null | undefined }

type ListOptions = PageOf &
  Times & {
    /** Entries with any of these. */
    label?: string | readonly string[] | undefined
    order?: 'newest' | 'oldest' | undefined
  }

/** `cursor` is for the next page; `null`: nothing follows. */
type FoundPage = { found: Found[]; cursor: string | null }

export const createReads = (
  redis: RedisClient,
  layout: Layout,
  terms: ReturnType<typeof createTermLists>,
) => {
  const numbers = createNumbers(redis, layout)
  const entries = createEntries(redis, layout)
  const bounds = createBounds(redis, layout)

  const pageOf = async (options: Parameters<typeof readPage>[0]): Promise<FoundPage> => {
    const { found, next, isLast } = await readPage(options)
    return { found, cursor: isLast ? null : encodeCursor(next) }
  }

  return {
    /**
     * Entries that may have a term, newest first over all shards. Another term's digest may begin alike, so the caller checks
     * the record.
     * @throws {InvalidCursorError}
     */
    find: (term: string, { limit, cursor }: PageOf): Promise<FoundPage> => {
      const reached = cursor ? decodeCursor(cursor) : []
      return pageOf({
        numbers: (shard, range, most) => terms.numbers(term, shard, range, most),
        ...{ entries, limit },
        ranges: SHARDS.map((shard, index) => ({
          ...{ shard, from: reached[index] ?? HIGHEST, to: 1, step: -1 },
        })),
      })
    },

    /**
     * Entries by label and time, newest first unless told otherwise.
     * @throws {InvalidCursorError}
     */
    list: async (options: ListOptions): Promise<FoundPage> => {
      const { label = ALL, order = 'newest', limit, cursor } = options
      const reached = cursor ? decodeCursor(cursor) : []
      const range = async (shard: number, index: number): Promise<Range & { shard: number }> => {
        const [low, high] = await bounds(shard, options)
        const next = reached[index]
        return order === 'newest'
          ? { shard, from: Math.min(next ?? high, high), to: low, step: -1 }
          : { shard, from: Math.max(next ?? low, low), to: high, step: 1 }
      }
      return pageOf({
        numbers: (shard, each, most) => numbers(shard, [label].flat(), each, most),
        ...{ entries, limit },
        accepts: ({ at }) => isWithin(options)(at),
        ranges: await Promise.all(SHARDS.map(range)),
      })
    },

    /** The entries of numbers that follow each other, on the shard of that id. */
    entries: (shardId: string, n: number, count: number): Promise<Found[]> =>
      entries(
        shardOf(shardId),
        Array.from({ length: count }, (_, offset) => n + offset),
      ),

    /** How many entries carry a label. */
    size: async (label: string): Promise<number> => {
      const sizes = await Promise.all(
        SHARDS.map(async (shard) => {
          const [, last] = await bounds(shard, {})
          const chunks = Array.from({ length: chunkOf(last) + 1 }, (_, chunk) => chunk)
          return Promise.all(
            chunks.map((chunk) => redis.bitcount(layout.bits(shard, label, chunk))),
          )
        }),
      )
      return sizes.flat().reduce((sum, size) => sum + size, 0)
    },

    /** Entries of one shard from number `n` on, oldest first, and the number to go on with. */
    range: async (
      shard: number,
      n: number,
      limit: number,
    ): Promise<{ found: Found[]; next: number }> => {
      const [, to] = await bounds(shard, {})
      const ranges = [{ shard, from: Math.max(1, n), to, step: 1 as const }]
      const page = await readPage({
        numbers: (_, each, most) => numbers(shard, [ALL], each, most),
        ...{ entries, ranges, limit },
      })
      return { found: page.found, next: page.next[0] ?? n }
    },
  }
}
