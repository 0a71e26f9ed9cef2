// The process: how it starts, how it reports a failed start, and how it ends.

import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { RESEND_KEYS, UNTRUSTED_PROXY_KEY } from '../../src/redis/keys.ts'
import { listen } from '../../src/runtime/server.ts'
import { createEvents } from '../../src/sandbox/polar/events.ts'
import { freePort, startRedis } from '../../src/sandbox/redis.ts'
import { ORGANIZATION } from '../../src/sandbox/system.ts'
import { borrowRedis } from '../support/lent-redis.ts'
import { type Running, spawnPostern, startPostern } from '../support/process.ts'
import { startProxy } from '../support/proxy.ts'
import { requiredSettings } from '../support/required-settings.ts'
import { WEBHOOK_ENDPOINTS } from '../support/webhook-endpoints.ts'
import { startWorldAround } from '../support/world.ts'

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

test('a start that Redis answers too slowly begins anew', async () => {
  const { url, giveBack } = await borrowRedis()
  onTestFinished(giveBack)
  let isStalled = false
  const { url: slow } = await startProxy(url, {
    before: (sent) => {
      if (isStalled || !sent.includes(RESEND_KEYS.held)) return 'passes'
      isStalled = true
      return 'waits'
    },
  })
  const postern = await startPostern(requiredSettings(slow))
  expect(postern.output()).toContain('redis answered too slowly for a start, which begins anew')
  expect(postern.output()).not.toContain('Postern did not start')
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

const [POLAR] = WEBHOOK_ENDPOINTS
const events = createEvents({ organizationId: ORGANIZATION.id, slug: ORGANIZATION.slug })

/** Requests are on their way for much less time. */
const DRAIN_SECONDS = '2'

const startRoles = async () => {
  const lent = await borrowRedis()
  const world = await startWorldAround({ url: lent.url, close: lent.giveBack }, { webs: 2 })
  onTestFinished(world.close)
  const startWeb = (PORT: number) =>
    startPostern({ ...world.settings, ROLE: 'web', PORT: `${PORT}`, DRAIN_SECONDS })
  const [worker, ...webs] = await Promise.all([
    startPostern({ ...world.settings, ROLE: 'worker', PORT: `${await freePort()}` }),
    ...world.ports.map(startWeb),
  ])
  return { ...world, startWeb, webs, worker }
}

const readiness = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status,
    () => null,
  )

/** The webs in turn, as a load balancer takes them: only one that is ready. */
const createBalancer = (urls: readonly string[]) => {
  let asked = 0
  return async (): Promise<string> => {
    for (;;) {
      const url = urls[asked++ % urls.length] ?? ''
      if ((await readiness(url)) === 200) return url
    }
  }
}

/** A paid order of somebody who is new, over a connection that the client keeps open. */
const post = (url: string, email: string) => {
  const order = events.orderPaid({
    customer: { id: randomUUID(), email, name: 'Aiko' },
    order: { billing_name: null, billing_address: null },
  })
  const body = JSON.stringify(order)
  const { headers } = POLAR.sign({ body, at: Date.now() })
  return fetch(`${url}${POLAR.path}`, { method: 'POST', headers, body })
}

const expectOnlyWhatIsSetUp = async (web: string, portal: string) => {
  expect((await fetch(`${web}/healthz`)).status).toBe(200)
  for (const path of ['/console', '/metrics', '/api/links', '/sandbox/inbox', '/sandbox/sessions'])
    expect((await fetch(web + path)).status).toBe(404)
  const front = await fetch(`${web}/portal`, { redirect: 'manual' })
  const { status, headers } = front
  expect([status, headers.get('location')]).toEqual([302, `${portal}/larkspur/portal`])
}

test('webs restart one after another: no webhook is refused, and no email comes twice', async () => {
  const { webs, worker, startWeb, resend, polar } = await startRoles()
  await expect(fetch(`${worker.url}/healthz`)).rejects.toThrow()
  await expectOnlyWhatIsSetUp(webs[0]?.url ?? '', polar.url)
  const mails: string[] = []
  const waiting = new Map<string, () => void>()
  resend.beforeAnswer = async ({ to: [address = ''] }) => {
    mails.push(address)
    waiting.get(address)?.()
  }
  const balanced = createBalancer(webs.map(({ url }) => url))
  const bought: string[] = []
  const mailed: Promise<void>[] = []
  const buy = async (web: string) => {
    const email = `${randomUUID()}@example.com`
    bought.push(email)
    mailed.push(new Promise((resolve) => waiting.set(email, resolve)))
    const { status, headers } = await post(web, email)
    expect(status).toBe(202)
    return headers.get('connection')
  }
  let isOver = false
  const buyOn = async () => {
    while (!isOver) {
      await buy(await balanced())
      await Promise.all(mailed)
    }
  }
  const shoppers = [buyOn(), buyOn()]

  const restart = async (web: Running, port: number) => {
    const ended = web.kill('SIGTERM')
    await expect.poll(() => readiness(web.url), { timeout: 10_000 }).toBe(503)
    expect(await buy(web.url)).toBe('close') // it was on its way
    expect(await ended).toBe(0)
    await startWeb(port)
  }
  for (const web of webs) await restart(web, Number(new URL(web.url).port))
  isOver = true
  await Promise.all(shoppers)
  await Promise.all(mailed)
  expect(await worker.kill('SIGINT')).toBe(0) // it finishes what it has
  for (const { output } of [...webs, worker]) expect(output()).toContain('"msg":"closed"')
  expect(mails.toSorted()).toEqual(bought.toSorted())
}, 120_000)
