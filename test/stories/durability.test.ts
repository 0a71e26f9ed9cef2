// A Redis that stops keeping what it is given: nothing is answered for that it would lose, and somebody hears of it.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { startReceiver } from '../support/receiver.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { WEBHOOK_ENDPOINTS } from '../support/webhook-endpoints.ts'
import { createDelivery, postWebhook, readiness } from '../support/webhooks.ts'

vi.setConfig({ testTimeout: 120_000 })

const SOON = { timeout: 30_000, interval: 100 }

const startServer = async (options: Parameters<typeof startRedis>[0] = {}) => {
  const server = await startRedis(options)
  onTestFinished(() => server.close())
  const redis = new Redis(server.url)
  onTestFinished(() => redis.disconnect())
  return { url: server.url, redis }
}

const startOn = async (
  options: Parameters<typeof startRedis>[0] = {},
  environment: Record<string, string> = {},
) => {
  const { url, redis } = await startServer(options)
  const alerts = await startReceiver()
  const system = await startTestSystem({
    redisUrl: url,
    environment: { ALERT_WEBHOOK_URL: alerts.url, ...environment },
  })
  return { system, redis, alerts, deliver: createDelivery(system) }
}

const notReadyBecause = (why: string) => ({
  status: 503,
  checks: { redis: false, worker: true },
  reasons: { redis: expect.stringContaining(why) },
})

/** The answer of both endpoints to a new webhook. */
const answers = (system: TestSystem) =>
  Promise.all(
    WEBHOOK_ENDPOINTS.map(async (endpoint) => {
      const { status, headers } = await postWebhook(system, endpoint, '{"type":"x","data":{}}')
      return [status, Number(headers['retry-after'] ?? 0) > 0]
    }),
  )

const REFUSED = WEBHOOK_ENDPOINTS.map(() => [503, true])
const ACCEPTED = WEBHOOK_ENDPOINTS.map(() => [202, false])

/** A data directory in which Redis cannot save: a folder stands where its file belongs. */
const unsavableDirectory = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'postern-unsavable-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await mkdir(join(directory, 'dump.rdb'))
  return directory
}

describe('a Redis that takes no writes', () => {
  test('is not ready when it is full, says why, and alerts once and once when it is over', async () => {
    const { system, redis, alerts } = await startOn()
    await redis.config('SET', 'maxmemory', '1')
    await expect.poll(() => readiness(system), SOON).toEqual(notReadyBecause('OOM'))
    expect(await answers(system)).toEqual(REFUSED)
    expect(alerts.posts).toEqual([])

    system.clock.advance(15 * SECOND)
    expect(await alerts.post(1)).toMatchObject({
      event: 'redis_failing',
      because: expect.stringContaining('OOM'),
    })
    system.clock.advance(MINUTE)
    await redis.config('SET', 'maxmemory', '0')
    expect(await alerts.post(2)).toMatchObject({ event: 'redis_recovered' })
    expect(await answers(system)).toEqual(ACCEPTED)
    expect(await readiness(system)).toMatchObject({ status: 200, reasons: {} })
    expect(alerts.posts).toHaveLength(2)
  })

  test('is not ready when it cannot write to its disk', async () => {
    const { system, redis } = await startOn({
      directory: await unsavableDirectory(),
      settings: ['--save', '3600 1'],
    })
    await redis.bgsave()
    await expect.poll(() => readiness(system), SOON).toEqual(notReadyBecause('MISCONF'))
    expect(await answers(system)).toEqual(REFUSED)
    await redis.config('SET', 'save', '') // without this it could not be stopped either
    await expect.poll(() => readiness(system), SOON).toMatchObject({ status: 200 })
  })
})

describe.each([
  ['appendonly', 'no', 'yes'],
  ['maxmemory-policy', 'allkeys-lru', 'noeviction'],
])('a Redis whose %s becomes %s', (name, bad, good) => {
  test('is found out within a minute: no webhook is accepted, one alert tells of it, and one that it is over', async () => {
    const { system, redis, alerts } = await startOn()
    await redis.config('SET', name, bad)
    system.clock.advance(MINUTE)
    await expect.poll(() => answers(system), SOON).toEqual(REFUSED)
    expect(await readiness(system)).toEqual(notReadyBecause(`${name} is ${bad}`))
    system.clock.advance(15 * SECOND)
    expect(await alerts.post(1)).toMatchObject({
      event: 'redis_failing',
      because: expect.stringContaining(`${name} is ${bad}, set it to ${good}`),
    })

    await redis.config('SET', name, good)
    expect(await alerts.post(2)).toMatchObject({ event: 'redis_recovered' })
    expect(await answers(system)).toEqual(ACCEPTED)
    expect(await readiness(system)).toMatchObject({ status: 200 })
    expect(alerts.posts).toHaveLength(2)
  })

  test('is found out before the first webhook after a reconnect is answered', async () => {
    const { system, redis, deliver } = await startOn()
    await redis.config('SET', name, bad)
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    for (let delivery = 0; delivery < 20; delivery++) expect(await deliver()).toBe(503)
    await expect.poll(() => readiness(system), SOON).toEqual(notReadyBecause(`${name} is ${bad}`))
    expect(await deliver()).toBe(503)
  })
})

describe('a Redis that refuses CONFIG GET', () => {
  test('later on is taken at its last word', async () => {
    const { system, redis } = await startOn()
    await redis.call('ACL', 'SETUSER', 'default', '-config')
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    system.clock.advance(MINUTE)
    await expect.poll(() => answers(system), SOON).toEqual(ACCEPTED)
    await expect.poll(() => readiness(system), SOON).toMatchObject({ status: 200 })
  })

  test('from the start is assumed durable where the settings say so, and has to take writes all the same', async () => {
    const noConfig = ['--rename-command', 'CONFIG', 'SECRET']
    const assumed = { REDIS_DURABILITY: 'assumed' }
    const { system, redis } = await startOn({ settings: noConfig }, assumed)
    expect(await readiness(system)).toMatchObject({ status: 200 })
    await redis.call('SECRET', 'SET', 'maxmemory', '1')
    await expect.poll(() => readiness(system), SOON).toEqual(notReadyBecause('OOM'))
  })

  test('is assumed durable against its own word, with a warning', async () => {
    const { url } = await startServer({ settings: ['--appendonly', 'no'] })
    const environment = { REDIS_DURABILITY: 'assumed' }
    const system = await startTestSystem({ redisUrl: url, environment })
    expect(await readiness(system)).toMatchObject({ status: 200 })
    expect(system.logText()).toContain('though Redis says otherwise: appendonly is no')
  })
})

test('many readiness probes make few writes', async () => {
  const { system, redis } = await startOn()
  const writes = async () =>
    Number(/cmdstat_set:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0)
  const before = await writes()
  const probes = Array.from({ length: 200 }, () => visit(`${system.postern}/readyz`))
  for (const { status } of await Promise.all(probes)) expect(status).toBe(200)
  expect((await writes()) - before).toBeLessThan(10)
})
