// Any sequence of writes and page reads agrees with a plain array of records.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SHARDS, shardOf } from '../../src/redis/keys.ts'
import { HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import {
  createTestIndex,
  digestOf,
  idOf,
  LABELS,
  SHARD_IDS,
  START,
  walk,
} from '../support/record-index.ts'

const { redis } = await emptyRedis()
const index = createTestIndex(redis)

const TERMS = ['a', 'b', 'c']

/** A record as the array has it. `at` is in whole seconds. */
type Plain = {
  shard: number
  n: number
  at: number
  labels: string[]
  terms: string[]
  name: string
}

const shardId = fc.constantFrom(...SHARD_IDS.slice(0, 4))
const labels = fc.subarray(LABELS)
const which = fc.nat()
const limit = fc.integer({ min: 1, max: 9 })
/** Later than the last time, or up to half an hour earlier. */
const delay = fc.integer({ min: -30 * MINUTE, max: 3 * HOUR })
const time = fc.option(fc.integer({ min: -HOUR, max: 60 * HOUR }), { nil: undefined })

const writing = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant('add' as const), shardId, labels, delay, terms: fc.subarray(TERMS) },
    }),
  },
  fc.record({ do: fc.constant('gap' as const), shardId, by: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ do: fc.constant('relabel' as const), which, labels }),
  fc.record({ do: fc.constant('remove' as const), which }),
  fc.record({ do: fc.constant('drop terms' as const), which, terms: fc.subarray(TERMS) }),
  fc.record({ do: fc.constant('compact' as const) }),
)

const order = fc.constantFrom('newest' as const, 'oldest' as const)

const reading = fc.oneof(
  fc.record({
    ...{ do: fc.constant('list' as const), limit, order, from: time, until: time },
    label: fc.option(fc.oneof(fc.constantFrom(...LABELS), labels), { nil: undefined }),
  }),
  fc.record({ do: fc.constant('find' as const), limit, term: fc.constantFrom(...TERMS) }),
  fc.record({ do: fc.constant('range' as const), limit, shardId, n: fc.nat(10_000) }),
)

type Writing = typeof writing extends fc.Arbitrary<infer T> ? T : never
type Reading = typeof reading extends fc.Arbitrary<infer T> ? T : never

/** The shards are merged by time; within a shard the order is that of the numbers. */
const inOrder = (plain: readonly Plain[], step: 1 | -1) => {
  const shards = SHARDS.map((shard) =>
    plain.filter((each) => each.shard === shard).toSorted((a, b) => (a.n - b.n) * step),
  )
  const merged: Plain[] = []
  while (true) {
    const heads = shards.flatMap((shard) => shard[0] ?? [])
    const [first] = heads.toSorted((a, b) => (a.at - b.at) * step)
    if (!first) return merged
    merged.push(first)
    shards[SHARDS.indexOf(first.shard)]?.shift()
  }
}

const createWorld = () => {
  let plain: Plain[] = []
  let now = START
  let count = 0
  const pick = (n: number) => plain[n % plain.length]
  return {
    plain: () => plain,
    write: async (it: Writing) => {
      if (it.do === 'add') {
        now += Math.max(0, it.delay)
        const exact = now + Math.min(0, it.delay)
        const name = `${count++}`
        const n = await index.add(name, it.shardId, { ...it, at: exact })
        const at = Math.floor(exact / SECOND) * SECOND
        plain.push({
          ...{ shard: shardOf(it.shardId), n, at, name },
          labels: it.labels,
          terms: it.terms,
        })
        return
      }
      if (it.do === 'gap')
        return void (await redis.incrby(`postern:{s:${shardOf(it.shardId)}}:messages:n`, it.by))
      if (it.do === 'compact')
        return void (await Promise.all(SHARDS.map((shard) => index.compactTerms(shard, 0))))
      const record = pick(it.which)
      if (!record) return
      const id = idOf(record.shard)
      if (it.do === 'relabel') {
        await index.write(index.relabel(id, record.n, record.labels, it.labels))
        record.labels = it.labels
      } else if (it.do === 'remove') {
        await index.write(index.remove(id, record.n, record.labels))
        plain = plain.filter((each) => each !== record)
      } else {
        await index.dropTerms(id, record.n, it.terms)
        record.terms = record.terms.filter((term) => !it.terms.includes(term))
      }
    },
  }
}

const seen = (found: readonly { shard: number; n: number; at: number; digest: Buffer }[]) =>
  found.map(({ shard, n, at, digest }) => ({ shard, n, at, digest: digest.toString('hex') }))

const wanted = (plain: readonly Plain[]) =>
  seen(plain.map((each) => ({ ...each, digest: digestOf(each.name) })))

/** Reads all pages, and compares them with those of the array. */
const compare = async (plain: readonly Plain[], it: Reading) => {
  if (it.do === 'range') {
    const shard = shardOf(it.shardId)
    const all = plain.filter((each) => each.shard === shard && each.n >= it.n)
    const { found, next } = await index.range(shard, it.n, it.limit)
    expect(seen(found)).toEqual(wanted(inOrder(all, 1).slice(0, it.limit)))
    const others = await index.range(shard, next, 1_000)
    expect(seen(others.found)).toEqual(wanted(inOrder(all, 1).slice(it.limit)))
    return
  }
  const pages = (all: readonly Plain[], step: 1 | -1) => {
    const sorted = wanted(inOrder(all, step))
    const count = Math.max(1, Math.ceil(sorted.length / it.limit))
    return Array.from({ length: count }, (_, n) => sorted.slice(n * it.limit, (n + 1) * it.limit))
  }
  if (it.do === 'find') {
    const read = await walk((cursor) => index.find(it.term, { limit: it.limit, cursor }))
    const all = plain.filter(({ terms }) => terms.includes(it.term))
    expect(read.map(seen)).toEqual(pages(all, -1))
    return
  }
  const [from, until] = [it.from, it.until].map((at) => (at === undefined ? undefined : START + at))
  const read = await walk((cursor) => index.list({ ...it, from, until, cursor }))
  const any = it.label === undefined ? undefined : [it.label].flat()
  const all = plain.filter(
    ({ at, labels: carried }) =>
      (any === undefined || any.some((label) => carried.includes(label))) &&
      (from === undefined || at >= Math.floor(from / SECOND) * SECOND) &&
      (until === undefined || at < until),
  )
  expect(read.map(seen)).toEqual(pages(all, it.order === 'newest' ? -1 : 1))
}

test('any writes and page reads agree with an array', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(writing, { minLength: 1, maxLength: 60 }),
      fc.array(reading, { minLength: 1, maxLength: 6 }),
      async (writings, readings) => {
        await redis.flushall()
        const world = createWorld()
        for (const it of writings) await world.write(it)
        for (const it of readings) await compare(world.plain(), it)
      },
    ),
    { numRuns: 40 },
  )
})

test('pages with any writes in between show each entry that stays exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...([
        fc.array(writing, { minLength: 10, maxLength: 60 }),
        fc.array(writing),
        limit,
        order,
      ] as const),
      fc.constantFrom('red', undefined),
      async (before, meanwhile, most, direction, label) => {
        await redis.flushall()
        const world = createWorld()
        for (const it of before) await world.write(it)
        const belongs = ({ labels: carried }: Plain) => !label || carried.includes(label)
        const begun = world
          .plain()
          .filter(belongs)
          .map(({ name }) => name)
        const relabelled = new Set<string>()
        const rest = [...meanwhile]
        const read = await walk(async (cursor) => {
          const page = await index.list({ label, limit: most, order: direction, cursor })
          for (const it of rest.splice(0, 5)) {
            if (it.do === 'relabel') {
              const record = world.plain()[it.which % world.plain().length]
              if (record) relabelled.add(record.name)
            }
            await world.write(it)
          }
          return page
        })
        const shown = read.flat().map(({ digest }) => digest.toString('hex'))
        expect(new Set(shown).size).toBe(shown.length)
        const stayed = new Set(world.plain().map(({ name }) => name))
        for (const name of begun)
          if (stayed.has(name) && !relabelled.has(name))
            expect(shown).toContain(digestOf(name).toString('hex'))
      },
    ),
    { numRuns: 30 },
  )
})
