// The connection to Redis on a bad day: its server becomes a replica, or a connection carries nothing any more.

import { Redis } from 'ioredis'
import { type TestContext, test } from 'vitest'
import { startRedis } from '../../src/sandbox/redis.ts'
import { startEndpoint } from '../support/endpoint.ts'
import type { OnFinished } from '../support/process.ts'
import { COPY_AT_ONCE } from '../support/replica.ts'
import { startTestSystem } from '../support/system.ts'
import { createDelivery, readiness } from '../support/webhooks.ts'

const SOON = { timeout: 30_000, interval: 100 }

const startServer = async (onTestFinished: OnFinished) => {
  const server = await startRedis({ settings: COPY_AT_ONCE })
  onTestFinished(() => server.close())
  const redis = new Redis(server.url)
  onTestFinished(() => redis.disconnect())
  const [host = '', port = ''] = new URL(server.url).host.split(':')
  return { url: server.url, redis, host, port }
}

/** A primary behind an address, and its replica, which has all that the primary has. */
const startPair = async ({ expect, onTestFinished }: TestContext) => {
  const [primary, replica] = [await startServer(onTestFinished), await startServer(onTestFinished)]
  await replica.redis.replicaof(primary.host, primary.port)
  await expect.poll(() => replica.redis.info('replication')).toContain('master_link_status:up')
  const endpoint = await startEndpoint(primary.url, onTestFinished)
  return {
    endpoint,
    /** The two change places; the address leads to the old primary still. */
    failOver: async () => {
      await replica.redis.replicaof('NO', 'ONE')
      await primary.redis.replicaof(replica.host, replica.port)
    },
    /** The address leads to the new primary. */
    follow: () => endpoint.leadTo(replica.url),
  }
}

test.concurrent('a primary that became a replica is left: not ready until its address leads to the new one, then writing by itself', async (context) => {
  const { expect, onTestFinished } = context
  const { endpoint, failOver, follow } = await startPair(context)
  const system = await startTestSystem({ redisUrl: endpoint.url }, onTestFinished)
  const deliver = createDelivery(system)
  expect((await readiness(system)).status).toBe(200)

  await failOver()
  await expect
    .poll(() => readiness(system), SOON)
    .toMatchObject({
      status: 503,
      reasons: { redis: expect.stringContaining('READONLY') },
    })
  expect(await deliver()).toBe(503)

  follow()
  await expect.poll(deliver, SOON).toBe(202)
  await expect.poll(() => readiness(system), SOON).toMatchObject({ status: 200 })
  await expect.poll(() => system.mails(), SOON).toHaveLength(1)
}, 120_000)

test.concurrent('connections that go silent are given up within seconds and opened again, those of workers too', async ({
  expect,
  onTestFinished,
}) => {
  const server = await startServer(onTestFinished)
  const endpoint = await startEndpoint(server.url, onTestFinished)
  const system = await startTestSystem({ redisUrl: endpoint.url }, onTestFinished)
  const deliver = createDelivery(system)

  endpoint.silence()
  expect(await deliver()).toBe(503)
  await expect.poll(deliver, SOON).toBe(202)
  await expect.poll(() => system.mails(), SOON).toHaveLength(1)
}, 120_000)

test.concurrent('a worker that waits for work keeps its connections', async ({
  expect,
  onTestFinished,
}) => {
  const { url, redis } = await startServer(onTestFinished)
  await startTestSystem({ redisUrl: url }, onTestFinished)
  const waits = async () => {
    const [, calls] = /cmdstat_bzpopmin:calls=(\d+)/.exec(await redis.info('commandstats')) ?? []
    return Number(calls ?? 0)
  }
  const opened = async () =>
    Number(/total_connections_received:(\d+)/.exec(await redis.info('stats'))?.[1])
  await expect.poll(waits, SOON).toBeGreaterThan(0)
  const [began, before] = [await waits(), await opened()]
  // Every stage has waited twice, and once more in vain.
  await expect.poll(waits, { timeout: 30_000, interval: 200 }).toBeGreaterThan(began + 12)
  expect(await opened()).toBe(before)
}, 120_000)
