// Whose turn a check of the webhook endpoint is: all workers ask, and one of them makes it.

import { expect, test } from 'vitest'
import { WATCH_KEY } from '../../src/redis/keys.ts'
import { HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { createWatchState } from '../../src/watch/state.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis } = await emptyRedis()

const WORKERS = 5
const START = Date.parse('2026-11-26T12:00:00Z')
const FIRST_CHECK = START + 30 * SECOND

/** The answer that each worker gets when all of them ask at once. */
const claims = async (now: number) => {
  const workers = Array.from({ length: WORKERS }, () => createWatchState(redis))
  const claimed = await Promise.all(workers.map(({ claim }) => claim(now)))
  return claimed.filter((one) => one !== null)
}

test('of workers that ask at once, one makes the check', async () => {
  expect(await claims(START)).toEqual([])
  expect(await claims(FIRST_CHECK - 1)).toEqual([])
  expect(await claims(FIRST_CHECK)).toMatchObject([{ since: START, checkedAt: FIRST_CHECK }])
  expect(await claims(FIRST_CHECK)).toEqual([])
})

test('the next check is due a little less than a minute later, once', async () => {
  await claims(START)
  await claims(FIRST_CHECK)
  expect(await claims(FIRST_CHECK + 50 * SECOND - 1)).toEqual([])
  expect(await claims(FIRST_CHECK + 50 * SECOND)).toHaveLength(1)
  expect(await claims(FIRST_CHECK + MINUTE)).toEqual([])
})

test('after a break nobody makes a check at once, and then one worker', async () => {
  await claims(START)
  await claims(FIRST_CHECK)
  const back = START + HOUR
  expect(await claims(back)).toEqual([])
  expect(await claims(back + 30 * SECOND)).toMatchObject([{ since: back }])
})

test('a check that ends after a later one has begun keeps nothing', async () => {
  const state = createWatchState(redis)
  await claims(START)
  const slow = await state.claim(FIRST_CHECK)
  const next = await state.claim(FIRST_CHECK + MINUTE)
  if (!slow || !next) throw new Error('not claimed')
  await state.save(slow, { ...slow, open: { silence: START } })
  expect(JSON.parse((await redis.get(WATCH_KEY)) ?? '')).toEqual(next)
  await state.save(next, { ...next, open: { silence: FIRST_CHECK } })
  expect(JSON.parse((await redis.get(WATCH_KEY)) ?? '')).toMatchObject({
    open: { silence: FIRST_CHECK },
  })
})
