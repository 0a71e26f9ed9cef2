// Our share of Polar's limit, which all our processes take from together.

import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createBudget } from '../../src/polar/budget.ts'
import { PolarUnavailable } from '../../src/polar/call.ts'
import { startRedis } from '../../src/redis/embedded.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { PLANNED, stoppedClock } from './decided.ts'

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.close())

/** A minute that no other test has spent from. */
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
    ['production', 300],
    ['sandbox', 60],
  ] as const)('is three fifths of the limit in %s', async (environment, most) => {
    const { messages } = createBudget(connected(), environment, freshClock())
    await times(most, messages.spend)
    await expect(messages.spend()).rejects.toThrow(PolarUnavailable)
  })

  test('is one for all processes', async () => {
    const clock = freshClock()
    const one = createBudget(connected(), 'sandbox', clock)
    const other = createBudget(connected(), 'sandbox', clock)
    await Promise.all([times(30, one.messages.spend), times(30, other.messages.spend)])
    await expect(one.messages.spend()).rejects.toThrow(PolarUnavailable)
    await expect(other.messages.spend()).rejects.toThrow(PolarUnavailable)
  })

  test('is there again in the next minute', async () => {
    const clock = freshClock()
    const { messages } = createBudget(connected(), 'sandbox', clock)
    await times(60, messages.spend)
    clock.advance(MINUTE)
    await expect(messages.spend()).resolves.toBeUndefined()
  })

  test('is less by what clicks have taken', async () => {
    const { clicks, messages } = createBudget(connected(), 'sandbox', freshClock())
    await times(59, clicks.spend)
    await messages.spend()
    await expect(messages.spend()).rejects.toThrow(PolarUnavailable)
  })

  test('takes nothing once it is spent, so that clicks keep their room', async () => {
    const clock = freshClock()
    const redis = connected()
    const { messages } = createBudget(redis, 'sandbox', clock)
    await times(60, messages.spend)
    await Promise.allSettled(Array.from({ length: 100 }, messages.spend))
    const [spent] = await redis.keys(`*:${Math.floor(clock.now() / MINUTE)}`)
    expect(await redis.get(spent ?? '')).toBe('60')
  })

  test('leaves nothing behind for ever', async () => {
    const clock = freshClock()
    const redis = connected()
    await createBudget(redis, 'sandbox', clock).messages.spend()
    const [spent] = await redis.keys(`*:${Math.floor(clock.now() / MINUTE)}`)
    expect(await redis.ttl(spent ?? '')).toBeGreaterThan(0)
  })
})

describe('a click', () => {
  test('is never refused, however much is spent', async () => {
    const { clicks, messages } = createBudget(connected(), 'sandbox', freshClock())
    await times(60, messages.spend)
    await expect(times(100, clicks.spend)).resolves.toHaveLength(100)
  })

  test('is served without being counted while Redis cannot be asked', async () => {
    const redis = new Redis(server.url, { enableOfflineQueue: false, lazyConnect: true })
    const { clicks } = createBudget(redis, 'sandbox', freshClock())
    await expect(clicks.spend()).resolves.toBeUndefined()
  })

  test('does not rest after a failure, as messages do', () => {
    const { clicks, messages } = createBudget(connected(), 'sandbox', freshClock())
    expect(clicks.rest).toBe(0)
    expect(messages.rest).toBeGreaterThan(0)
  })
})
