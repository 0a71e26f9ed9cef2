// How fast requests may go to Resend, and what stops them: one Redis for all processes.

import { describe, expect, test } from 'vitest'
import { createPause } from '../../src/resend/pause.ts'
import { createRateLimiter } from '../../src/resend/rate-limiter.ts'
import { createMovableClock, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis } = await emptyRedis()

/** The parts of one process. */
const process = (rate: number, { client = redis, clock = createMovableClock() } = {}) => {
  const pause = createPause({ redis: client, clock })
  return { ...pause, ...createRateLimiter({ redis: client, rate, pause, clock }), clock }
}

/** Redis's decision when somebody asks: the slot in so many milliseconds, and for a granted one its time by Redis. */
type Decision = { answer: string; wait: number; at: number | undefined }

/** Redis, and what it has decided. A busy machine asks later, but what is decided then does not depend on that. */
const observed = () => {
  const decisions: Decision[] = []
  const watch = async (decided: Promise<unknown>) => {
    const result = await decided
    if (Array.isArray(result) && result.length >= 2) {
      const [answer, wait, at] = result
      decisions.push({ answer, wait, at })
    }
    return result
  }
  const client = new Proxy(redis, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      const isScript = name === 'eval' || name === 'evalsha'
      return (...args: unknown[]) =>
        isScript ? watch(value.apply(target, args)) : value.apply(target, args)
    },
  })
  return { client, decisions }
}

/** The times of `count` permits by Redis, in the order in which they count, and all that was decided. */
const times = async (
  rates: readonly number[],
  count: number,
  prepare: (one: ReturnType<typeof process>) => Promise<unknown> = async () => {},
) => {
  const { client, decisions } = observed()
  const takers = rates.map((rate) => process(rate, { client }))
  const [first] = takers
  if (first) await prepare(first)
  let taken = 0
  await Promise.all(
    takers.map(async ({ acquire }) => {
      while (taken < count) {
        taken += 1
        expect(await acquire()).not.toBe('paused')
      }
    }),
  )
  const granted = decisions.flatMap(({ at }) => at ?? []).toSorted((one, other) => one - other)
  expect(granted).toHaveLength(count)
  return { granted, decisions }
}

/** A second of Resend's with a little more, since the network may bring two requests nearer to each other. */
const WINDOW = 1.02 * SECOND

/** From each permit to the nth after it. */
const gaps = (granted: readonly number[], n: number) =>
  granted.slice(n).map((time, index) => time - (granted[index] ?? 0))

/** Turns that were later than the moment of asking: each is exactly a window after the nth before it. */
const awaited = ({ granted, decisions }: Awaited<ReturnType<typeof times>>, n: number) => {
  const late = decisions.flatMap(({ at, wait }) => (at !== undefined && wait > 0 ? at : []))
  return late.map((time) => time - (granted[granted.lastIndexOf(time) - n] ?? 0))
}

describe('the limit', () => {
  test('lets so many go at once, and not one more within a second, whoever asks', async () => {
    const { granted, decisions } = await times([5, 5, 5], 16)
    expect(Math.min(...gaps(granted, 5))).toBeGreaterThanOrEqual(WINDOW)
    expect(decisions.slice(0, 5).map(({ wait }) => wait)).toEqual([0, 0, 0, 0, 0])
  })

  test('is used up: nobody waits longer than until the window since the nth last is over', async () => {
    const turns = await times([20, 20], 60)
    for (const gap of awaited(turns, 20)) expect(gap).toBe(WINDOW)
  })

  test('is the lower of ours and what Resend says, and ours again when Resend says more', async () => {
    const { granted } = await times([50], 3, (one) => one.observeLimit(2))
    expect(granted[2]).toBeGreaterThanOrEqual((granted[0] ?? 0) + WINDOW)
    const { decisions } = await times([50], 40, (one) => one.observeLimit(100))
    expect(new Set(decisions.map(({ wait }) => wait))).toEqual(new Set([0]))
  })

  test('is told to a process that has started since', async () => {
    await process(50).observeLimit(1)
    const { granted } = await times([50], 2)
    expect(granted[1]).toBeGreaterThanOrEqual((granted[0] ?? 0) + WINDOW)
  })

  test('is not gone to the edge of after a refusal, of which several in one moment count once', async () => {
    const turns = await times([1], 2, (one) =>
      Promise.all([one.backOff(), one.backOff(), one.backOff()]),
    )
    // A quarter longer, less what has eased since; three times a quarter would be twice as long.
    for (const gap of gaps(turns.granted, 1)) expect(gap).toBeGreaterThan(1.1 * SECOND)
    for (const gap of awaited(turns, 1)) expect(gap).toBeLessThanOrEqual(1.25 * WINDOW)
  })

  test('that never was, or is nonsense, changes nothing', async () => {
    const { decisions } = await times([50], 20, async (one) => {
      for (const nonsense of [0, Number.NaN, -3]) await one.observeLimit(nonsense)
    })
    expect(new Set(decisions.map(({ wait }) => wait))).toEqual(new Set([0]))
  })
})

describe('a pause', () => {
  test('stops every process until it is over, and a shorter one does not cut it short', async () => {
    const [one, other] = [process(5), process(5)]
    expect(await one.pause(one.clock.now() + 10 * MINUTE, 'quota')).toBe(true)
    expect(await other.pause(other.clock.now() + SECOND, 'rate_limit')).toBe(false)
    expect(await other.acquire()).toBe('paused')
    expect(other.wasPaused()).toBe(true)
    expect(await other.state()).toMatchObject({ because: 'quota' })
    other.clock.advance(10 * MINUTE)
    expect(await other.state()).toBeNull()
    expect(await other.acquire()).not.toBe('paused')
  })

  test('of a moment is waited out', async () => {
    const one = process(5)
    const end = one.clock.now() + SECOND
    await one.pause(end, 'rate_limit')
    expect(await one.acquire()).not.toBe('paused')
    expect(one.clock.now()).toBeGreaterThanOrEqual(end)
  })
})

describe('a hold', () => {
  test('stops every process for as long as nobody releases it', async () => {
    const [one, other] = [process(5), process(5)]
    await one.hold('command')
    expect(await other.acquire()).toBe('paused')
    other.clock.advance(100 * HOUR)
    expect(await other.state()).toEqual({ held: 'command' })
    expect(await other.release('command')).toBe(true)
    expect(await other.release('command')).toBe(false)
    expect(await other.acquire()).not.toBe('paused')
  })

  test.each([
    ['by a person is not released by a start', 'command', 'setting', false],
    ['by a setting is released by a start', 'setting', 'setting', true],
    ['by a setting is released by a person', 'setting', 'command', true],
    ['after a gap is released by its search', 'gap', 'gap', true],
    ['after a gap is released by a person', 'gap', 'command', true],
    ['after a gap is not released by a start', 'gap', 'setting', false],
    ['by a setting is not released by a search', 'setting', 'gap', false],
  ] as const)('%s', async (_, by, hand, isReleased) => {
    const one = process(5)
    await one.hold(by)
    expect(await one.release(hand)).toBe(isReleased)
    expect(await one.state()).toEqual(isReleased ? null : { held: by })
  })

  test('after a gap leaves look-ups a slot, and gives way to a setting', async () => {
    const one = process(5)
    await one.hold('gap')
    expect([await one.acquire(), await one.acquire('if held')]).toEqual([
      'paused',
      { at: expect.any(Number) },
    ])
    await one.hold('setting')
    await one.hold('gap')
    expect(await one.state()).toEqual({ held: 'setting' })
  })

  test('by a person stays theirs, though a process starts on hold as well', async () => {
    const one = process(5)
    await one.hold('command')
    await one.hold('setting')
    await one.release('setting')
    expect(await one.state()).toEqual({ held: 'command' })
  })
})
