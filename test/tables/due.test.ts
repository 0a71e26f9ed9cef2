// When due entries fall due, and entries that two may change at the same time.

import { expect, test } from 'vitest'
import { createDue } from '../../src/redis/due.ts'
import { createNextDue } from '../../src/redis/next-due.ts'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const started = async () => {
  await redis.flushall()
  const clock = stoppedClock()
  const due = createDue(redis, 'deliveries', clock)
  const dueBy = async (ms: number) => {
    clock.advance(ms)
    const ids = [...(await due.take('high')), ...(await due.take('low'))]
    clock.advance(-ms)
    return ids
  }
  return { due, dueBy, now: clock.now() }
}

test.each(['high', 'low'] as const)('an entry of %s priority is put off', async (priority) => {
  const { due, dueBy, now } = await started()
  await due.at('one', now, priority)
  await due.putOffUnlessMoved('one', await due.scoreOf('one'), now + 3 * MINUTE)
  expect(await dueBy(3 * MINUTE - SECOND)).toEqual([])
  expect(await dueBy(3 * MINUTE)).toEqual(['one'])
})

test('the first entries of each priority are listed, soonest first, and no more', async () => {
  const { due, now } = await started()
  const entries = Array.from({ length: 9 }, (_, at) => [`id-${at}`, now + at * SECOND] as const)
  for (const [id, time] of entries.toReversed()) {
    await due.at(id, time, 'high')
    await due.at(`low-${id}`, time, 'low')
  }
  expect(await due.first(2)).toEqual(['id-0', 'id-1', 'low-id-0', 'low-id-1'])
  expect((await due.first(100)).toSorted()).toEqual((await due.all()).toSorted())
})

test('an entry that was moved meanwhile is not put off', async () => {
  const { due, dueBy, now } = await started()
  await due.at('one', now, 'low')
  const before = await due.scoreOf('one')
  await due.at('one', now + SECOND, 'low')
  await due.putOffUnlessMoved('one', before, now + 3 * MINUTE)
  expect(await dueBy(SECOND)).toEqual(['one'])
})

test('an entry that is gone does not come back by being put off', async () => {
  const { due, now } = await started()
  await due.at('one', now)
  const before = await due.scoreOf('one')
  await due.done('one')
  await due.putOffUnlessMoved('one', before, now + 3 * MINUTE)
  expect(await due.all()).toEqual([])
})

test('an entry is done unless it was moved meanwhile', async () => {
  const { due, now } = await started()
  for (const id of ['one', 'other']) await due.at(id, now + MINUTE, 'high')
  await due.at('other', now + 2 * MINUTE, 'high')
  for (const id of ['one', 'other', 'no entry']) await due.doneUnlessMoved(id, now + MINUTE)
  expect(await due.all()).toEqual(['other'])
})

test('the first id that falls due is found in each set, whatever its priority and shard', async () => {
  const { due, now } = await started()
  const next = createNextDue(redis, ['reports', 'deliveries'])
  const never = Number.POSITIVE_INFINITY
  expect(await next()).toEqual([never, never])
  for (let n = 1; n <= 20; n++) await due.at(`id ${n}`, now + n * MINUTE, n % 2 ? 'low' : 'high')
  for (let n = 1; n <= 20; n++) {
    expect(await next()).toEqual([never, now + n * MINUTE])
    await due.done(`id ${n}`)
  }
})

test('pages list every entry once, soonest first, though many share a time and a shard', async () => {
  const { due, now } = await started()
  const ids = Array.from({ length: 60 }, (_, n) => `id-${n}`)
  for (const [n, id] of ids.entries()) await due.at(id, now + (n < 40 ? 0 : n) * SECOND)
  await due.at('low', now, 'low')
  const listed: { id: string; time: number }[] = []
  let pages = 0
  let place: Awaited<ReturnType<typeof due.soonest>>['next'] = null
  do {
    const page: Awaited<ReturnType<typeof due.soonest>> = await due.soonest(7, place)
    listed.push(...page.entries)
    place = page.next
    pages++
  } while (place)
  expect(pages).toBe(9)
  expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  const times = listed.map(({ time }) => time)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})
