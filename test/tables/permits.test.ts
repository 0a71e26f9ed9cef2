// How fast requests may go to Resend, and what stops them: one Redis for all processes.

import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createPermits } from '../../src/deliveries/permits.ts'
import { startRedis } from '../../src/redis/embedded.ts'
import { createMovableClock, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'

let redis: Redis
let server: Awaited<ReturnType<typeof startRedis>>

beforeAll(async () => {
  server = await startRedis()
  redis = new Redis(server.url)
})
afterEach(() => redis.flushall())
afterAll(async () => {
  redis.disconnect()
  await server.close()
})

const process = (rate: number, clock = createMovableClock()) => ({
  ...createPermits({ redis, rate, clock }),
  clock,
})

/** When each of `count` permits came, in milliseconds. */
const times = async (takers: readonly ReturnType<typeof process>[], count: number) => {
  const granted: number[] = []
  await Promise.all(
    takers.map(async ({ take }) => {
      while (granted.length < count) {
        expect(await take()).not.toBe('shut')
        granted.push(performance.now())
      }
    }),
  )
  return granted.slice(0, count)
}

describe('the limit', () => {
  test('lets so many go at once, and not one more within a second, whoever asks', async () => {
    const granted = await times([process(5), process(5), process(5)], 16)
    for (const [index, time] of granted.entries()) {
      const fifthBefore = granted[index - 5]
      if (fifthBefore !== undefined) expect(time - fifthBefore).toBeGreaterThan(SECOND)
    }
    expect((granted[4] ?? 0) - (granted[0] ?? 0)).toBeLessThan(SECOND / 2)
  })

  test('is used up to nine tenths when there is enough to send', async () => {
    const began = performance.now()
    await times([process(20), process(20)], 60)
    expect(60 / ((performance.now() - began) / SECOND)).toBeGreaterThan(0.9 * 20)
  })

  test('is the lower of ours and what Resend says, and ours again when Resend says more', async () => {
    const one = process(50)
    await one.told(2)
    const granted = await times([one], 3)
    expect((granted[2] ?? 0) - (granted[0] ?? 0)).toBeGreaterThan(SECOND)
    await one.told(100)
    const began = performance.now()
    await times([one], 40)
    expect(performance.now() - began).toBeLessThan(SECOND)
  })

  test('is told to a process that has started since', async () => {
    await process(50).told(1)
    const granted = await times([process(50)], 2)
    expect((granted[1] ?? 0) - (granted[0] ?? 0)).toBeGreaterThan(SECOND)
  })

  test('is not gone to the edge of after a refusal, of which several in one moment count once', async () => {
    const one = process(1)
    await Promise.all([one.slow(), one.slow(), one.slow()])
    const granted = await times([one], 2)
    const gap = (granted[1] ?? 0) - (granted[0] ?? 0)
    expect(gap).toBeGreaterThan(1.2 * SECOND)
    expect(gap).toBeLessThan(1.6 * SECOND)
  })

  test('that never was, or is nonsense, changes nothing', async () => {
    const one = process(50)
    await one.told(0)
    await one.told(Number.NaN)
    await one.told(-3)
    const began = performance.now()
    await times([one], 20)
    expect(performance.now() - began).toBeLessThan(SECOND / 2)
  })
})

describe('a pause', () => {
  test('stops every process until it is over, and a shorter one does not cut it short', async () => {
    const [one, other] = [process(5), process(5)]
    expect(await one.pause(one.clock.now() + 10 * MINUTE, 'quota')).toBe(true)
    expect(await other.pause(other.clock.now() + SECOND, 'rate_limit')).toBe(false)
    expect(await other.take()).toBe('shut')
    expect(other.wasShut()).toBe(true)
    expect(await other.shut()).toMatchObject({ because: 'quota' })
    other.clock.advance(10 * MINUTE)
    expect(await other.shut()).toBeNull()
    expect(await other.take()).not.toBe('shut')
  })

  test('of a moment is sat out', async () => {
    const one = process(5)
    await one.pause(one.clock.now() + SECOND, 'rate_limit')
    const began = performance.now()
    expect(await one.take()).not.toBe('shut')
    expect(performance.now() - began).toBeGreaterThan(0.9 * SECOND)
  })
})

describe('a hold', () => {
  test('stops every process for as long as nobody releases it', async () => {
    const [one, other] = [process(5), process(5)]
    await one.hold('command')
    expect(await other.take()).toBe('shut')
    other.clock.advance(100 * HOUR)
    expect(await other.shut()).toEqual({ held: 'command' })
    expect(await other.release('command')).toBe(true)
    expect(await other.release('command')).toBe(false)
    expect(await other.take()).not.toBe('shut')
  })

  test.each([
    ['by a person is not released by a start', 'command', 'setting', false],
    ['by a setting is released by a start', 'setting', 'setting', true],
    ['by a setting is released by a person', 'setting', 'command', true],
  ] as const)('%s', async (_, by, hand, isReleased) => {
    const one = process(5)
    await one.hold(by)
    expect(await one.release(hand)).toBe(isReleased)
    expect(await one.shut()).toEqual(isReleased ? null : { held: by })
  })

  test('by a person stays theirs, though a process starts on hold as well', async () => {
    const one = process(5)
    await one.hold('command')
    await one.hold('setting')
    await one.release('setting')
    expect(await one.shut()).toEqual({ held: 'command' })
  })
})
