// The API for the merchant's own backend: making and revoking links, and listing clicks.

import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DAY, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { type Answer, NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { mailed, minted } from '../support/links.ts'
import { timeOf } from '../support/records.ts'
import { newAddress, share, shareSystem } from '../support/shared-system.ts'
import { firstLink, linksIn, startTestSystem, type TestSystem } from '../support/system.ts'
import { startWebRole } from '../support/web-role.ts'

const TOKEN = 'a-token-of-the-test-backend'

const optionsOf = (environment: Record<string, string> = {}) => ({
  environment: { API_TOKEN: TOKEN, ...environment },
})

const startApiSystem = () => startTestSystem(optionsOf())

/** For tests that are about a customer of their own. */
const shared = shareSystem(optionsOf({ RETURN_URL_ORIGINS: 'https://app.example.com' }))
const strict = shareSystem(optionsOf({ LINK_CONFIRM: 'strict' }))
/** Mailed links are opened as soon as they are sent. */
const open = shareSystem(optionsOf({ LINK_SETTLE_SECONDS: '0' }))

type Called = Answer & { json: Record<string, unknown> }

const call = async (
  system: TestSystem,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
): Promise<Called> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await visit(`${system.postern}${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: text }),
  })
  const isJson = /json/.test(`${answer.headers['content-type']}`)
  return { ...answer, json: isJson ? JSON.parse(answer.body) : {} }
}

const issue = (system: TestSystem, body: unknown) => call(system, 'POST', '/api/links', body)

const buy = async (system: TestSystem, email = newAddress()) =>
  (await system.polarWorld.scenario.purchase({ customer: { email } })).customerId

const sessionsOf = (system: TestSystem, customerId: string) =>
  system.polarWorld.sessions().filter(({ customer_id }) => customer_id === customerId)

/** The same request without Sec-Fetch headers. */
const BARE = { 'user-agent': NAVIGATION['user-agent'] }

const as = (mode: string, dest: string) => ({ 'sec-fetch-mode': mode, 'sec-fetch-dest': dest })

const MACHINES = [
  ['a HEAD', { method: 'HEAD' }],
  ['a prefetch', { headers: { ...NAVIGATION, 'sec-purpose': 'prefetch' } }],
  ['a known bot', { headers: { ...NAVIGATION, 'user-agent': 'Slackbot 1.0' } }],
  ['a known bot that says no more', { headers: { 'user-agent': 'curl/8.5.0' } }],
  ['an image', { headers: { ...NAVIGATION, ...as('no-cors', 'image') } }],
  ['a frame', { headers: { ...NAVIGATION, ...as('navigate', 'iframe') } }],
  ["a script's fetch", { headers: { ...NAVIGATION, ...as('cors', 'empty') } }],
] as const

describe('a link for a signed-in customer', () => {
  test('signs in to the portal at once, for ten minutes', async () => {
    const system = shared()
    const customerId = await buy(system, 'theo@example.com')
    const { status, json, headers } = await issue(system, { customer_id: customerId })
    expect(status).toBe(201)
    expect(Object.keys(json)).toEqual(['id', 'url', 'expires_at'])
    expect(json.id).toMatch(/^lnk_[\w-]{48}$/)
    expect(json.url).toMatch(new RegExp(`^${system.postern}/l/pstn_[\\w-]{1,155}$`))
    expect(Date.parse(`${json.expires_at}`) - system.clock.now()).toBeCloseTo(10 * MINUTE, -4)
    expect(headers['cache-control']).toBe('no-store')
    const { status: followed, location } = await visit(`${json.url}`)
    expect(followed).toBe(302)
    expect(new URL(location).pathname).toBe('/larkspur/portal/overview')
    expect(new URL(location).searchParams.get('email')).toBe('theo@example.com')
    system.clock.advance(10 * MINUTE)
    expect((await visit(`${json.url}`)).location).toBe(
      `${system.polar}/larkspur/portal/request?email=theo%40example.com`,
    )
  })

  test.each([
    ['auto', shared],
    ['strict', strict],
  ])('shows a person no button, and mints nothing for a machine: %s', async (_, shownBy) => {
    const system = shownBy()
    const customerId = await buy(system)
    for (const [machine, request] of MACHINES) {
      const { json } = await issue(system, { customer_id: customerId })
      const { status } = await visit(`${json.url}`, request)
      expect([machine, status, minted(system, customerId)]).toEqual([machine, 200, 0])
    }
    for (const headers of [BARE, NAVIGATION]) {
      const { json } = await issue(system, { customer_id: customerId })
      expect((await visit(`${json.url}`, { headers })).status).toBe(302)
    }
  })

  test('may be requested by the external id', async () => {
    const system = shared()
    const customerId = await buy(system)
    const customer = system.polarWorld.world.customers.get(customerId)
    if (!customer) throw new Error('no customer')
    system.polarWorld.world.customers.set(customerId, { ...customer, external_id: 'user_42' })
    const { status, json } = await issue(system, { external_customer_id: 'user_42' })
    expect(status).toBe(201)
    await visit(`${json.url}`)
    expect(sessionsOf(system, customerId)).toMatchObject([{ customer_id: customerId }])
  })

  test('has the requested target, life and return URL', async () => {
    const system = shared()
    const customerId = await buy(system)
    const subscribed = await system.polarWorld.scenario.subscribe({ customer: { id: customerId } })
    const { status, json } = await issue(system, {
      customer_id: customerId,
      target: `subscription:${subscribed.subscriptionId}`,
      expires_in: 30,
      return_url: 'https://app.example.com/settings?tab=billing',
    })
    expect(status).toBe(201)
    const { location } = await visit(`${json.url}`)
    expect(new URL(location).pathname).toBe(
      `/larkspur/portal/subscriptions/${subscribed.subscriptionId}`,
    )
    expect(sessionsOf(system, customerId)).toMatchObject([
      { return_url: 'https://app.example.com/settings?tab=billing' },
    ])
    system.clock.advance(30 * SECOND)
    expect(new URL((await visit(`${json.url}`)).location).pathname).toBe('/larkspur/portal/request')
  })

  test('of a team requires a member, and signs in as that member', async () => {
    const system = shared()
    const { customerId } = await system.polarWorld.scenario.purchase({
      customer: {
        type: 'team',
        members: [
          { email: 'owner@example.com', role: 'owner' },
          { email: 'mia@example.com', role: 'member' },
        ],
      },
    })
    const mia = [...system.polarWorld.world.members.values()].find(
      ({ email }) => email === 'mia@example.com',
    )
    const refused = await issue(system, { customer_id: customerId })
    expect([refused.status, refused.json.error]).toEqual([
      400,
      expect.stringContaining('member_id'),
    ])
    const foreign = await issue(system, { customer_id: customerId, member_id: randomUUID() })
    expect(foreign.status).toBe(404)
    const { json } = await issue(system, { customer_id: customerId, member_id: mia?.id })
    const { location } = await visit(`${json.url}`)
    expect(new URL(location).searchParams.get('email')).toBe('mia@example.com')
  })

  test('signs nobody in once the customer has another address', async () => {
    const system = shared()
    const customerId = await buy(system)
    const { json } = await issue(system, { customer_id: customerId })
    const customer = system.polarWorld.world.customers.get(customerId)
    if (!customer) throw new Error('no customer')
    system.polarWorld.world.customers.set(customerId, { ...customer, email: 'new@example.com' })
    expect((await visit(`${json.url}`)).location).toBe(`${system.polar}/larkspur/portal/request`)
  })

  test('is made while Polar is down, and works once Polar is back', async () => {
    const system = await startApiSystem()
    const customerId = await buy(system)
    system.polarWorld.fault = () => ({ status: 500 })
    const { status, json } = await issue(system, { customer_id: customerId })
    expect(status).toBe(201)
    const external = await issue(system, { external_customer_id: 'user_42' })
    expect([external.status, external.headers['retry-after']]).toEqual([503, '5'])
    system.polarWorld.fault = undefined
    expect(new URL((await visit(`${json.url}`)).location).pathname).toBe(
      '/larkspur/portal/overview',
    )
  })
})

describe('a wrong request', () => {
  const customer = share(() => buy(shared()))

  test.each([
    ['no customer', {}, 400, 'either customer_id or external_customer_id'],
    ['two customers', { customer_id: 'a', external_customer_id: 'b' }, 400, 'either customer_id'],
    ['a field that is misspelt', { customerId: 'a' }, 400, 'unknown fields: customerId'],
    ['a target that there is not', { target: 'invoices' }, 400, 'overview, payment, order:<id>'],
    ['a target that leads elsewhere', { target: 'order:../../x' }, 400, 'order:<id>'],
    ['no life', { expires_in: 0 }, 400, 'from 1 to 7776000'],
    ['a life beyond any link', { expires_in: 90 * 86_400 + 1 }, 400, 'from 1 to 7776000'],
    ['half a second', { expires_in: 0.5 }, 400, 'whole number'],
    ['a way back to anywhere', { return_url: 'https://evil.example.net/' }, 400, 'app.example.com'],
    ['a way back with a name', { return_url: 'https://me@app.example.com/' }, 400, 'app.example'],
    ['a way back of another kind', { return_url: 'blob:https://app.example.com/x' }, 400, 'app.ex'],
    ['an id with no room in a token', { target: `order:${'x'.repeat(64)}` }, 400, 'order:<id>'],
    ['a member that is nobody', { member_id: 'x'.repeat(64) }, 400, 'member_id must be an id'],
    ['a way back that is no URL', { return_url: 'javascript:alert(1)' }, 400, 'app.example.com'],
    ['a list', [], 400, 'must be an object'],
    ['no JSON', '{', 400, 'not JSON'],
    ['a customer that Polar does not know', { customer_id: randomUUID() }, 404, 'no customer'],
    ['an id that Polar does not know', { external_customer_id: 'nobody' }, 404, 'no customer'],
    ['a body beyond reason', { customer_id: 'x'.repeat(20_000) }, 413, '16 KiB'],
  ])('gets a sentence that names the mistake: %s', async (_, body, status, sentence) => {
    const system = shared()
    const known =
      typeof body === 'object' &&
      ('target' in body || 'expires_in' in body || 'return_url' in body || 'member_id' in body)
    const answer = await issue(system, known ? { customer_id: customer(), ...body } : body)
    expect([answer.status, answer.json.error]).toEqual([status, expect.stringContaining(sentence)])
  })

  test('for an unknown link, message or customer gets 404', async () => {
    const system = shared()
    for (const path of [
      '/api/links/lnk_none',
      `/api/links/lnk_${'a'.repeat(48)}`,
      `/api/links/lnk_${'a'.repeat(38)}`,
      '/api/customers/nora@example.com/links',
      '/api/customers/external/nobody/links',
      '/api/messages/msg_none/links',
      '/api/nothing',
    ]) {
      const { status, json } = await call(system, 'DELETE', path)
      expect([path, status, typeof json.error]).toEqual([path, 404, 'string'])
    }
    expect(system.logText()).not.toContain('nora@example.com')
  })

  test('without the right token gets 401, and after thirty within a minute 429', async () => {
    const system = await startApiSystem()
    const bad = [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${TOKEN}` }]
    for (const headers of bad) {
      const { status, headers: answered } = await call(system, 'POST', '/api/links', {}, headers)
      expect([status, answered['www-authenticate']]).toEqual([401, 'Bearer'])
    }
    for (let n = bad.length; n < 30; n++) await call(system, 'POST', '/api/links', {}, {})
    const limited = await call(system, 'POST', '/api/links', {}, {})
    expect(limited.status).toBe(429)
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
    expect((await issue(system, { customer_id: await buy(system) })).status).toBe(201)
  })

  test('gets 404 without API_TOKEN', async () => {
    const { url } = await startWebRole()
    const headers = { authorization: `Bearer ${TOKEN}` }
    expect((await visit(`${url}/api/links`, { method: 'POST', headers })).status).toBe(404)
  })
})

describe('revoking', () => {
  const withLink = async () => {
    const system = open()
    const bought = await mailed(system, newAddress())
    const { json } = await issue(system, { customer_id: bought.customerId })
    return { system, ...bought, api: { id: `${json.id}`, url: `${json.url}` } }
  }

  test('ends one link, and no other', async () => {
    const { system, api, link } = await withLink()
    expect((await call(system, 'DELETE', `/api/links/${api.id}`)).status).toBe(204)
    expect((await visit(api.url)).status).toBe(410)
    expect((await visit(link)).status).toBe(302)
    expect((await call(system, 'DELETE', `/api/links/${api.id}`)).status).toBe(204)
  })

  test('ends a mailed link by its id in the log', async () => {
    const { system, link } = await withLink()
    await visit(link)
    const id = system.logs().findLast(({ msg }) => msg === 'link visited')?.link
    const another = `${`${id}`.slice(0, -4)}none`
    expect((await call(system, 'DELETE', `/api/links/${another}`)).status).toBe(404)
    expect((await call(system, 'DELETE', `/api/links/${id}`)).status).toBe(204)
    expect((await visit(link)).status).toBe(410)
  })

  test("ends a message's links, and no others", async () => {
    const { system, mail, api } = await withLink()
    const message = mail.tags.find(({ name }) => name === 'message')?.value
    const links = linksIn(mail.text)
    expect(new Set(links).size).toBeGreaterThan(1)
    expect((await call(system, 'DELETE', `/api/messages/${message}/links`)).status).toBe(204)
    for (const link of links) expect((await visit(link)).status).toBe(410)
    expect((await visit(api.url)).status).toBe(302)
  })

  test('ends all links of one customer that exist, and not those made later', async () => {
    const { system, link, api, customerId } = await withLink()
    const other = await issue(system, { customer_id: await buy(system) })
    expect((await call(system, 'DELETE', `/api/customers/${customerId}/links`)).status).toBe(204)
    expect((await visit(link)).status).toBe(410)
    expect((await visit(api.url)).status).toBe(410)
    const path = `/api/customers/${customerId.toUpperCase()}/links`
    expect((await call(system, 'DELETE', path)).status).toBe(204)
    const later = await issue(system, { customer_id: customerId })
    expect((await visit(`${later.json.url}`)).status).toBe(302)
    expect((await visit(`${other.json.url}`)).status).toBe(302)
    system.clock.advance(MINUTE)
    await system.polarWorld.scenario.subscribe({ customer: { id: customerId } })
    const next = firstLink((await system.theMail('subscription_confirmation')).text)
    expect((await visit(next)).status).toBe(302)
  })

  test('leaves a link that mints nothing and names no customer, also after it has expired', async () => {
    const { system, api, link, customerId } = await withLink()
    await call(system, 'DELETE', `/api/customers/${customerId}/links`)
    const { body } = await visit(api.url)
    expect(body).toContain('/larkspur/portal/request"')
    expect(body).not.toContain('example.com')
    expect(minted(system, customerId)).toBe(0)
    system.clock.advance(100 * DAY)
    expect((await visit(link)).status).toBe(410)
  })
})

describe('the list of clicks', () => {
  test('of a message counts each person once, and lists machines apart, with evidence and ending', async () => {
    const system = open()
    const { link, mail } = await mailed(system, newAddress())
    await visit(link, { headers: { 'user-agent': 'Slackbot 1.0' } })
    await visit(link)
    await visit(link)
    const message = mail.tags.find(({ name }) => name === 'message')?.value
    const path = `/api/messages/${message}/clicks`
    const told = async () => (await call(system, 'GET', path)).json
    await expect.poll(async () => (await told()).clicks).toHaveLength(2)
    const json = await told()
    expect(json).toMatchObject({
      people: 1,
      clicks: [
        { visitor: 'person', evidence: ['navigation'], ending: 'signed_in' },
        { visitor: 'person', evidence: ['navigation'], ending: 'signed_in' },
      ],
      machines: [
        {
          visitor: 'machine',
          evidence: ['bot_user_agent', 'no_navigation'],
          ending: 'button_shown',
        },
      ],
    })
    for (const { took, at, link: id } of json.clicks as {
      took: number
      at: number
      link: string
    }[]) {
      expect((await call(system, 'GET', `/api/links/${id}/clicks`)).json).toEqual(json)
      expect(took).toBeGreaterThan(0)
      expect(Math.abs(at - system.clock.now())).toBeLessThan(MINUTE)
    }
    const phone = { ...NAVIGATION, 'user-agent': `${NAVIGATION['user-agent']} Mobile` }
    await visit(link, { headers: phone })
    await expect.poll(async () => (await told()).people).toBe(2)
  })

  test('keeps people’s clicks, however many machines come after', async () => {
    const system = open()
    const { link, mail } = await mailed(system, newAddress())
    await visit(link)
    for (let n = 0; n < 60; n++) await visit(link, { method: 'HEAD' })
    const message = mail.tags.find(({ name }) => name === 'message')?.value
    const path = `/api/messages/${message}/clicks`
    const told = async () => (await call(system, 'GET', path)).json
    await expect.poll(async () => (await told()).machines).toHaveLength(50)
    expect((await told()).clicks).toMatchObject([{ visitor: 'person', ending: 'signed_in' }])
  })

  test('of a link without a message is found by the link’s id', async () => {
    const system = shared()
    const { json } = await issue(system, { customer_id: await buy(system) })
    await visit(`${json.url}`)
    await expect
      .poll(async () => (await call(system, 'GET', `/api/links/${json.id}/clicks`)).json)
      .toMatchObject({ people: 1, clicks: [{ link: json.id, evidence: ['vouched_for'] }] })
  })

  test('of a link or a message that there is not gets 404', async () => {
    const system = shared()
    for (const path of [`links/lnk_${'a'.repeat(48)}`, `messages/msg_${'a'.repeat(44)}`]) {
      const { status, json } = await call(system, 'GET', `/api/${path}/clicks`)
      expect([path, status, json.error]).toEqual([
        path,
        404,
        expect.stringContaining('there is no'),
      ])
    }
  })
})

test('the record of a link without a message, with its clicks, is deleted a month after it has expired', async () => {
  const system = shared()
  const { json } = await issue(system, { customer_id: await buy(system) })
  await visit(`${json.url}`)
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  const id = `${json.id}`.slice(-26, -4)
  const names = async () => (await redis.keys(`*:*${id}*`)).map((key) => key.split(':')[3]).sort()
  await expect.poll(names).toEqual(['fetches', 'link', 'opened'])
  await expect
    .poll(async () => (await call(system, 'GET', `/api/links/${json.id}/clicks`)).json.people)
    .toBe(1)
  const latest = system.clock.now() + 30 * DAY + 10 * MINUTE
  for (const key of await redis.keys(`*:*${id}*`)) {
    const left = await redis.pttl(key)
    expect(left).toBeGreaterThan(0)
    expect((await timeOf(redis)) + left).toBeLessThanOrEqual(latest)
  }
})
