// An index of records on a Redis of the tests, whose writes are made at once.

import { createHash } from 'node:crypto'
import { createCompareAndSet, type Write } from '../../src/redis/compare-and-set.ts'
import type { RedisClient } from '../../src/redis/connection.ts'
import { SHARDS, shardOf } from '../../src/redis/keys.ts'
import { createRecordIndex, type Entry } from '../../src/redis/record-index.ts'

export const LABELS = ['red', 'green', 'blue', 'rare']

export const START = Date.parse('2026-01-01T00:00:00Z')

const bytesOf = (text: string) => createHash('sha256').update(text).digest()

export const digestOf = (text: string) => bytesOf(text).subarray(0, 16)

/** An id on each shard, in the order of the shards. */
export const SHARD_IDS = SHARDS.map((shard) => {
  let n = 0
  while (shardOf(`id-${n}`) !== shard) n++
  return `id-${n}`
})

export const idOf = (shard: number) => SHARD_IDS[SHARDS.indexOf(shard)] as string

export const createTestIndex = (
  redis: RedisClient,
  digestsOf = (term: string): readonly Buffer[] => [bytesOf(term)],
) => {
  const index = createRecordIndex(redis, 'messages', { digestsOf, labels: LABELS })
  const compareAndSet = createCompareAndSet(redis)
  const write = (writes: readonly Write[]) => compareAndSet([], writes)
  return {
    ...index,
    write,
    /** A new entry; its digest is that of `name`. @returns its number. */
    add: async (name: string, shardId: string, entry: Partial<Entry> = {}) => {
      const n = await index.next(shardId)
      const whole = { digest: digestOf(name), at: START, labels: [], terms: [], ...entry }
      await write(index.writes(shardId, n, whole))
      return n
    },
  }
}

export type TestIndex = ReturnType<typeof createTestIndex>

type Page = { found: readonly { digest: Buffer }[]; cursor: string | null }

/** The names of entries, of those that are known. */
export const namesOf = (found: Page['found'], known: readonly string[]) =>
  found.map(({ digest }) => known.find((name) => digestOf(name).equals(digest)))

/** All pages, one after the other. */
export const walk = async <T extends Page>(
  read: (cursor: string | null) => Promise<T>,
): Promise<T['found'][]> => {
  const pages: T['found'][] = []
  let cursor: string | null = null
  do {
    const page: T = await read(cursor)
    pages.push(page.found)
    cursor = page.cursor
  } while (cursor)
  return pages
}
