// The instant of going live: the setting while there is one, otherwise an hour before the very first start.

import { expect, test } from 'vitest'
import { liveSince } from '../../src/events/live-since.ts'
import { LIVE_SINCE_KEY } from '../../src/redis/keys.ts'
import { DAY, HOUR } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const FIRST = Date.parse('2026-11-22T09:00:00Z')

const start = (at: number, setting?: number) => liveSince(redis, setting, stoppedClock(at))

test('without a setting it is an hour before the first start, at every start', async () => {
  for (const later of [0, HOUR, 30 * DAY]) expect(await start(FIRST + later)).toBe(FIRST - HOUR)
})

test('a setting holds while it is there, and leaves nothing behind when it is removed', async () => {
  expect(await start(FIRST, FIRST - 7 * DAY)).toBe(FIRST - 7 * DAY)
  expect(await start(FIRST + DAY, FIRST - DAY)).toBe(FIRST - DAY)
  expect(await start(FIRST + 2 * DAY)).toBe(FIRST - HOUR)
  expect(await redis.get(LIVE_SINCE_KEY)).toBe(`${FIRST - HOUR}`)
})

test('one in the future that an earlier version stored is dropped', async () => {
  await redis.set(LIVE_SINCE_KEY, FIRST + 365 * DAY)
  expect(await start(FIRST)).toBe(FIRST - HOUR)
  expect(await start(FIRST + DAY)).toBe(FIRST - HOUR)
})
