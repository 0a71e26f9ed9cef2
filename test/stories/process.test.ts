// The process: how it starts, how it reports a failed start, and how it ends.

import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { RESEND_KEYS, UNTRUSTED_PROXY_KEY } from '../../src/redis/keys.ts'
import { listen } from '../../src/runtime/server.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { borrowRedis } from '../support/lent-redis.ts'
import { spawnPostern, startPostern } from '../support/process.ts'
import { requiredSettings } from '../support/required-settings.ts'

test('without settings it names every missing one at once and exits with 1', async () => {
  const postern = spawnPostern({ PORT: 'eighty' })
  expect(await postern.ended()).toBe(1)
  for (const name of [
    'PORT',
    'PUBLIC_URL',
    'REDIS_URL',
    'POLAR_ACCESS_TOKEN',
    'POLAR_WEBHOOK_SECRET',
    'POLAR_ORGANIZATION_SLUG',
    'RESEND_API_KEY',
    'EMAIL_FROM',
    'LINK_SECRETS',
  ]) {
    expect(postern.output()).toContain(`  ${name} `)
  }
  expect(postern.output()).not.toMatch(/\n\s+at /)
})

test('without a Redis it names the address it tried and exits with 1', async () => {
  const postern = spawnPostern(requiredSettings('redis://127.0.0.1:1'))
  expect(await postern.ended()).toBe(1)
  expect(postern.output()).toContain('REDIS_URL: cannot connect to Redis at 127.0.0.1:1')
})

test('a Redis that would lose data is refused, with the fix', async () => {
  const redis = await startRedis({
    settings: ['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru'],
  })
  onTestFinished(() => redis.close())
  const postern = spawnPostern(requiredSettings(redis.url))
  expect(await postern.ended()).toBe(1)
  expect(postern.output()).toContain('appendonly is no, set it to yes')
  expect(postern.output()).toContain('maxmemory-policy is allkeys-lru, set it to noeviction')
})

test('a Redis that refuses CONFIG is trusted only with REDIS_DURABILITY=assumed', async () => {
  const redis = await startRedis({ settings: ['--rename-command', 'CONFIG', ''] })
  onTestFinished(() => redis.close())
  const refused = spawnPostern(requiredSettings(redis.url))
  expect(await refused.ended()).toBe(1)
  expect(refused.output()).toContain('REDIS_DURABILITY=assumed')
  const trusted = await startPostern({
    ...requiredSettings(redis.url),
    REDIS_DURABILITY: 'assumed',
  })
  expect((await fetch(`${trusted.url}/readyz`)).status).toBe(200)
})

test.each([
  ['all', 'PORT'],
  ['worker', 'WORKER_PORT'],
])('a start with ROLE=%s whose %s is taken changes nothing in Redis', async (ROLE, port) => {
  const lent = await borrowRedis()
  onTestFinished(lent.giveBack)
  const { port: taken, close } = await listen(() => new Response(), { host: '127.0.0.1', port: 0 })
  onTestFinished(close)
  const redis = new Redis(lent.url)
  onTestFinished(() => redis.disconnect())
  // A live process would release what this one holds, and forget the proxy.
  await redis.mset(RESEND_KEYS.held, 'setting', UNTRUSTED_PROXY_KEY, '{}')
  const settings = { ...requiredSettings(lent.url), ROLE, HOST: '127.0.0.1', [port]: `${taken}` }
  const postern = spawnPostern(settings)
  expect(await postern.ended()).toBe(1)
  expect(postern.output()).toContain('PORT is in use')
  const keys = await redis.keys('postern:*')
  expect(keys.toSorted()).toEqual([RESEND_KEYS.held, UNTRUSTED_PROXY_KEY].toSorted())
})

test('the start logs its main settings without an address, and warns about unusual ones', async () => {
  const lent = await borrowRedis()
  onTestFinished(lent.giveBack)
  const LIVE_SINCE = '2020-01-01T00:00:00.000Z'
  const given = {
    ...requiredSettings(lent.url),
    LIVE_SINCE,
    EMAIL_ALLOWLIST: 'tester@example.com',
  }
  const postern = await startPostern({ ...given, SEND_MODE: 'shadow' })
  const lines = postern
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.find(({ msg }) => msg === 'ready')).toMatchObject({
    ...{ role: 'all', port: expect.any(Number), mode: 'shadow', held: 0 },
    ...{ sender: 'larkspur.example.com', slug: 'larkspur', live_since: LIVE_SINCE },
  })
  const warnings = lines.filter(({ level }) => level === 40).map(({ msg }) => msg.split(' ')[0])
  expect(warnings).toContain('EMAIL_ALLOWLIST')
  expect(warnings).toContain('RESEND_WEBHOOK_SECRET')
  expect(postern.output()).not.toContain('@')
})

test('the roles run in separate processes, and each closes in order on a signal', async () => {
  const lent = await borrowRedis()
  onTestFinished(lent.giveBack)
  const settings = requiredSettings(lent.url)
  const web = await startPostern({ ...settings, ROLE: 'web' })
  const worker = await startPostern({ ...settings, ROLE: 'worker' })
  expect((await fetch(`${web.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${web.url}/readyz`)).status).toBe(200)
  await expect(fetch(`${worker.url}/healthz`)).rejects.toThrow()

  // Routes that are not set up, and those of the sandbox, do not exist.
  for (const path of [
    '/console',
    '/metrics',
    '/api/links',
    '/sandbox/inbox',
    '/sandbox/sessions',
  ]) {
    expect((await fetch(web.url + path)).status).toBe(404)
  }
  const front = await fetch(`${web.url}/portal`, { redirect: 'manual' })
  expect([front.status, front.headers.get('location')]).toEqual([
    302,
    'https://polar.sh/larkspur/portal',
  ])

  expect(await Promise.all([web.kill('SIGINT'), worker.kill('SIGTERM')])).toEqual([0, 0])
  for (const { output } of [web, worker]) expect(output()).toContain('"msg":"closed"')
})
