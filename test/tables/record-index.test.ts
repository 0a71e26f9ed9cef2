// The index of records: what is written to it is found by term, listed by label and time, and counted by day.

import { describe, expect, test } from 'vitest'
import { SHARDS, shardOf } from '../../src/redis/keys.ts'
import { InvalidCursorError } from '../../src/redis/record-index.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import {
  createTestIndex,
  digestOf,
  namesOf,
  SHARD_IDS,
  START,
  walk,
} from '../support/record-index.ts'

const { redis } = await emptyRedis()
const index = createTestIndex(redis)

const [here = '', there = '', elsewhere = ''] = SHARD_IDS

const numbered = (count: number) => Array.from({ length: count }, (_, n) => `record-${n}`)

/** One entry a minute, over all shards in turn. */
const addMany = async (count: number, labels: (n: number) => readonly string[] = () => []) => {
  const names = numbered(count)
  for (const [n, name] of names.entries()) {
    const at = START + n * MINUTE
    await index.add(name, SHARD_IDS[n % SHARDS.length] as string, {
      ...{ at, labels: labels(n), terms: [name, 'everyone'] },
    })
  }
  return names
}

describe('an entry', () => {
  test('gets the next number of its shard', async () => {
    expect(await index.next(here)).toBe(1)
    expect(await index.next(here)).toBe(2)
    expect(await index.next(there)).toBe(1)
    expect(await index.next(here, 3)).toBe(3)
    expect(await index.next(here)).toBe(6)
  })

  test('is read by its number', async () => {
    for (const name of ['one', 'two', 'three', 'four']) await index.add(name, here)
    await index.write(index.remove(here, 3, []))
    const entries = await index.entries(here, 2, 3)
    expect(namesOf(entries, ['one', 'two', 'three', 'four'])).toEqual(['two', 'four'])
    expect(await index.entries(there, 1, 5)).toEqual([])
  })

  test('is counted with all others that carry its label', async () => {
    await addMany(40, (n) => (n % 3 ? ['red'] : []))
    await redis.incrby(`postern:{s:${shardOf(here)}}:messages:n`, 9_000)
    await index.add('far', here, { labels: ['red'] })
    expect(await index.size('red')).toBe(26 + 1)
    expect(await index.size('blue')).toBe(0)
  })

  test('is found by each of its terms, with its digest, number and time in whole seconds', async () => {
    await index.next(here)
    await index.add('one', here, { at: START + 1_234, terms: ['aiko@example.com', 'order 7'] })
    await index.add('other', there, { at: START + 9_876, terms: ['theo@example.com', 'order 7'] })
    const one = { shard: shardOf(here), n: 2, digest: digestOf('one'), at: START + SECOND }
    const other = { shard: shardOf(there), n: 1, digest: digestOf('other'), at: START + 9 * SECOND }
    const find = (term: string) => index.find(term, { limit: 10 })
    expect(await find('aiko@example.com')).toEqual({ found: [one], cursor: null })
    expect(await find('order 7')).toEqual({ found: [other, one], cursor: null })
    expect(await find('order 8')).toEqual({ found: [], cursor: null })
  })

  test('is found by terms that come later', async () => {
    const n = await index.add('one', here, { terms: ['order 7'] })
    await index.add('two', here)
    await index.write(index.terms(here, n, ['email 5']))
    expect((await index.find('email 5', { limit: 10 })).found).toMatchObject([{ n }])
  })

  test('is found and listed once if it was written twice', async () => {
    const n = await index.next(here)
    const entry = { digest: digestOf('one'), at: START, labels: ['red'], terms: ['order 7'] }
    await index.write(index.writes(here, n, entry))
    await index.write(index.writes(here, n, entry))
    expect((await index.find('order 7', { limit: 10 })).found).toMatchObject([{ n }])
    expect((await index.list({ label: 'red', limit: 10 })).found).toMatchObject([{ n }])
  })

  test('is found under each key for terms, and written under the first', async () => {
    const keyed =
      (...keys: string[]) =>
      (term: string) =>
        keys.map((key) => digestOf(`${key}/${term}`))
    const old = createTestIndex(redis, keyed('old'))
    const both = createTestIndex(redis, keyed('new', 'old'))
    await old.add('one', here, { at: START, terms: ['order 7'] })
    await both.add('two', here, { at: START + MINUTE, terms: ['order 7'] })
    const { found } = await both.find('order 7', { limit: 10 })
    expect(namesOf(found, ['one', 'two'])).toEqual(['two', 'one'])
    expect((await old.find('order 7', { limit: 10 })).found).toMatchObject([{ n: 1 }])
  })

  test('changes only the labels that differ', () => {
    expect(index.relabel(here, 7, ['red', 'green'], ['green', 'blue'])).toEqual([
      { key: expect.stringContaining(':messages:bits:red:0'), bit: 7, value: 0 },
      { key: expect.stringContaining(':messages:bits:blue:0'), bit: 7, value: 1 },
    ])
    expect(index.relabel(here, 7, ['red', 'green'], ['green', 'red'])).toEqual([])
  })

  test('moves from list to list with its labels', async () => {
    const n = await index.add('one', here, { labels: ['red', 'green'] })
    await index.write(index.relabel(here, n, ['red', 'green'], ['green', 'blue']))
    const listed = async (label: string) =>
      (await index.list({ label, limit: 10 })).found.map((each) => each.n)
    expect(await listed('red')).toEqual([])
    expect(await listed('green')).toEqual([n])
    expect(await listed('blue')).toEqual([n])
  })

  test('carries no label that the index does not know', () => {
    expect(() => index.relabel(here, 7, [], ['violet'])).toThrow('unknown label "violet"')
  })

  test('is neither found nor listed once it is removed', async () => {
    const n = await index.add('one', here, { labels: ['red'], terms: ['order 7'] })
    await index.add('two', here, { labels: ['red'], terms: ['order 7'] })
    await index.write(index.remove(here, n, ['red']))
    for (const page of [
      await index.find('order 7', { limit: 10 }),
      await index.list({ limit: 10 }),
      await index.list({ label: 'red', limit: 10 }),
      await index.range(shardOf(here), 1, 10),
    ])
      expect(namesOf(page.found, ['one', 'two'])).toEqual(['two'])
    const log = await redis.getBuffer(`postern:{s:${shardOf(here)}}:messages:log:0`)
    expect(log?.includes(digestOf('one'))).toBe(false)
  })
})

describe('a page', () => {
  test('has the newest entries of all shards first, and the next one goes on behind it', async () => {
    const names = (await addMany(50)).toReversed()
    const listed = await walk((cursor) => index.list({ limit: 20, cursor }))
    expect(listed.map(({ length }) => length)).toEqual([20, 20, 10])
    expect(namesOf(listed.flat(), names)).toEqual(names)
    const found = await walk((cursor) => index.find('everyone', { limit: 20, cursor }))
    expect(namesOf(found.flat(), names)).toEqual(names)
  })

  test('has the oldest entries first when told so', async () => {
    const names = await addMany(50)
    const listed = await walk((cursor) => index.list({ order: 'oldest', limit: 20, cursor }))
    expect(namesOf(listed.flat(), names)).toEqual(names)
  })

  test('is the last one when nothing follows, however full it is', async () => {
    await addMany(20)
    expect((await index.list({ limit: 19 })).cursor).not.toBeNull()
    expect((await index.list({ limit: 20 })).cursor).toBeNull()
    expect((await index.find('everyone', { limit: 20 })).cursor).toBeNull()
  })

  test('goes on where the last one ended, whatever is written in between', async () => {
    const names = (await addMany(40)).toReversed()
    const first = await index.list({ limit: 10 })
    await index.add('newer', here, { at: START + DAY })
    const [entry] = first.found.slice(-1)
    await index.write(
      index.remove(SHARD_IDS[SHARDS.indexOf(entry?.shard ?? 0)] ?? '', entry?.n ?? 0, []),
    )
    const second = await index.list({ limit: 10, cursor: first.cursor })
    expect(namesOf([...first.found, ...second.found], names)).toEqual(names.slice(0, 20))
  })

  test('holds the entries with any of several labels, each once', async () => {
    const names = await addMany(40, (n) =>
      n % 3 === 0 ? ['red', 'green'] : n % 3 === 1 ? ['green'] : [],
    )
    const { found } = await index.list({ label: ['red', 'green'], limit: 100 })
    expect(namesOf(found, names)).toEqual(names.filter((_, n) => n % 3 < 2).toReversed())
    expect(await index.list({ label: [], limit: 100 })).toEqual({ found: [], cursor: null })
  })

  test('holds the entries between two times: from the first to before the second', async () => {
    const names = await addMany(60)
    const times = { from: START + 10 * MINUTE, until: START + 50 * MINUTE }
    for (const order of ['newest', 'oldest'] as const) {
      const listed = await walk((cursor) => index.list({ ...times, order, limit: 7, cursor }))
      const wanted = names.slice(10, 50)
      expect(namesOf(listed.flat(), names)).toEqual(
        order === 'newest' ? wanted.toReversed() : wanted,
      )
    }
  })

  test('holds the entries of one day among those of a year', async () => {
    const days = 365
    for (let day = 0; day < days; day++) {
      for (let n = 0; n < 3; n++)
        await index.add(`${day}/${n}`, here, { at: START + day * DAY + n * HOUR, labels: ['red'] })
      await redis.incrby(`postern:{s:${shardOf(here)}}:messages:n`, 397)
    }
    for (const day of [0, 1, 100, days - 1]) {
      const times = { from: START + day * DAY, until: START + (day + 1) * DAY }
      const names = [2, 1, 0].map((n) => `${day}/${n}`)
      for (const label of ['red', undefined])
        expect(namesOf((await index.list({ ...times, label, limit: 9 })).found, names)).toEqual(
          names,
        )
    }
    const after = { from: START + days * DAY }
    expect(await index.list({ ...after, limit: 9 })).toEqual({ found: [], cursor: null })
    expect(await index.list({ until: START, limit: 9 })).toEqual({ found: [], cursor: null })
  })

  test('is refused a cursor that is none', async () => {
    for (const cursor of ['x', 'AAAA', '*'.repeat(86), `${'A'.repeat(85)}B`])
      await expect(index.list({ limit: 1, cursor })).rejects.toThrow(InvalidCursorError)
  })
})

describe('a read', () => {
  const readAll = async () => {
    return [
      await index.find('everyone', { limit: 10 }),
      await index.list({ limit: 10 }),
      await index.list({ label: 'red', from: START, until: START + DAY, limit: 10 }),
      await index.list({ order: 'oldest', limit: 10 }),
      await index.range(shardOf(here), 1, 10),
      await index.entries(here, 1, 9),
      await index.size('red'),
      await index.counts('2026-01-01', '2026-01-02'),
      await index.totals(),
    ]
  }

  test('finds nothing in an index that holds nothing', async () => {
    const nothing = { found: [], cursor: null }
    expect(await readAll()).toEqual([
      ...[nothing, nothing, nothing, nothing],
      { found: [], next: 1 },
      ...[[], 0],
      { '2026-01-01': {}, '2026-01-02': {} },
      {},
    ])
    expect(await redis.dbsize()).toBe(0)
  })

  test('by a term makes its digest once a shard, however many lists may have it', async () => {
    let made = 0
    const counted = createTestIndex(redis, (term) => {
      made++
      return [digestOf(term)]
    })
    await counted.find('everyone', { limit: 10 })
    expect(made).toBe(SHARDS.length)
  })

  test('executes no command that writes', async () => {
    await addMany(40, () => ['red'])
    await redis.config('RESETSTAT')
    await readAll()
    const commands = [...(await redis.info('commandstats')).matchAll(/cmdstat_(\w+)/g)].map(
      ([, it]) => it,
    )
    const scripts = ['evalsha', 'eval', 'info', 'config']
    expect(
      commands.filter((it) => !/^config/.test(it ?? '') && !scripts.includes(it ?? '')).toSorted(),
    ).toEqual(['bitcount', 'get', 'getrange', 'hgetall'])
  })
})

test('counts are added up by day (UTC) and field over all shards', async () => {
  const midnight = START + DAY
  await index.write(index.count(here, midnight - 1, ['sent', 'red']))
  await index.write(index.count(there, midnight - 1, ['sent']))
  await index.write(index.count(elsewhere, midnight, ['sent'], 5))
  await index.write(index.count(elsewhere, midnight, ['sent'], -1))
  expect(await index.counts('2026-01-01', '2026-01-03')).toEqual({
    '2026-01-01': { sent: 2, red: 1 },
    '2026-01-02': { sent: 4 },
    '2026-01-03': {},
  })
})

test('totals are added up by field over all shards, of all days', async () => {
  for (const shardId of [here, here, there])
    await index.write([index.total(shardId, 'sent'), ...index.count(shardId, START, ['red'])])
  await index.write([index.total(elsewhere, 'lost')])
  expect(await index.totals()).toEqual({ sent: 3, lost: 1 })
})

describe('the entries of a shard in the order of their numbers', () => {
  test('are read in portions, past numbers without one', async () => {
    const shard = shardOf(here)
    for (const name of numbered(10)) {
      await index.add(name, here)
      await index.next(here)
    }
    const first = await index.range(shard, 0, 4)
    expect(first.found.map(({ n }) => n)).toEqual([1, 3, 5, 7])
    const second = await index.range(shard, first.next, 100)
    expect(second.found.map(({ n }) => n)).toEqual([9, 11, 13, 15, 17, 19])
    expect(await index.range(shard, second.next, 100)).toEqual({ found: [], next: second.next })
    await index.add('later', here)
    expect((await index.range(shard, second.next, 100)).found).toMatchObject([{ n: 21 }])
  })
})

describe('old chunks', () => {
  const shard = shardOf(here)
  const counter = `postern:{s:${shard}}:messages:n`
  const bitmaps = async () => (await redis.keys('*:bits:*')).length

  /** An entry in each of some chunks. */
  const addChunks = async (count: number) => {
    for (let chunk = 0; chunk < count; chunk++) {
      await redis.set(counter, chunk * 4_000 + 50)
      await index.add(`${chunk}`, here, {
        at: START + chunk * DAY,
        labels: ['red', 'blue'],
        terms: ['x'],
      })
    }
  }
  const left = async () =>
    (await index.list({ order: 'oldest', limit: 100 })).found.map(({ n }) => Math.floor(n / 4_000))

  test('are deleted with their bitmaps, and the chunk of the number stays whole', async () => {
    await addChunks(6)
    await index.dropBefore(shard, 3 * 4_000 - 1)
    expect(await left()).toEqual([2, 3, 4, 5])
    expect(await bitmaps()).toBe(4 * 3)
    expect(await redis.keys('*:log:*')).toHaveLength(4)
    await index.dropBefore(shard, 3 * 4_000)
    expect(await left()).toEqual([3, 4, 5])
    expect((await index.find('x', { limit: 10 })).found).toHaveLength(3)
    expect((await index.range(shard, 1, 1)).found).toMatchObject([{ n: 3 * 4_000 + 51 }])
    await index.dropBefore(shard, 3 * 4_000)
    expect(await left()).toEqual([3, 4, 5])
  })

  test('are deleted by a call that follows one that came less far', async () => {
    await addChunks(5)
    await index.dropBefore(shard, 2 * 4_000)
    await index.dropBefore(shard, 4 * 4_000)
    expect(await left()).toEqual([4])
    expect(await bitmaps()).toBe(3)
  })

  test('leave the other shards alone', async () => {
    await addChunks(2)
    await index.add('other', there)
    await index.dropBefore(shard, 4_000)
    expect((await index.list({ limit: 10 })).found).toHaveLength(2)
  })
})

describe('terms', () => {
  const shard = shardOf(here)
  const bytes = async () => {
    const lists = await Promise.all(
      (await redis.keys('*:terms:*')).map((key) => redis.getBuffer(key)),
    )
    return Buffer.concat(lists.flatMap((list) => list ?? []))
  }
  const compactAll = (n: number) => index.compactTerms(shard, n)

  test('are dropped exactly: those of one entry, and no others', async () => {
    const one = await index.add('one', here, { terms: ['a', 'b', 'c'] })
    await index.add('two', here, { terms: ['a', 'b'] })
    expect(await index.dropTerms(here, one, ['a', 'b', 'never'])).toBe(2)
    const found = async (term: string) =>
      (await index.find(term, { limit: 9 })).found.map(({ n }) => n)
    expect(await found('a')).toEqual([2])
    expect(await found('b')).toEqual([2])
    expect(await found('c')).toEqual([1])
    expect(await index.dropTerms(here, one, [])).toBe(0)
  })

  test('of old numbers, and what was dropped, are compacted away', async () => {
    const terms = (n: number) => [`own ${n}`, 'all', n % 2 ? 'odd' : 'even']
    for (let n = 1; n <= 100; n++) await index.add(`${n}`, here, { terms: terms(n) })
    expect(await compactAll(0)).toBe(0)
    for (const n of [60, 61, 99]) await index.dropTerms(here, n, terms(n))
    expect(await compactAll(41)).toBe(40 * 3 + 9)
    expect(await bytes()).toHaveLength((60 * 3 - 9) * 8)
    const { found } = await index.find('odd', { limit: 100 })
    expect(found.map(({ n }) => n)).toEqual(
      Array.from({ length: 30 }, (_, n) => 99 - 2 * n).filter((n) => n !== 61 && n !== 99),
    )
    await compactAll(1_000)
    expect(await redis.keys('*:terms:*')).toEqual([])
  })

  test('whose digests begin alike are all found, since the record decides', async () => {
    const alike = createTestIndex(redis, (term) => [Buffer.from(`same ${term}`)])
    await alike.add('one', here, { terms: ['a'] })
    await alike.add('two', here, { terms: ['b'] })
    expect((await alike.find('a', { limit: 9 })).found).toHaveLength(2)
  })

  test('are not found across two entries of a list', async () => {
    // The number of one entry and the digest of the next hold the bytes that are searched for.
    const digests: Record<string, Buffer> = {
      first: Buffer.from([64, 9, 9, 9]),
      second: Buffer.from([64, 7, 7, 7]),
      across: Buffer.from([0, 1, 64, 7]),
    }
    const list = createTestIndex(redis, (term) => [digests[term] ?? Buffer.alloc(4)])
    await list.add('one', here, { terms: ['first', 'second'] })
    expect((await list.find('second', { limit: 9 })).found).toHaveLength(1)
    expect((await list.find('across', { limit: 9 })).found).toEqual([])
    expect(await list.dropTerms(here, 1, ['across'])).toBe(0)
  })
})
