// One node of a Redis Cluster on a bad day: the others do not make up for it, since a webhook may be stored on any of them.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { connect } from '../../src/redis/connection.ts'
import { createQueue, createWorker } from '../../src/redis/queue.ts'
import { addReplica, startClusterNodes } from '../support/cluster.ts'
import { startEndpoint } from '../support/endpoint.ts'
import type { OnFinished } from '../support/process.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { createDelivery, readiness } from '../support/webhooks.ts'

const SOON = { timeout: 60_000, interval: 100 }

const startOnCluster = async (onFinished: OnFinished) => {
  const nodes = await startClusterNodes(undefined, onFinished)
  const all = nodes.map(({ redis }) => redis)
  const [first, , last] = all
  const urls = nodes.map(({ url }) => url)
  if (!first || !last) throw new Error('a cluster without nodes')
  return { urls, all, first, last }
}

test.concurrent('one node that is full, or not durable, makes the whole not ready', async ({
  expect,
  onTestFinished,
}) => {
  const { urls, first, last } = await startOnCluster(onTestFinished)
  const system = await startTestSystem({ redisUrl: urls.join(',') }, onTestFinished)
  expect(await readiness(system)).toMatchObject({ status: 200 })

  await last.config('SET', 'maxmemory', '1')
  await expect
    .poll(() => readiness(system), SOON)
    .toMatchObject({
      status: 503,
      reasons: { redis: expect.stringContaining('OOM') },
    })
  await last.config('SET', 'maxmemory', '0')
  await expect.poll(() => readiness(system), SOON).toMatchObject({ status: 200 })

  await first.config('SET', 'appendonly', 'no')
  await expect
    .poll(() => readiness(system), SOON)
    .toMatchObject({
      status: 503,
      reasons: { redis: expect.stringContaining('appendonly is no') },
    })
  expect(await createDelivery(system)()).toBe(503)
  await first.config('SET', 'appendonly', 'yes')
  await expect.poll(() => readiness(system), SOON).toMatchObject({ status: 200 })
}, 120_000)

/** As many paid orders as it takes for every node to store some; each is delivered until it is accepted, and mailed. */
const expectAllAccepted = async (system: TestSystem, { expect }: TestContext) => {
  const deliveries = Array.from({ length: 24 }, (_, n) => createDelivery(system, `msg_again_${n}`))
  await Promise.all(deliveries.map((deliver) => expect.poll(deliver, SOON).toBe(202)))
  await expect.poll(() => system.mails(), SOON).toHaveLength(24)
}

test.concurrent('a node that became a replica is left for the new primary', async (context) => {
  const { expect, onTestFinished } = context
  const nodes = await startClusterNodes(undefined, onTestFinished)
  const replicas = await Promise.all(nodes.map((node) => addReplica(node, onTestFinished)))
  const redisUrl = nodes.map(({ url }) => url).join(',')
  const system = await startTestSystem({ redisUrl }, onTestFinished)
  // Redis gives up a failover after five seconds, and on a busy machine the votes may take longer.
  const isReplica = async (n: number) =>
    (await nodes[n]?.redis.info('replication'))?.includes('role:slave')
  for (const [n, { redis }] of replicas.entries())
    for (let tries = 0; tries < 5 && !(await isReplica(n)); tries++) {
      await redis.call('CLUSTER', 'FAILOVER')
      await expect
        .poll(() => isReplica(n))
        .toBe(true)
        .catch(() => {})
    }
  for (const n of nodes.keys()) expect(await isReplica(n)).toBe(true)
  await expectAllAccepted(system, context)
  await expect.poll(() => readiness(system), SOON).toMatchObject({ status: 200 })
}, 120_000)

test.concurrent('connections to a cluster that go silent are given up within seconds and opened again', async (context) => {
  const { onTestFinished } = context
  const endpoints: Awaited<ReturnType<typeof startEndpoint>>[] = []
  await startClusterNodes(async () => {
    const endpoint = await startEndpoint(undefined, onTestFinished)
    endpoints.push(endpoint)
    const { port } = new URL(endpoint.url)
    return { settings: ['--cluster-announce-port', port], onStarted: endpoint.leadTo }
  }, onTestFinished)
  const redisUrl = endpoints.map(({ url }) => url).join(',')
  const system = await startTestSystem({ redisUrl }, onTestFinished)
  for (const { silence } of endpoints) silence()
  await expectAllAccepted(system, context)
}, 120_000)

test.concurrent('a write whose connection is lost before its answer is not sent again', async ({
  expect,
  onTestFinished,
}) => {
  const { urls, first } = await startOnCluster(onTestFinished)
  const redis = await connect({ urls }, 'ask', () => {})
  onTestFinished(() => redis.disconnect())
  const key = 'counter:{b}' // on the first node
  expect(await redis.incr(key)).toBe(1)

  await first.call('CLIENT', 'PAUSE', '60000', 'WRITE')
  const unanswered = expect(redis.incr(key)).rejects.toThrow()
  await expect.poll(() => first.call('CLIENT', 'LIST'), SOON).toMatch(/flags=b/)
  await first.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await unanswered
  await first.call('CLIENT', 'UNPAUSE')
  await expect.poll(() => redis.get(key).catch(() => null), SOON).toBe('1')
  await expect.poll(() => redis.incr(key).catch(() => null), SOON).toBe(2)
}, 120_000)

test.concurrent('a worker takes jobs after an outage that it started in, and after its connection broke for good', async ({
  expect,
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'postern-cluster-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const ownDirectory = async () => ({ directory: await mkdtemp(join(folder, 'node-')) })
  const nodes = await startClusterNodes(ownDirectory, onTestFinished)
  for (const { redis } of nodes) redis.on('error', () => {}) // it is meant to fail
  const urls = nodes.map(({ url }) => url)
  const asks = await connect({ urls }, 'ask', () => {})
  const works = await connect({ urls }, 'work', () => {})
  const { nudge, isBehind, close } = createQueue(asks, 'nudges', { onLost: () => {} })

  await Promise.all(nodes.map(({ kill }) => kill()))
  const errors: unknown[] = []
  const handled = new Set<string>()
  const handle = async (ids: string[]) => {
    for (const id of ids) handled.add(id)
  }
  const onError = (error: unknown) => errors.push(error)
  const worker = createWorker(works, 'nudges', handle, { concurrency: 1, isBehind, onError })
  onTestFinished(async () => {
    await worker.close()
    await close()
    for (const redis of [asks, works]) redis.disconnect()
  })
  await expect.poll(() => errors.length, SOON).toBeGreaterThan(0)
  await Promise.all(nodes.map(({ start }) => start()))
  const takes = (id: string) => {
    nudge(id)
    return handled.has(id)
  }
  await worker.ready()
  await expect.poll(() => takes('after the outage'), SOON).toBe(true)

  works.disconnect()
  await expect.poll(() => takes('after the break'), SOON).toBe(true)
}, 180_000)

test.concurrent('a connection to a cluster that is down fails, and says why', async ({
  expect,
  onTestFinished,
}) => {
  const { urls, all } = await startOnCluster(onTestFinished)
  for (const redis of all) await redis.call('CLUSTER', 'DELSLOTS', 0)
  const states = () => Promise.all(all.map((redis) => redis.call('CLUSTER', 'INFO')))
  const isDown = async () => (await states()).every((text) => `${text}`.includes('state:fail'))
  await expect.poll(isDown, SOON).toBe(true)
  await expect(connect({ urls }, 'ask', () => {})).rejects.toThrow('does not serve all slots')
}, 120_000)
