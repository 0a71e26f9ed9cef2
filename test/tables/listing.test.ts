// A list of records by several labels: exact pages, and an end to the reading.

import { expect, test } from 'vitest'
import { createListing, PAGE } from '../../src/operator/listing.ts'
import { SHARDS } from '../../src/redis/keys.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { createTestIndex, digestOf, idOf, SHARD_IDS, START } from '../support/record-index.ts'

const { redis } = await emptyRedis()

const MANY = 700

/** The newest last; every seventh is green, the others are red only. */
const filled = async () => {
  const index = createTestIndex(redis)
  const fillShard = async (shard: number, first: number) => {
    for (let n = first; n < MANY; n += SHARDS.length) {
      const labels = n % 7 === 0 ? ['red', 'green'] : ['red']
      await index.add(`${n}`, idOf(shard), { at: START + n * SECOND, labels })
    }
  }
  await Promise.all(SHARDS.map(fillShard))
  const names = new Map(
    Array.from({ length: MANY }, (_, n) => [digestOf(`${n}`).toString('hex'), n] as const),
  )
  const load = async ({ digest }: { digest: Buffer }) => names.get(digest.toString('hex')) ?? null
  return { index, load }
}

test('every row comes once, the newest first, and pages are full where they can be', async () => {
  const { index, load } = await filled()
  const listing = createListing({ index, load })
  const pages: number[][] = []
  let cursor: string | undefined
  do {
    const page = await listing({ labels: ['red'], accepts: (n) => n % 10 < 7, cursor })
    if ('problem' in page) throw new Error(page.problem)
    pages.push([...page.rows])
    cursor = page.cursor ?? undefined
  } while (cursor)
  const wanted = Array.from({ length: MANY }, (_, n) => MANY - 1 - n).filter((n) => n % 10 < 7)
  expect(pages.flat()).toEqual(wanted)
  expect(pages.slice(0, -1).map(({ length }) => length)).toEqual(Array(pages.length - 1).fill(PAGE))
})

test('two labels are read by the rarer one', async () => {
  const { index, load } = await filled()
  const page = await createListing({ index, load })({
    labels: ['red', 'green'],
    accepts: (n) => n % 7 === 0,
  })
  expect(page).toMatchObject({ looked: PAGE, rows: expect.objectContaining({ length: PAGE }) })
})

test('a page ends after five hundred records, though none of them fits', async () => {
  const { index, load } = await filled()
  const loaded: number[] = []
  const counted = async (found: { digest: Buffer }) => {
    const row = await load(found)
    if (row !== null) loaded.push(row)
    return row
  }
  const page = await createListing({ index, load: counted })({
    labels: ['red'],
    accepts: () => false,
  })
  expect(page).toEqual({ rows: [], looked: 500, cursor: expect.any(String), total: MANY })
  expect(loaded).toHaveLength(500)
})

test('the length of a list is known by one label and for all times', async () => {
  const { index, load } = await filled()
  const totalOf = async (asked: { labels: string[]; from?: number; isNarrower?: boolean }) => {
    const page = await createListing({ index, load })({ accepts: () => true, ...asked })
    return 'problem' in page ? page.problem : page.total
  }
  expect(await totalOf({ labels: [] })).toBe(MANY)
  expect(await totalOf({ labels: ['green'] })).toBe(MANY / 7)
  expect(await totalOf({ labels: ['red', 'green'] })).toBeNull()
  expect(await totalOf({ labels: ['red'], from: START })).toBeNull()
  expect(await totalOf({ labels: ['red'], isNarrower: true })).toBeNull()
})

test('a text that is no cursor is said not to be one', async () => {
  const { index, load } = await filled()
  const page = await createListing({ index, load })({
    ...{ labels: [], accepts: () => true, cursor: SHARD_IDS.join() },
  })
  expect(page).toEqual({ problem: expect.stringContaining('no such page') })
})
