// Which processes run: by their heartbeats, whatever .env says.

import { afterEach, describe, expect, test, vi } from 'vitest'
import { startHeartbeat } from '../../src/processes/heartbeat.ts'
import { createProcessStore } from '../../src/processes/store.ts'
import { PROCESSES_KEYS } from '../../src/redis/keys.ts'
import { HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { listen } from '../../src/runtime/server.ts'
import { VERSION } from '../../src/runtime/version.ts'
import { readWorkerModes } from '../../src/setup/worker-modes.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { aProcess, onlyRunning } from '../support/processes.ts'
import { requiredSettings } from '../support/required-settings.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis, url } = await emptyRedis()

const clock = stoppedClock(PLANNED)
const store = createProcessStore(redis, clock)
const { beats, lastAlive } = PROCESSES_KEYS

/** As if it had begun so long ago: Redis tells the time. */
const silentFor = async (seconds: number, id: string) => {
  const [now] = await redis.time()
  await redis.zadd(beats, Number(now) - seconds, JSON.stringify(aProcess({ id })))
}

const running = async () => (await store.running()).map(({ id }) => id)

describe('a process', () => {
  test('runs from its first heartbeat until it leaves, and is found as it described itself', async () => {
    const described = aProcess({ role: 'worker', mode: 'shadow' })
    await store.beat(described)
    await store.beat(described)
    const [now] = await redis.time()
    const [found, ...others] = await store.running()
    expect([found, others]).toEqual([{ ...described, beatAt: expect.any(Number) }, []])
    expect(Math.abs((found?.beatAt ?? 0) / SECOND - Number(now))).toBeLessThanOrEqual(1)
    await store.leave(described)
    expect(await store.running()).toEqual([])
  })

  test.each([
    [29, ['silent']],
    [31, []],
  ])('that is silent for %i seconds is %j', async (seconds, expected) => {
    await silentFor(seconds, 'silent')
    expect(await running()).toEqual(expected)
  })

  test('that is long gone is removed by the heartbeats of others, and at last by Redis', async () => {
    await silentFor(31, 'gone')
    await store.beat(aProcess({ id: 'other' }))
    expect(await redis.zcard(beats)).toBe(1)
    expect(await redis.ttl(beats)).toBeGreaterThan(0)
  })

  test('says when Postern was last alive, for good', async () => {
    expect(await store.lastAlive()).toBeNull()
    await store.beat(aProcess())
    await store.leave(aProcess())
    expect([await store.lastAlive(), await redis.ttl(lastAlive)]).toEqual([PLANNED, -1])
  })
})

describe('a gap in the heartbeats', () => {
  /** The store of a process that starts at that time. */
  const startedAt = (time: number) => createProcessStore(redis, stoppedClock(time))

  test.each([
    ['a first start', null, null],
    ['a start a minute after the last heartbeat', PLANNED - MINUTE, null],
    ['a later start', PLANNED - MINUTE - 1, PLANNED - MINUTE - 1],
  ])('%s has the gap it should', async (_, last, expected) => {
    if (last !== null) await redis.set(lastAlive, last)
    expect(await startedAt(PLANNED).openGap()).toBe(expected)
    expect(await store.lastAlive()).toBe(PLANNED)
  })

  test('is open until it is closed, for every process', async () => {
    await redis.set(lastAlive, PLANNED - HOUR)
    await startedAt(PLANNED).beat(aProcess({ role: 'web' }))
    expect(await startedAt(PLANNED).beat(aProcess())).toBe(PLANNED - HOUR)
    await startedAt(PLANNED).closeGap()
    expect(await startedAt(PLANNED).openGap()).toBeNull()
  })

  test('is found under a running process, where Redis knows an older heartbeat than its own', async () => {
    const one = startedAt(PLANNED)
    await one.openGap()
    await startedAt(PLANNED - SECOND).openGap() // a machine whose clock is behind
    expect(await one.openGap()).toBeNull()
    await redis.set(lastAlive, PLANNED - SECOND)
    expect(await one.openGap()).toBe(PLANNED - SECOND)
  })
})

describe('a heartbeat', () => {
  const fakeStore = () => {
    const calls: string[] = []
    return {
      calls,
      beat: async () => {
        calls.push('beat')
        return PLANNED
      },
      leave: async () => void calls.push('leave'),
      isBehind: async () => false,
    }
  }

  afterEach(() => vi.useRealTimers())

  const begin = (parts: Partial<Parameters<typeof startHeartbeat>[0]> = {}) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    return startHeartbeat({
      ...{ role: 'all', mode: 'live', store, isRunning: () => true, clock },
      ...parts,
    })
  }

  test('names the role, the mode and the version of this start', async () => {
    const { close } = await begin({ role: 'worker', mode: 'hold' })
    expect(await store.running()).toMatchObject([
      { role: 'worker', mode: 'hold', version: VERSION, startedAt: PLANNED },
    ])
    await close()
    expect(await store.running()).toEqual([])
  })

  test('comes six times a minute, and ends with the process', async () => {
    const { calls, ...fake } = fakeStore()
    const gaps: (number | null)[] = []
    const { close } = await begin({ store: fake, onBeat: (gap) => gaps.push(gap) })
    await vi.advanceTimersByTimeAsync(MINUTE)
    await close()
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(calls).toEqual([...Array(7).fill('beat'), 'leave'])
    expect(gaps).toEqual(Array(7).fill(PLANNED))
  })

  test('stops where the worker has ended, and goes on where Redis fails', async () => {
    const { calls, ...fake } = fakeStore()
    let isRunning = true
    const beat = async (): Promise<null> => {
      await fake.beat()
      throw new Error('Redis is away')
    }
    const { close } = await begin({ store: { ...fake, beat }, isRunning: () => isRunning })
    await vi.advanceTimersByTimeAsync(10 * SECOND)
    isRunning = false
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(calls).toEqual(['beat', 'beat'])
    await close()
  })
})

describe('a connection that came back', () => {
  test('brings a heartbeat at once only where Redis knows an older one: a demoted primary takes no write', async () => {
    const one = createProcessStore(redis, { now: () => PLANNED })
    const gaps: (number | null)[] = []
    const heartbeat = await startHeartbeat({
      ...{ role: 'all', mode: 'live', store: one, isRunning: () => true, clock },
      onBeat: (gap) => gaps.push(gap),
    })
    expect(await one.isBehind()).toBe(false)
    heartbeat.reconnected()
    await redis.set(lastAlive, PLANNED - SECOND)
    expect(await one.isBehind()).toBe(true)
    heartbeat.reconnected()
    await expect.poll(() => gaps.at(-1)).toBe(PLANNED - SECOND)
    expect(gaps).toHaveLength(2)
    await heartbeat.close()
  })
})

describe('the modes of the workers that run', () => {
  const METRICS_TOKEN = '9f8e7d6c5b4a3210'
  const AWAY = { ...requiredSettings('redis://127.0.0.1:1'), METRICS_TOKEN }

  test('are read from Redis, each once and without those of web roles', async () => {
    await onlyRunning(redis, {}, { role: 'worker' }, { role: 'web', mode: 'shadow' })
    expect(await readWorkerModes(requiredSettings(url), clock)).toEqual(['live'])
  })

  test('are read from the metrics at PUBLIC_URL where Redis cannot be reached from here', async () => {
    const text = [
      '# HELP postern_processes Processes that run',
      'postern_processes{role="all",mode="hold"} 1',
      'postern_processes{role="worker",mode="live"} 0',
      'postern_processes{role="web",mode="shadow"} 2',
    ].join('\n')
    const server = await listen(
      ({ headers }) =>
        headers.get('authorization') === `Bearer ${METRICS_TOKEN}`
          ? new Response(text)
          : new Response('', { status: 401 }),
      { host: '127.0.0.1', port: 0 },
    )
    const PUBLIC_URL = `http://127.0.0.1:${server.port}`
    try {
      expect(await readWorkerModes({ ...AWAY, PUBLIC_URL }, clock)).toEqual(['hold'])
      const other = { ...AWAY, PUBLIC_URL, METRICS_TOKEN: '0123456789abcdef' }
      expect(await readWorkerModes(other, clock)).toMatch(/cannot connect to Redis/)
    } finally {
      await server.close()
    }
  })

  test('are unknown where neither answers, with the reason', async () => {
    const PUBLIC_URL = 'http://127.0.0.1:1'
    expect(await readWorkerModes({ ...AWAY, PUBLIC_URL }, clock)).toMatch(/cannot connect/)
  })
})
