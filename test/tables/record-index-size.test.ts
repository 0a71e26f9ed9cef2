// A page costs the same at any size of the index: counted in commands and bytes, not in time. And an entry has its price.

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { SHARDS } from '../../src/redis/keys.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { createTestIndex, SHARD_IDS, START } from '../support/record-index.ts'

const { redis } = await emptyRedis()
const index = createTestIndex(redis)

/** The list of a term of number `n`. */
const placeOf = (term: string, n: number) => {
  const digest = createHash('sha256').update(term).digest()
  const generation = n < 4_096 ? 0 : Math.floor(Math.log2(n / 4_096)) + 1
  const lists = 64 * 2 ** Math.max(0, generation - 1)
  return {
    list: `${generation}:${digest.readUInt16BE(0) % lists}`,
    short: digest.subarray(0, 4),
  }
}

const uint32 = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}

/** All at once, as the writes of the index would leave them: every other entry is red, and the first one of a shard is rare. */
const fill = async (count: number) => {
  const each = count / SHARDS.length
  for (const shard of SHARDS) {
    const key = (...rest: (string | number)[]) =>
      ['postern', `{s:${shard}}`, 'messages', ...rest].join(':')
    const pages = new Map<number, Buffer>()
    const bits = new Map<string, Buffer>()
    const times = Buffer.alloc(4 * (Math.floor(each / 50) + 1))
    const lists = new Map<string, Buffer[]>()
    const append = (term: string, n: number) => {
      const { list, short } = placeOf(term, n)
      const entries = lists.get(list) ?? []
      entries.push(short, uint32(n))
      lists.set(list, entries)
    }
    const set = (label: string, n: number) => {
      const name = key('bits', label, Math.floor(n / 4_000))
      const map = bits.get(name) ?? Buffer.alloc(500)
      const byte = Math.floor((n % 4_000) / 8)
      map[byte] = (map[byte] ?? 0) | (128 >> (n % 8))
      bits.set(name, map)
    }
    for (let n = 1; n <= each; n++) {
      const page = pages.get(Math.floor(n / 200)) ?? Buffer.alloc(4_000)
      const seconds = uint32(START / SECOND + 60 * n)
      page.write(`${shard}/${n}`, (199 - (n % 200)) * 20)
      seconds.copy(page, (199 - (n % 200)) * 20 + 16)
      seconds.copy(times, 4 * Math.floor(n / 50))
      pages.set(Math.floor(n / 200), page)
      for (const label of ['all', ...(n % 2 ? ['red'] : []), ...(n === 1 ? ['rare'] : [])])
        set(label, n)
      append(`${shard}/${n}`, n)
      if (n % Math.floor(each / 4) === 0) append('common', n)
    }
    const pipeline = redis.pipeline().set(key('n'), each).set(key('times'), times)
    for (const [page, log] of pages) pipeline.setrange(key('log', page), 0, log)
    for (const [name, map] of bits) pipeline.setrange(name, 0, map)
    for (const [list, entries] of lists) pipeline.append(key('terms', list), Buffer.concat(entries))
    await pipeline.exec()
  }
}

/** Scripts that a page runs, the commands in them, and the bytes that it reads over the network. */
const costOf = async (read: () => Promise<unknown>) => {
  const bytes = async () =>
    Number(/total_net_output_bytes:(\d+)/.exec(await redis.info('stats'))?.[1])
  await redis.config('RESETSTAT')
  await read()
  const calls = Object.fromEntries(
    [...(await redis.info('commandstats')).matchAll(/cmdstat_(\w+):calls=(\d+)/g)].map(
      ([, name = '', count]) => [name, Number(count)] as const,
    ),
  )
  await redis.config('RESETSTAT')
  await read()
  const { evalsha = 0, get = 0, getrange = 0 } = calls
  return { evalsha, get, getrange, bytes: await bytes() }
}

const READS = {
  'of all entries': () => index.list({ limit: 50 }),
  'of a label of half the entries': () => index.list({ label: 'red', limit: 50 }),
  'of a label of the oldest entries': () => index.list({ label: 'rare', limit: 50 }),
  'of a label that no entry has': () => index.list({ label: 'blue', limit: 50 }),
  'between two times': () =>
    index.list({ from: START + 10 * MINUTE, until: START + 20 * MINUTE, limit: 50 }),
  'by a term': () => index.find('common', { limit: 50 }),
  'for aging': () => index.range(SHARDS[0] as number, 1, 50),
}

const costs = async () => {
  const all: Record<string, Awaited<ReturnType<typeof costOf>>> = {}
  for (const [name, read] of Object.entries(READS)) {
    await read() // sends the scripts
    all[name] = await costOf(read)
  }
  return all
}

test('a page costs the same among 1,000 entries and among 200,000', async () => {
  await fill(1_000)
  const small = await costs()
  await redis.flushall()
  await fill(200_000)
  const large = await costs()
  for (const [name, { evalsha, get, getrange, bytes }] of Object.entries(large)) {
    expect(evalsha, name).toBe(small[name]?.evalsha)
    expect(bytes, name).toBeLessThan(32_000)
    expect(getrange, name).toBeLessThan(1_100)
    // A list of each generation; or two a shard, and the bitmaps of three more chunks.
    const most = name === 'by a term' ? 11 : 2 + 3
    expect(get, name).toBeLessThanOrEqual(SHARDS.length * most)
  }
  const lists = await redis.keys('*:terms:*')
  const lengths = await Promise.all(lists.map((list) => redis.strlen(list)))
  expect(Math.max(...lengths)).toBeLessThan(1_200) // in 64 lists a shard, 1,560 on average
  // A label of few entries reads these, and no others.
  expect(large['of a label of the oldest entries']?.getrange).toBe(SHARDS.length)
  expect(large['of a label that no entry has']?.getrange).toBe(0)
}, 120_000)

const usedMemory = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])

/** The mean of 10,000 entries without terms, or with the terms alone. */
const priceOf = async (labels: readonly string[], terms: (n: number) => readonly string[]) => {
  await index.add('warm', SHARD_IDS[0] as string, { labels, terms: terms(0) })
  await redis.flushall()
  const before = await usedMemory()
  const numbers = Array.from({ length: 10_000 }, (_, n) => n)
  for (let from = 0; from < numbers.length; from += 500)
    await Promise.all(
      numbers.slice(from, from + 500).map((n) =>
        index.add(`${n}`, SHARD_IDS[n % SHARDS.length] as string, {
          ...{ at: START + n * SECOND, labels, terms: terms(n) },
        }),
      ),
    )
  return ((await usedMemory()) - before) / numbers.length
}

test('an entry with three labels costs at most 32 bytes, and each of its terms 16', async () => {
  const labels = ['red', 'green', 'blue']
  const bare = await priceOf(labels, () => [])
  const terms = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const whole = await priceOf(labels, (n) => terms.map((term) => `${term} ${n}`))
  expect(bare).toBeLessThan(32)
  expect((whole - bare) / terms.length).toBeLessThan(16)
}, 120_000)
