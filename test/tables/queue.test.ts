// The queues of nudges leave little in Redis.

import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createQueue, createWorker } from '../../src/redis/queue.ts'
import { createShared } from '../../src/roles/shared.ts'
import { SECOND, systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { simulatedMx } from '../../src/sandbox/mx.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { requiredSettings } from '../support/required-settings.ts'

const { redis, url } = await emptyRedis()

test('a queue keeps no job that is done, and of its stream the last few hundred entries', async () => {
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const queue = createQueue(redis, 'nudges', { onLost: () => {} })
  let handled = (_: string[]) => {}
  const worker = createWorker(connection, 'nudges', async (ids) => handled(ids), {
    concurrency: 1,
    isBehind: queue.isBehind,
    onError: (error) => {
      throw error
    },
  })
  onTestFinished(async () => {
    await worker.close()
    await queue.close()
    connection.disconnect()
  })
  for (let n = 0; n < 300; n++)
    await new Promise<void>((resolve) => {
      handled = () => resolve()
      queue.nudge(`${n}`)
    })
  const entries = await redis.xlen('{postern}:nudges:events')
  expect(entries).toBeGreaterThan(0)
  expect(entries).toBeLessThan(300) // each job makes several
  await expect.poll(() => redis.keys('{postern}:nudges:[0-9]*')).toEqual([])
})

test('the scripts of the queues are on the connection of nudges alone, since they slow down pipelines', async () => {
  const releases = createReleases()
  onTestFinished(releases.close)
  const { redis, stages } = await createShared({
    config: readConfig({ ...requiredSettings(url), ROLE: 'web' }),
    ...{ clock: systemClock, log: createLog('silent'), resolveMx: simulatedMx, releases },
  })
  expect(await stages.events.queues.high.jobs()).toBe(0)
  expect(redis).toHaveProperty('scriptsSet', {})
})

test('a worker that lost its Redis ends, once its running job is done', async () => {
  const server = await startRedis()
  const clients = [new Redis(server.url, { maxRetriesPerRequest: null }), new Redis(server.url)]
  const [connection, sender] = clients as [Redis, Redis]
  for (const client of clients) client.on('error', () => {}) // they are meant to fail
  onTestFinished(() => {
    for (const client of clients) client.disconnect()
  })
  const steps: string[] = []
  let end = () => {}
  const job = new Promise<void>((resolve) => {
    end = resolve
  })
  const handle = async () => {
    steps.push('began')
    await job
    steps.push('done')
  }
  const { nudge, isBehind } = createQueue(sender, 'nudges', { onLost: () => {} })
  const options = { concurrency: 1, isBehind, onError: () => {} }
  const worker = createWorker(connection, 'nudges', handle, options)
  nudge('one')
  await expect.poll(() => steps).toEqual(['began'])
  await server.close()
  const closed = worker.close().then(() => steps.push('closed'))
  end()
  await closed
  expect(steps).toEqual(['began', 'done', 'closed'])
})

test('nudges that come at the same time share a job, and so do those that come soon after one', async () => {
  const queue = createQueue(redis, 'shared', { onLost: () => {}, gap: 2 * SECOND })
  onTestFinished(queue.close)
  queue.nudge('one')
  queue.nudge('one more')
  await expect.poll(queue.isIdle).toBe(true)
  expect(await queue.jobs()).toBe(1)
  queue.nudge('two')
  await sleep(20)
  expect([queue.isIdle(), await queue.jobs()]).toEqual([false, 1])
  queue.nudge('three')
  await expect.poll(queue.isIdle).toBe(true)
  expect(await queue.jobs()).toBe(2)
})

test('a queue counts its nudges, and its jobs until they are done', async () => {
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const queue = createQueue(redis, 'counted', { onLost: () => {} })
  expect([queue.isIdle(), queue.nudges(), await queue.jobs()]).toEqual([true, 0, 0])
  for (const id of ['one', 'two', 'three']) queue.nudge(id)
  expect([queue.isIdle(), queue.nudges()]).toEqual([false, 3])
  await expect.poll(queue.isIdle).toBe(true)
  const jobs = await queue.jobs()
  expect(jobs).toBeGreaterThan(0)

  let end = () => {}
  const handled = new Promise<void>((resolve) => {
    end = resolve
  })
  const begun: string[] = []
  const handle = async (ids: string[]) => {
    begun.push(...ids)
    await handled
  }
  const { isBehind } = queue
  const options = { concurrency: 3, isBehind, onError: () => {} }
  const worker = createWorker(connection, 'counted', handle, options)
  onTestFinished(async () => {
    end()
    await worker.close()
    await queue.close()
    connection.disconnect()
  })
  await expect.poll(() => begun.toSorted()).toEqual(['one', 'three', 'two'])
  expect(await queue.jobs()).toBe(jobs)
  end()
  await expect.poll(queue.jobs).toBe(0)
})
