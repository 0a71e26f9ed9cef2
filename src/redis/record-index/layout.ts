// Where the parts of an index of records lie in Redis: its keys on one shard, and the offsets in their values.

import { keyOnShard } from '../keys.ts'

/** An entry of the log: the digest of a record, and its time in seconds. Zeros are no entry. */
export const ENTRY_BYTES = { digest: 16, seconds: 4, all: 20 }

/** An entry of a list of terms: the first bytes of a term's digest, and a number. Number 0 is no entry. */
export const TERM_BYTES = { digest: 4, number: 4, all: 8 }

/** Numbers with one key of the log. So long a value, with what Redis adds, fills a block of its allocator. */
export const PAGE = 200

/** Numbers with one bitmap a label, and so many keys of the log that are deleted together. */
export const CHUNK = 20 * PAGE

/** Numbers with one time among the times. */
export const BLOCK = 50

/**
 * Lists of terms belong to generations of numbers: each has as many numbers as all before it, and as many lists. So a list has
 * the same length however long the history is, and a look-up reads one list of each generation.
 */
const GENERATION = { numbers: 4_096, lists: 64 }

/** Later numbers than those of the last generation belong to it too. */
const LAST_GENERATION = 10

export const generationOf = (n: number): number =>
  n < GENERATION.numbers
    ? 0
    : Math.min(LAST_GENERATION, Math.floor(Math.log2(n / GENERATION.numbers)) + 1)

/** How many lists of terms a generation has on each shard. */
export const listsOf = (generation: number): number =>
  GENERATION.lists * 2 ** Math.max(0, generation - 1)

/** Every entry carries this label. */
export const ALL = 'all'

export const pageOf = (n: number) => Math.floor(n / PAGE)
export const blockOf = (n: number) => Math.floor(n / BLOCK)
export const chunkOf = (n: number) => Math.floor(n / CHUNK)
export const secondsOf = (at: number) => Math.floor(at / 1_000)

/**
 * The first entry of a page lies at the end of the value: so Redis allocates the page at its full length with the first
 * entry. A value that grew would be allocated at twice its length.
 */
export const entryOffset = (n: number) => (PAGE - 1 - (n % PAGE)) * ENTRY_BYTES.all

export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** @param name the kind of records. */
export const createLayout = (name: string) => ({
  /** The last number that was given. */
  counter: (shard: number) => keyOnShard(shard, name, 'n'),
  /** A page of the log. */
  log: (shard: number, page: number) => keyOnShard(shard, name, 'log', `${page}`),
  /** Four bytes a block: the time in seconds of the entry that was written to it last. */
  times: (shard: number) => keyOnShard(shard, name, 'times'),
  /** A bitmap: which numbers of a chunk carry the label. */
  bits: (shard: number, label: string, chunk: number) =>
    keyOnShard(shard, name, 'bits', label, `${chunk}`),
  /** A list of terms. */
  terms: (shard: number, generation: number, bucket: number) =>
    keyOnShard(shard, name, 'terms', `${generation}`, `${bucket}`),
  /** Counts that never end. */
  totals: (shard: number) => keyOnShard(shard, name, 'totals'),
  /** Counts of one day. */
  day: (shard: number, day: string) => keyOnShard(shard, name, 'days', day),
})

export type Layout = ReturnType<typeof createLayout>

/** Where a term of a generation lies: in a list by the first two bytes of its digest, beside the first four of them. */
export const placeOf = (digest: Buffer, generation: number) => ({
  bucket: digest.readUInt16BE(0) % listsOf(generation),
  short: digest.subarray(0, TERM_BYTES.digest),
})

export const uint32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}
