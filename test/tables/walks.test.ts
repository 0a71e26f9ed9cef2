// A walk through an index: it visits what is old enough, goes on after a crash, and comes back to what was not finished.

import { beforeEach, expect, test } from 'vitest'
import { CHUNK, type Found } from '../../src/redis/record-index.ts'
import { createWalks, type Walk } from '../../src/retention/walks.ts'
import { createMovableClock, DAY, MINUTE } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { createTestIndex, idOf } from '../support/record-index.ts'

const SHARD = 42
const AGE = 30 * DAY

const { redis } = await emptyRedis()
const index = createTestIndex(redis)
beforeEach(() => redis.flushall())

/** A walk with a clock of its own, that notes what it visits. */
const started = (visit: (n: number) => boolean = () => true, clock = createMovableClock()) => {
  const visited: number[] = []
  const emptied: number[] = []
  const walk: Walk = {
    ...{ name: 'bodies', index, age: AGE },
    visit: async ({ n }: Found) => {
      const isFinished = visit(n)
      visited.push(n)
      return isFinished
    },
    emptied: async (_, n) => {
      emptied.push(n)
    },
  }
  const { open, step } = createWalks(redis, clock, [walk])
  const isOpen = async () => (await open()).some(([, shards]) => shards.includes(SHARD))
  return {
    ...{ clock, visited, emptied, isOpen },
    step: () => step(walk, SHARD),
    toEnd: async () => {
      while ((await isOpen()) && (await step(walk, SHARD)));
    },
  }
}

const add = async (count: number, at: number) => {
  for (let i = 0; i < count; i++) await index.add(`entry ${i} ${at}`, idOf(SHARD), { at })
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

test('visits each entry once when it is old enough, in small steps, and none before', async () => {
  const { clock, step, toEnd, visited } = started()
  await add(25, clock.now())
  await add(5, clock.now() + DAY)
  clock.advance(AGE - MINUTE)
  await toEnd()
  expect(visited).toEqual([])
  clock.advance(2 * MINUTE)
  expect(await step()).toBe(true)
  expect(visited).toEqual(upTo(10))
  await toEnd()
  await toEnd()
  expect(visited).toEqual(upTo(25))
  clock.advance(DAY)
  await toEnd()
  expect(visited).toEqual(upTo(30))
})

test('is open no more once it knows that the next entry is too young, until that is old enough', async () => {
  const { clock, isOpen, toEnd, visited } = started()
  await add(1, clock.now())
  await toEnd()
  await add(1, clock.now() + DAY)
  expect(await isOpen()).toBe(false)
  clock.advance(AGE)
  expect(await isOpen()).toBe(true)
  await toEnd()
  expect(visited).toEqual([1])
  expect(await isOpen()).toBe(false)
  // A shorter age counts at once.
  const shorter = { name: 'bodies', index, age: AGE - DAY, visit: async () => true }
  expect(await createWalks(redis, clock, [shorter]).open()).toEqual([[shorter, [SHARD]]])
})

test('is open where entries came, and where a day has passed over what it left behind', async () => {
  const unfinished = new Set([1])
  const { clock, isOpen, toEnd } = started((n) => !unfinished.has(n))
  expect(await isOpen()).toBe(false)
  await add(1, clock.now())
  expect(await isOpen()).toBe(true)
  clock.advance(AGE + MINUTE)
  await toEnd()
  expect(await isOpen()).toBe(false)
  clock.advance(DAY)
  expect(await isOpen()).toBe(true)
  unfinished.clear()
  await toEnd()
  clock.advance(DAY)
  expect(await isOpen()).toBe(false)
})

test('goes on after a crash, and visits again what it may not have finished', async () => {
  const one = started()
  await add(25, one.clock.now())
  one.clock.advance(AGE + MINUTE)
  await one.step()
  const killed = started((n) => {
    if (n === 15) throw new Error('killed')
    return true
  }, one.clock)
  await expect(killed.step()).rejects.toThrow('killed')
  const other = started(() => true, one.clock)
  await other.toEnd()
  expect(other.visited).toEqual(upTo(25).slice(10))
})

test('comes back to an unfinished entry after a day, until it is finished', async () => {
  const unfinished = new Set([3, 17])
  const { clock, toEnd, visited } = started((n) => !unfinished.has(n))
  await add(20, clock.now())
  clock.advance(AGE + MINUTE)
  await toEnd()
  visited.length = 0
  clock.advance(DAY - MINUTE)
  await toEnd()
  expect(visited).toEqual([])
  clock.advance(2 * MINUTE)
  await toEnd()
  expect(visited).toEqual([3, 17])
  unfinished.delete(3)
  clock.advance(DAY)
  await toEnd()
  clock.advance(DAY)
  await toEnd()
  expect(visited).toEqual([3, 17, 3, 17, 17])
})

test('forgets an unfinished entry that is gone from the index', async () => {
  const { clock, toEnd, visited } = started(() => false)
  await add(2, clock.now())
  clock.advance(AGE + MINUTE)
  await toEnd()
  await index.write(index.remove(idOf(SHARD), 1, []))
  visited.length = 0
  for (let day = 0; day < 2; day++) {
    clock.advance(DAY)
    await toEnd()
  }
  expect(visited).toEqual([2, 2])
})

test('says up to where all is gone, a chunk at a time, and never beyond what is unfinished', async () => {
  let isFinished = false
  const { clock, toEnd, emptied } = started((n) => n !== 2 || isFinished)
  await add(3, clock.now())
  await index.next(idOf(SHARD), 2 * CHUNK)
  await add(1, clock.now())
  clock.advance(AGE + MINUTE)
  await toEnd()
  expect(emptied).toEqual([])
  isFinished = true
  clock.advance(DAY)
  await toEnd()
  await toEnd()
  expect(emptied).toEqual([2 * CHUNK])
})

test('is safe beside the same walk of another process', async () => {
  const clock = createMovableClock()
  const walks = [started((n) => n % 7 !== 0, clock), started((n) => n % 7 !== 0, clock)]
  await add(60, clock.now())
  clock.advance(AGE + MINUTE)
  await Promise.all(walks.map(({ toEnd }) => toEnd()))
  const all = new Set(walks.flatMap(({ visited }) => visited))
  expect([...all].toSorted((a, b) => a - b)).toEqual(upTo(60))
  clock.advance(DAY)
  const [one] = walks
  if (one) one.visited.length = 0
  await one?.toEnd()
  expect(one?.visited).toEqual([7, 14, 21, 28, 35, 42, 49, 56])
})
