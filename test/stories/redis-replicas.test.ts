// Replicas of Redis: Postern relies on a write once so many of them have it, and follows the primary that sentinels name.

import { Redis } from 'ioredis'
import { type TestContext, test } from 'vitest'
import { startRedis } from '../../src/sandbox/redis.ts'
import type { OnFinished } from '../support/process.ts'
import { COPY_AT_ONCE } from '../support/replica.ts'
import { startSentinels } from '../support/sentinels.ts'
import { startTestSystem } from '../support/system.ts'
import { createDelivery, readiness } from '../support/webhooks.ts'

const SOON = { timeout: 60_000, interval: 100 }

const startServer = async (onFinished: OnFinished, settings: readonly string[] = []) => {
  const server = await startRedis({ settings: [...COPY_AT_ONCE, ...settings] })
  onFinished(() => server.close())
  const redis = new Redis(server.url)
  redis.on('error', () => {}) // a killed one, as the test means it
  onFinished(() => redis.disconnect())
  return { ...server, redis, port: new URL(server.url).port }
}

/** A primary and its replica, which has all that the primary has. */
const startPair = async ({ expect, onTestFinished }: TestContext) => {
  const primary = await startServer(onTestFinished)
  const replica = await startServer(onTestFinished, ['--replicaof', `127.0.0.1 ${primary.port}`])
  await expect
    .poll(() => replica.redis.info('replication'), SOON)
    .toContain('master_link_status:up')
  return { primary, replica }
}

test.concurrent('with REDIS_REPLICAS a webhook is accepted only once a replica has it', async (context) => {
  const { expect, onTestFinished } = context
  const { primary, replica } = await startPair(context)
  const environment = { REDIS_REPLICAS: '1' }
  const system = await startTestSystem({ redisUrl: primary.url, environment }, onTestFinished)
  const deliver = createDelivery(system)
  await expect.poll(() => readiness(system), SOON).toMatchObject({ status: 200 })

  await replica.redis.replicaof('NO', 'ONE')
  expect(await deliver()).toBe(503)
  await expect
    .poll(() => readiness(system), SOON)
    .toMatchObject({ status: 503, reasons: { redis: expect.stringContaining('REDIS_REPLICAS') } })
  // It is stored at the primary, but the replica does not have it: sent again, it is refused again.
  expect(await deliver()).toBe(503)
  expect(system.mails()).toEqual([])

  await replica.redis.replicaof('127.0.0.1', Number(primary.port))
  await expect.poll(deliver, SOON).toBe(202)
  await expect.poll(() => system.mails(), SOON).toHaveLength(1)
}, 120_000)

test.concurrent('the primary that the sentinels name is used, and after its end the promoted one, which has all', async (context) => {
  const { expect, onTestFinished } = context
  const { primary, replica } = await startPair(context)
  const { url } = await startSentinels('billing', primary.port, onTestFinished)
  const environment = { REDIS_REPLICAS: '1' }
  const system = await startTestSystem({ redisUrl: url, environment }, onTestFinished)
  const first = createDelivery(system, 'msg_first')
  const second = createDelivery(system, 'msg_second')
  await expect.poll(first, SOON).toBe(202)
  await expect.poll(() => system.mails(), SOON).toHaveLength(1)

  await replica.redis.config('SET', 'appendonly', 'yes')
  await primary.kill()
  await expect.poll(async () => (await replica.redis.role())[0], SOON).toBe('master')
  // There is no further replica, so no write is relied on; what was accepted is there.
  expect(await replica.redis.keys('postern:*:event:*')).toHaveLength(1)
  expect(await second()).toBe(503)
  const next = await startServer(onTestFinished, ['--replicaof', `127.0.0.1 ${replica.port}`])
  await expect.poll(() => next.redis.info('replication'), SOON).toContain('master_link_status:up')
  await expect.poll(second, SOON).toBe(202)
  await expect.poll(() => system.mails(), SOON).toHaveLength(2)
}, 120_000)

test.concurrent('a start names the sentinels that do not answer, or a name that they do not know', async (context) => {
  const { expect, onTestFinished } = context
  const nobody = 'redis+sentinel://127.0.0.1:1/billing'
  await expect(startTestSystem({ redisUrl: nobody }, onTestFinished)).rejects.toThrow(
    /cannot connect to Redis at 127\.0\.0\.1:1 \(failed to connect to sentinel/,
  )
  const primary = await startServer(onTestFinished)
  const { url } = await startSentinels('billing', primary.port, onTestFinished)
  await expect(
    startTestSystem({ redisUrl: url.replace('/billing', '/other') }, onTestFinished),
  ).rejects.toThrow('no sentinel knows a primary named other')
}, 120_000)
