// The queues of nudges leave little in Redis.

import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { createQueue, createWorker } from '../../src/redis/queue.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis, url } = await emptyRedis()

test('a queue keeps no job that is done, and of its stream the last few hundred entries', async () => {
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const queue = createQueue(redis, 'nudges', { onLost: () => {} })
  let handled = (_: string[]) => {}
  const worker = createWorker(connection, 'nudges', async (ids) => handled(ids), {
    concurrency: 1,
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
