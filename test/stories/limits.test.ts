// Limits for one link, one address and a flood of clicks.

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { UNTRUSTED_PROXY_KEY } from '../../src/redis/keys.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { mailed, minted, settled } from '../support/links.ts'
import { inspect } from '../support/mailed.ts'
import type { OnFinished } from '../support/process.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const TOKEN = 'a-token-of-the-test-backend'

const from = (address: string) => ({ headers: { ...NAVIGATION, 'x-forwarded-for': address } })

const countOf = (answers: readonly { status: number }[]) => {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const statuses = async (visits: readonly Promise<{ status: number }>[]) =>
  countOf(await Promise.all(visits))

type Visit = () => Promise<{ status: number }>

/** One after another, since clicks of one link that come together are written again and again. */
const statusesInTurn = async (visits: readonly Visit[]) => {
  const answers: { status: number }[] = []
  for (const one of visits) answers.push(await one())
  return countOf(answers)
}

/** Links of different customers that sign in at once. */
const issued = async (system: TestSystem, count: number): Promise<string[]> => {
  const { customerId } = await system.polarWorld.scenario.purchase({
    customer: { email: 'theo@example.com' },
  })
  const links = Array.from({ length: count }, async () => {
    const answer = await visit(`${system.postern}/api/links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ customer_id: customerId }),
    })
    return (JSON.parse(answer.body) as { url: string }).url
  })
  return Promise.all(links)
}

const startLimited = (environment: Record<string, string> = {}, onFinished?: OnFinished) =>
  startTestSystem(
    {
      environment: {
        API_TOKEN: TOKEN,
        TRUSTED_PROXIES: '127.0.0.1,::1',
        POLAR_RATE_LIMIT: '100000',
        ...environment,
      },
      polarRateLimit: Number.POSITIVE_INFINITY,
    },
    onFinished,
  )

/**
 * Asks for a link without the API token, from each address. Such requests are limited in the same way as clicks and cost
 * less: 30 a network, 120 a site.
 */
const askWithoutToken = (system: TestSystem, addresses: readonly string[]) =>
  addresses.map((address) =>
    visit(`${system.postern}/api/links`, {
      method: 'POST',
      headers: { 'x-forwarded-for': address },
    }),
  )

const manyTimes = (count: number, address: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => address(n))

test('one link gives sixty sessions in ten minutes: then 429 with Retry-After and a link to the sign-in page', async () => {
  const system = await startLimited({ LINK_SETTLE_SECONDS: '0' })
  const { link } = await mailed(system)
  for (let n = 0; n < 60; n++) expect((await visit(link, from(`10.0.0.${n}`))).status).toBe(302)
  const { status, headers, body } = await visit(link, from('10.0.1.1'))
  expect(status).toBe(429)
  expect(Number(headers['retry-after'])).toBeGreaterThan(500)
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(600)
  expect(body).toContain('/larkspur/portal/request"')
  expect(body).not.toContain('example.com')
  expect(minted(system)).toBe(60)
})

test('one link gives no more by presses, whatever they claim to be', async () => {
  const system = await startLimited()
  const { link } = await mailed(system)
  const page = await visit(link)
  const claims = [
    { 'user-agent': 'Googlebot/2.1' },
    ...['purpose', 'sec-purpose', 'x-moz'].map((name) => ({ ...NAVIGATION, [name]: 'prefetch' })),
  ]
  const presses = (count: number) =>
    claims.flatMap((headers) =>
      Array.from({ length: count }, () => () => press(link, page.body, headers)),
    )
  expect(await statusesInTurn(presses(15))).toEqual({ 303: 60 })
  expect(await statusesInTurn(presses(1))).toEqual({ 429: claims.length })
  expect(minted(system)).toBe(60)
})

test('pages with a button do not count against the limit of a link', async () => {
  const system = await startLimited()
  const [link = ''] = await issued(system, 1)
  const bare = { headers: { 'user-agent': 'curl/8.5.0' } }
  for (let n = 0; n < 62; n++) expect((await visit(link, bare)).status).toBe(200)
  expect((await press(link, (await visit(link, bare)).body)).status).toBe(303)
})

test('a link of the API gives no more, for any client', async () => {
  const system = await startLimited()
  const [link = ''] = await issued(system, 1)
  const headers = { 'user-agent': NAVIGATION['user-agent'] }
  const visits = Array.from({ length: 62 }, () => visit(link, { headers }))
  expect(await statuses(visits)).toEqual({ 302: 60, 429: 2 })
})

test('one address gives three hundred sessions in a minute by clicks and presses, with any headers, not counting pages, and another is not affected', async () => {
  const system = await startLimited()
  const links = await issued(system, 6)
  const { headers } = from('203.0.113.7')
  const used = links.map(async (link) => {
    const bare = { 'user-agent': 'curl/8.5.0', 'x-forwarded-for': headers['x-forwarded-for'] }
    const page = await visit(link, { headers: bare })
    expect(page.status).toBe(200)
    const pair = (): Visit[] => [
      () => visit(link, { headers }),
      () => press(link, page.body, { ...headers, purpose: 'prefetch' }),
    ]
    return statusesInTurn(Array.from({ length: 26 }, pair).flat())
  })
  const all = await Promise.all(used)
  const count = (status: number) => all.reduce((sum, counts) => sum + (counts[status] ?? 0), 0)
  expect([count(302) + count(303), count(429)]).toEqual([300, 12])
  expect((await visit(links[0] ?? '', from('203.0.113.8'))).status).toBe(302)
})

describe('requests of many addresses', () => {
  const releases = createReleases()
  let system: TestSystem
  beforeAll(async () => {
    system = await startLimited({}, (close) => void releases.add(null, close))
  })
  afterAll(releases.close)

  test('an IPv6 network counts as one address', async () => {
    const addresses = manyTimes(40, (n) => `2001:db8:a:2::${n.toString(16)}`)
    expect(await statuses(askWithoutToken(system, addresses))).toEqual({ 401: 30, 429: 10 })
  })

  test('an IPv6 site may have four times as many over all its networks, and another site is not affected', async () => {
    const [link = ''] = await issued(system, 1)
    const networks = manyTimes(130, (n) => `2001:db8:1:${n.toString(16)}::1`)
    expect(await statuses(askWithoutToken(system, networks))).toEqual({ 401: 120, 429: 10 })
    expect(await statuses(askWithoutToken(system, ['2001:db8:2::1']))).toEqual({ 401: 1 })
    expect((await visit(link, from('2001:db8:1::1'))).status).toBe(302)
  })

  test('a network over its limit takes nothing from the others of its site', async () => {
    const over = manyTimes(125, () => '2001:db8:c:1::1')
    expect(await statuses(askWithoutToken(system, over))).toEqual({ 401: 30, 429: 95 })
    expect(await statuses(askWithoutToken(system, ['2001:db8:c:2::1']))).toEqual({ 401: 1 })
  })

  test('every spelling of an address counts as the same', async () => {
    const spellings = ['203.0.113.7', '::ffff:203.0.113.7', '203.000.113.007', '[203.0.113.7]:443']
    const addresses = manyTimes(40, (n) => spellings[n % spellings.length] ?? '')
    expect(await statuses(askWithoutToken(system, addresses))).toEqual({ 401: 30, 429: 10 })
  })
})

test('an untrusted proxy is logged once, and only on the own network', async () => {
  const system = await startLimited({ TRUSTED_PROXIES: '192.0.2.1' })
  const { link } = await mailed(system)
  for (let n = 0; n < 3; n++) await visit(link, from(`203.0.113.${n}`))
  const warned = system.logs().filter(({ msg }) => `${msg}`.includes('X-Forwarded-For'))
  expect(warned).toMatchObject([{ level: 40, proxy: '127.0.0.1' }])
  expect(`${warned[0]?.msg}`).toContain('TRUSTED_PROXIES')
  expect(system.logText()).not.toContain('203.0.113')
  await expect.poll(() => inspect(system).get(UNTRUSTED_PROXY_KEY)).toBe('{"proxy":"127.0.0.1"}')
  await startTestSystem({ redisUrl: system.redis })
  await expect.poll(() => inspect(system).get(UNTRUSTED_PROXY_KEY)).toBeNull() // perhaps it is trusted now
})

test('an untrusted client cannot choose its address', async () => {
  const system = await startLimited({ TRUSTED_PROXIES: '192.0.2.1' })
  const addresses = manyTimes(40, (n) => `10.0.0.${n}`)
  expect(await statuses(askWithoutToken(system, addresses))).toEqual({ 401: 30, 429: 10 })
})

test('a machine that fetches a link over and over takes nothing from the person', async () => {
  const { system, link } = await settled()
  for (let n = 0; n < 62; n++) await visit(link, { method: 'HEAD' })
  system.clock.advance(20 * MINUTE)
  expect(minted(system)).toBe(0)
  expect((await visit(link)).status).not.toBe(429)
})

test('a flood of clicks leaves a fifth of Polar’s limit: the rest land on the sign-in page', async () => {
  const system = await startLimited({ POLAR_RATE_LIMIT: '20' })
  // The calls that make the links are spent in another minute.
  const links = await issued(system, 24)
  system.clock.advance(MINUTE)
  const landed = await Promise.all(links.map((link) => visit(link)))
  const paths = landed.map(({ location }) => new URL(location).pathname)
  expect(landed.every(({ status }) => status === 302)).toBe(true)
  expect(paths.filter((path) => path.endsWith('/overview')).length).toBeLessThanOrEqual(16)
  expect(paths.filter((path) => path.endsWith('/overview')).length).toBeGreaterThan(12)
  expect(minted(system)).toBeLessThanOrEqual(16)
})

test('Polar is not called again before its Retry-After', async () => {
  const { system, link } = await settled()
  let asked = 0
  system.polarWorld.fault = () => {
    asked++
    return { status: 429, headers: { 'retry-after': '60' } }
  }
  for (let n = 0; n < 3; n++)
    expect((await visit(link)).location).toContain('/portal/request?email=theo%40example.com')
  expect(asked).toBe(1)
  system.polarWorld.fault = undefined
  system.clock.advance(61_000)
  expect((await visit(link)).location).toContain('/portal/orders/')
})

test('forged links are counted in memory: none reaches Redis, and the log gives their number', async () => {
  const { system, link } = await settled()
  const { Redis } = await import('ioredis')
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  // The worker and Postern's own checks write theirs at any time.
  const keys = async () =>
    (await redis.keys('*')).filter((key) => /^postern:limit:|:link:/.test(key)).toSorted()
  const before = await keys()
  for (let n = 0; n < 20; n++)
    expect((await visit(`${link}x`, from(`10.0.0.${n}`))).status).toBe(404)
  system.clock.advance(MINUTE)
  await visit(`${link}x`)
  expect(await keys()).toEqual(before)
  const told = system.logs().filter(({ msg }) => msg === 'forged links refused')
  expect(told.map(({ count }) => count)).toEqual([1, 20])
})
