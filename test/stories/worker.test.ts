// A worker in a process of its own, and the port on which it answers probes.

import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { UNTRUSTED_PROXY_KEY } from '../../src/redis/keys.ts'
import { freePort } from '../../src/sandbox/redis.ts'
import { startDurableRedis } from '../support/durable-redis.ts'
import { startPostern } from '../support/process.ts'
import { requiredSettings } from '../support/required-settings.ts'

const TOKEN = 'a-token-of-prometheus'

const NOTE = '{"proxy":"10.0.0.1"}'

const withClient = async <T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> => {
  const client = new Redis(url)
  return work(client).finally(() => client.disconnect())
}

const startWorker = async (environment: Record<string, string>) => {
  const redis = await startDurableRedis()
  onTestFinished(() => redis.close())
  await withClient(redis.url, (client) => client.set(UNTRUSTED_PROXY_KEY, NOTE))
  const worker = await startPostern({
    ROLE: 'worker',
    ...requiredSettings(redis.url),
    ...environment,
  })
  return { redis, worker }
}

test('a worker answers on WORKER_PORT for its health and its metrics, and takes no webhook', async () => {
  const port = await freePort()
  const { redis, worker } = await startWorker({ WORKER_PORT: `${port}`, METRICS_TOKEN: TOKEN })
  const url = `http://127.0.0.1:${port}`
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const ready = await fetch(`${url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', checks: { redis: true, worker: true }, reasons: {} },
  ])
  expect((await fetch(`${url}/metrics`)).status).toBe(401)
  const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  expect(await metrics.text()).toMatch(/^postern_polar_calls_spent \d/m)
  expect((await fetch(`${url}/webhooks/polar`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${url}/portal`)).status).toBe(404)
  // The note of a web role for the doctor is still there.
  expect(await withClient(redis.url, (client) => client.get(UNTRUSTED_PROXY_KEY))).toBe(NOTE)
  const readiness = async () => (await fetch(`${url}/readyz`)).status
  await redis.kill()
  await expect.poll(readiness).toBe(503)
  await redis.start()
  await expect.poll(readiness).toBe(200)
  await worker.kill('SIGTERM')
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
})

test('without WORKER_PORT a worker listens nowhere', async () => {
  const { worker } = await startWorker({ METRICS_TOKEN: TOKEN })
  await expect(fetch(`${worker.url}/healthz`)).rejects.toThrow()
})
