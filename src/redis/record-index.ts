// An interim index.

import type { Write } from './compare-and-set.ts'
import type { RedisClient } from './connection.ts'
import { everyShard, keyOnShard, shardSlot } from './keys.ts'

export type Entry = {
  digest: Buffer
  at: number
  labels: readonly string[]
  terms: readonly string[]
}
export type Found = { shard: number; n: number; digest: Buffer; at: number }

const CHUNK = 4096
const LENGTH = 20

export const createRecordIndex = (
  redis: RedisClient,
  name: string,
  { digestsOf }: { digestsOf: (term: string) => readonly Buffer[]; labels: readonly string[] },
) => {
  const chunkOf = (n: number) => `${Math.floor(n / CHUNK)}`
  const logKey = (id: string, n: number) => shardSlot(id, name, 'log', chunkOf(n))
  const bit = (id: string, n: number, label: string, value: 0 | 1): Write => ({
    key: shardSlot(id, name, 'bits', label, chunkOf(n)),
    bit: n % CHUNK,
    value,
  })
  const terms = (id: string, n: number, all: readonly string[]): Write[] =>
    all.flatMap((term) => {
      const [digest] = digestsOf(term)
      if (!digest) return []
      const number = Buffer.alloc(4)
      number.writeUInt32BE(n)
      return [
        {
          key: shardSlot(id, name, 'terms', `${(digest[0] ?? 0) % 64}`),
          append: Buffer.concat([digest, number]),
        },
      ]
    })
  const read = (shard: number, n: number, bytes: Buffer): Found[] =>
    bytes.length < LENGTH || bytes.subarray(0, 16).every((byte) => byte === 0)
      ? []
      : [{ shard, n, digest: bytes.subarray(0, 16), at: bytes.readUInt32BE(16) * 1000 }]
  return {
    next: async (id: string, by = 1): Promise<number> =>
      (await redis.incrby(shardSlot(id, name, 'n'), by)) - by + 1,
    writes: (id: string, n: number, { digest, at, labels, terms: all }: Entry): Write[] => {
      const entry = Buffer.alloc(LENGTH)
      digest.copy(entry)
      entry.writeUInt32BE(Math.floor(at / 1000), 16)
      return [
        { key: logKey(id, n), put: entry, at: (n % CHUNK) * LENGTH },
        ...labels.map((label) => bit(id, n, label, 1)),
        ...terms(id, n, all),
      ]
    },
    relabel: (id: string, n: number, before: readonly string[], after: readonly string[]) => [
      ...before.filter((one) => !after.includes(one)).map((label) => bit(id, n, label, 0)),
      ...after.filter((one) => !before.includes(one)).map((label) => bit(id, n, label, 1)),
    ],
    terms,
    count: (id: string, at: number, fields: readonly string[], by = 1): Write[] =>
      fields.map((field) => ({
        key: shardSlot(id, name, 'days', new Date(at).toISOString().slice(0, 10)),
        count: field,
        by,
      })),
    entries: async (id: string, n: number, count: number): Promise<Found[]> => {
      const all = Array.from({ length: count }, (_, offset) => n + offset)
      const found = await Promise.all(
        all.map(async (one) => {
          const at = (one % CHUNK) * LENGTH
          return read(0, one, await redis.getrangeBuffer(logKey(id, one), at, at + LENGTH - 1))
        }),
      )
      return found.flat()
    },
    size: async (label: string): Promise<number> => {
      const counts = await Promise.all(
        everyShard(name, 'bits', label, '0').map((key) => redis.bitcount(key)),
      )
      return counts.reduce((sum, count) => sum + count, 0)
    },
    list: async ({ label }: { label: string; order: string; limit: number; cursor?: string }) => {
      const keys = everyShard(name, 'bits', label, '0')
      const found = await Promise.all(
        keys.map(async (key) => {
          const shard = Number(/\{s:(\d+)\}/.exec(key)?.[1])
          const bits = (await redis.getBuffer(key)) ?? Buffer.alloc(0)
          const numbers = [...bits.keys()].flatMap((byte) =>
            Array.from({ length: 8 }, (_, i) => byte * 8 + i).filter(
              (n) => ((bits[byte] ?? 0) >> (7 - (n % 8))) & 1,
            ),
          )
          const log =
            (await redis.getBuffer(keyOnShard(shard, name, 'log', '0'))) ?? Buffer.alloc(0)
          return numbers.flatMap((n) =>
            read(shard, n, log.subarray(n * LENGTH, n * LENGTH + LENGTH)),
          )
        }),
      )
      return { found: found.flat().toSorted((a, b) => a.at - b.at), cursor: null as string | null }
    },
  }
}

export type RecordIndex = ReturnType<typeof createRecordIndex>
