// The budget of calls to Polar, which all processes share.

import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createBudget } from '../../src/polar/budget.ts'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.close())

/** A clock in a minute that no other test uses. */
let tests = 0
const freshClock = () => stoppedClock(PLANNED + ++tests * 10 * MINUTE)

const connected = () => {
  const redis = new Redis(server.url)
  onTestFinished(() => redis.disconnect())
  return redis
}

const times = (most: number, spend: () => Promise<void>) =>
  Promise.all(Array.from({ length: most }, spend))

describe('the share of messages', () => {
  test.each([
    [500, 300],
    [100, 60],
    [1, 1],
  ])('is three fifths of a limit of %d', async (limit, most) => {
    const { messages } = createBudget(connected(), limit, freshClock())
    await times(most, messages.spend)
    await expect(messages.spend()).rejects.toThrow(PolarUnavailableError)
  })

  test('is one for all processes', async () => {
    const clock = freshClock()
    const one = createBudget(connected(), 100, clock)
    const other = createBudget(connected(), 100, clock)
    await Promise.all([times(30, one.messages.spend), times(30, other.messages.spend)])
    await expect(one.messages.spend()).rejects.toThrow(PolarUnavailableError)
    await expect(other.messages.spend()).rejects.toThrow(PolarUnavailableError)
  })

  test('is full again in the next minute', async () => {
    const clock = freshClock()
    const { messages } = createBudget(connected(), 100, clock)
    await times(60, messages.spend)
    clock.advance(MINUTE)
    await expect(messages.spend()).resolves.toBeUndefined()
  })

  test('is reduced by the calls of clicks', async () => {
    const { clicks, messages, spent } = createBudget(connected(), 100, freshClock())
    await times(56, clicks.spend)
    await times(60 - (await spent()), messages.spend)
    await expect(messages.spend()).rejects.toThrow(PolarUnavailableError)
  })

  test('takes nothing once it is spent, so that clicks keep their share', async () => {
    const clock = freshClock()
    const redis = connected()
    const { messages } = createBudget(redis, 100, clock)
    await times(60, messages.spend)
    await Promise.allSettled(Array.from({ length: 100 }, messages.spend))
    const [spent] = await redis.keys(`*:${Math.floor(clock.now() / MINUTE)}`)
    expect(await redis.get(spent ?? '')).toBe('60')
  })

  test('leaves no key behind for ever', async () => {
    const clock = freshClock()
    const redis = connected()
    await createBudget(redis, 100, clock).messages.spend()
    const [spent] = await redis.keys(`*:${Math.floor(clock.now() / MINUTE)}`)
    expect(await redis.ttl(spent ?? '')).toBeGreaterThan(0)
  })
})

describe('the share of a backfill', () => {
  test('is two fifths of the limit, so that it leaves room for messages and clicks', async () => {
    const { backfill, messages, clicks } = createBudget(connected(), 100, freshClock())
    await times(40, backfill.spend)
    await expect(backfill.spend()).rejects.toThrow(PolarUnavailableError)
    await times(20, messages.spend)
    await expect(messages.spend()).rejects.toThrow(PolarUnavailableError)
    await expect(times(20, clicks.spend)).resolves.toHaveLength(20)
  })

  test('is nothing while messages need more than that', async () => {
    const { backfill, messages } = createBudget(connected(), 100, freshClock())
    await times(40, messages.spend)
    await expect(backfill.spend()).rejects.toThrow(PolarUnavailableError)
  })
})

describe('the share of clicks', () => {
  const granted = async (asked: readonly Promise<void>[]) =>
    (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled').length

  test.each([
    [500, 400],
    [100, 80],
    [1, 1],
  ])('is four fifths of a limit of %d, and not one call more', async (limit, most) => {
    const { clicks } = createBudget(connected(), limit, freshClock())
    expect(await granted(Array.from({ length: limit }, clicks.spend))).toBe(most)
    await expect(clicks.spend()).rejects.toThrow(PolarUnavailableError)
  })

  test('is one for all processes, which reserve only a few calls each', async () => {
    const clock = freshClock()
    const one = createBudget(connected(), 500, clock)
    const other = createBudget(connected(), 500, clock)
    const asked = Array.from({ length: 500 }, (_, n) => (n % 2 ? one : other).clicks.spend())
    const most = await granted(asked)
    expect(most).toBeLessThanOrEqual(400)
    expect(most).toBeGreaterThan(380)
  })

  test('is not touched when messages have spent theirs', async () => {
    const { clicks, messages } = createBudget(connected(), 100, freshClock())
    await times(60, messages.spend)
    await expect(times(20, clicks.spend)).resolves.toHaveLength(20)
  })

  test('is full again in the next minute, without the calls reserved before', async () => {
    const clock = freshClock()
    const { clicks, spent } = createBudget(connected(), 100, clock)
    await clicks.spend()
    clock.advance(MINUTE)
    expect(await granted(Array.from({ length: 100 }, clicks.spend))).toBe(80)
    expect(await spent()).toBe(80)
  })

  test('is not available while Redis is down', async () => {
    const redis = new Redis(server.url, { enableOfflineQueue: false, lazyConnect: true })
    onTestFinished(() => redis.disconnect())
    const { clicks } = createBudget(redis, 100, freshClock())
    await expect(clicks.spend()).rejects.not.toThrow(PolarUnavailableError)
  })

  test('makes the next call at once after a failure, while messages back off', () => {
    const { clicks, messages } = createBudget(connected(), 100, freshClock())
    expect(clicks.backOff).toBe(0)
    expect(messages.backOff).toBeGreaterThan(0)
  })
})
