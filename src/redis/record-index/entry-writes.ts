// The writes that put an entry into an index, change its labels and take it out. Each is for a compare-and-set of its shard.

import type { Write } from '../compare-and-set.ts'
import { shardOf } from '../keys.ts'
import {
  ALL,
  blockOf,
  CHUNK,
  chunkOf,
  dayOf,
  ENTRY_BYTES,
  entryOffset,
  generationOf,
  type Layout,
  pageOf,
  placeOf,
  secondsOf,
  uint32,
} from './layout.ts'

/** The part of a record that the index keeps. `at` is in milliseconds. */
export type Entry = {
  digest: Buffer
  at: number
  labels: readonly string[]
  terms: readonly string[]
}

export type IndexOptions = {
  /** Keyed digests of a term, of at least four bytes each: the first is written, all are searched for. */
  digestsOf: (term: string) => readonly Buffer[]
  /** All labels that may occur. */
  labels: readonly string[]
}

const BLANK = Buffer.alloc(ENTRY_BYTES.all)

export const createEntryWrites = (layout: Layout, { digestsOf, labels: all }: IndexOptions) => {
  const known = new Set(all)
  if (known.has(ALL)) throw new Error(`the label "${ALL}" is the index's own`)

  const bit = (shard: number, n: number, label: string, value: 0 | 1): Write => {
    if (label !== ALL && !known.has(label)) throw new Error(`unknown label "${label}"`)
    return { key: layout.bits(shard, label, chunkOf(n)), bit: n % CHUNK, value }
  }

  const log = (shard: number, n: number, entry: Buffer): Write => ({
    key: layout.log(shard, pageOf(n)),
    put: entry,
    at: entryOffset(n),
  })

  /** More terms for an entry. */
  const terms = (shardId: string, n: number, added: readonly string[]): Write[] =>
    [...new Set(added)].flatMap((term) => {
      const [digest] = digestsOf(term)
      if (!digest) return []
      const generation = generationOf(n)
      const { bucket, short } = placeOf(digest, generation)
      return {
        key: layout.terms(shardOf(shardId), generation, bucket),
        append: Buffer.concat([short, uint32(n)]),
      }
    })

  return {
    terms,
    /** A whole entry. */
    writes: (shardId: string, n: number, entry: Entry): Write[] => {
      const shard = shardOf(shardId)
      const seconds = uint32(secondsOf(entry.at))
      if (entry.digest.length !== ENTRY_BYTES.digest) throw new Error('a digest has 16 bytes')
      return [
        log(shard, n, Buffer.concat([entry.digest, seconds])),
        { key: layout.times(shard), put: seconds, at: blockOf(n) * ENTRY_BYTES.seconds },
        ...[...new Set([ALL, ...entry.labels])].map((label) => bit(shard, n, label, 1)),
        ...terms(shardId, n, entry.terms),
      ]
    },
    /** Only the labels that differ. */
    relabel: (
      shardId: string,
      n: number,
      before: readonly string[],
      after: readonly string[],
    ): Write[] => {
      const shard = shardOf(shardId)
      const [old, now] = [new Set(before), new Set(after)]
      return [
        ...[...old].filter((label) => !now.has(label)).map((label) => bit(shard, n, label, 0)),
        ...[...now].filter((label) => !old.has(label)).map((label) => bit(shard, n, label, 1)),
      ]
    },
    /** Adds to the counts of the day (UTC) of `at`, in milliseconds. */
    count: (shardId: string, at: number, fields: readonly string[], by = 1): Write[] =>
      fields.map((field) => ({ key: layout.day(shardOf(shardId), dayOf(at)), count: field, by })),
    /** Adds one to the total of a field. */
    total: (shardId: string, field: string): Write => ({
      ...{ key: layout.totals(shardOf(shardId)), count: field, by: 1 },
    }),
    /** Takes an entry out of the log and its labels. Its terms are dropped or compacted later. */
    remove: (shardId: string, n: number, carried: readonly string[]): Write[] => {
      const shard = shardOf(shardId)
      return [
        log(shard, n, BLANK),
        ...[...new Set([ALL, ...carried])].map((label) => bit(shard, n, label, 0)),
      ]
    },
  }
}
