// From the link in an email to a page of the portal.

import { describe, expect, onTestFinished, test } from 'vitest'
import { startRedis } from '../../src/redis/embedded.ts'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { fixture } from '../support/events.ts'
import { firstLink, linksIn, startTestSystem, type TestSystem } from '../support/system.ts'

const mailed = async (system: TestSystem) => {
  const bought = await system.polarWorld.scenario.purchase({
    customer: { email: 'theo@example.com' },
  })
  const mail = await system.theMail('order_confirmation')
  return { ...bought, link: firstLink(mail.text), mail }
}

/** A system with a mailed link whose settling time is over. */
const settled = async (options: Parameters<typeof startTestSystem>[0] = {}) => {
  const system = await startTestSystem(options)
  const sent = await mailed(system)
  system.clock.advance(2 * MINUTE)
  return { system, ...sent }
}

const minted = (system: TestSystem) => system.polarWorld.sessions().length

describe('a person', () => {
  test('lands on the page of the order, signed in by a session minted at the click', async () => {
    const { system, link, orderId, customerId } = await settled()
    const { status, location, headers } = await visit(link)
    expect(status).toBe(302)
    const url = new URL(location)
    expect(url.origin).toBe(system.polar)
    expect(url.pathname).toBe(`/larkspur/portal/orders/${orderId}`)
    expect(url.searchParams.get('customer_session_token')).toMatch(/^polar_[cm]st_/)
    expect(url.searchParams.get('email')).toBe('theo@example.com')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    })
    expect(system.polarWorld.sessions()).toMatchObject([{ customer_id: customerId }])
    expect((await visit(location)).body).toContain('theo@example.com')
  })

  test('gets another session at every click, next month as well', async () => {
    const { system, link } = await settled()
    const first = (await visit(link)).location
    system.clock.advance(31 * DAY)
    const second = (await visit(link)).location
    expect(first).not.toBe(second)
    expect(minted(system)).toBe(2)
    expect((await visit(second)).status).toBe(200)
  })

  test('is asked for one press too soon after the email, and never again in that browser', async () => {
    const system = await startTestSystem()
    const { link } = await mailed(system)
    const page = await visit(link)
    expect(page.status).toBe(200)
    expect(page.body).toContain('Continue')
    expect(page.body.length).toBeLessThan(5000)
    expect(minted(system)).toBe(0)

    const pressed = await press(link, page.body)
    expect(pressed.status).toBe(303)
    expect(minted(system)).toBe(1)
    const cookie = pressed.headers['set-cookie']?.[0] ?? ''
    expect(cookie).toMatch(/^__Host-/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/Secure/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).toMatch(/Path=\/(;|$)/)

    const known = { ...NAVIGATION, cookie: cookie.split(';')[0] ?? '' }
    expect((await visit(link, { headers: known })).status).toBe(302)
    expect((await visit(link, { headers: known, method: 'HEAD' })).status).toBe(200)
    expect((await visit(link, { headers: { ...known, 'sec-purpose': 'prefetch' } })).status).toBe(
      200,
    )
    expect(
      (await visit(link, { headers: { ...known, 'user-agent': 'Slackbot 1.0' } })).status,
    ).toBe(200)
    expect(minted(system)).toBe(2)
  })

  test('is known as one customer only', async () => {
    const system = await startTestSystem()
    const { link } = await mailed(system)
    const cookie =
      (await press(link, (await visit(link)).body)).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    await system.polarWorld.scenario.subscribe({ customer: { email: 'other@example.com' } })
    const other = firstLink((await system.theMail('subscription_confirmation')).text)
    expect((await visit(other, { headers: { ...NAVIGATION, cookie } })).status).toBe(200)
  })
})

describe('a machine', () => {
  const machines: [string, string, Record<string, string>][] = [
    ['HEAD', 'HEAD', NAVIGATION],
    ['a prefetch', 'GET', { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' }],
    [
      'a known bot',
      'GET',
      { ...NAVIGATION, 'user-agent': 'Mozilla/5.0 (compatible; bingbot/2.0)' },
    ],
    ['a client without browser headers', 'GET', { 'user-agent': NAVIGATION['user-agent'] }],
  ]
  test.each(machines)('%s gets a page, and nothing is minted', async (_, method, headers) => {
    const { system, link } = await settled()
    const answer = await visit(link, { method, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(minted(system)).toBe(0)
  })

  test('that opens all the links of an email gets no further than the first', async () => {
    const { system, mail } = await settled()
    const links = [...new Set(linksIn(mail.text))]
    expect(links.length).toBeGreaterThan(1)
    const answers = await Promise.all(links.map((link) => visit(link)))
    expect(answers.filter(({ status }) => status === 200).length).toBe(links.length - 1)
    expect(minted(system)).toBe(1)
  })

  test('that posts without having seen the page gets the page', async () => {
    const { system, link } = await settled()
    for (const body of ['', 'nonce=', 'nonce=abc.def', `nonce=${'x'.repeat(3000)}`]) {
      const answer = await visit(link, {
        method: 'POST',
        headers: { ...NAVIGATION, 'content-type': 'application/x-www-form-urlencoded' },
        body,
      })
      expect(answer.status).toBe(200)
    }
    expect(minted(system)).toBe(0)
  })

  test('in strict mode a person without a press is taken for one', async () => {
    const { system, link } = await settled({ environment: { LINK_CONFIRM: 'strict' } })
    const page = await visit(link)
    expect(page.status).toBe(200)
    expect((await press(link, page.body)).status).toBe(303)
    expect(minted(system)).toBe(1)
  })
})

describe('a link never dead-ends', () => {
  test('expired: the sign-in page with the address', async () => {
    const { system, link } = await settled()
    system.clock.advance(90 * DAY)
    const { status, location } = await visit(link)
    expect(status).toBe(302)
    expect(location).toBe(`${system.polar}/larkspur/portal/request?email=theo%40example.com`)
    expect(minted(system)).toBe(0)
  })

  const troubles = [
    ['limits', () => ({ status: 429, headers: { 'retry-after': '30' } })],
    ['fails', () => ({ status: 500 })],
    ['refuses our token', () => ({ status: 401 })],
    ['resets the connection', () => 'reset' as const],
    ['hangs', () => 'hang' as const],
  ] as const
  test.each(troubles)(
    'Polar %s: the sign-in page with the address, within four seconds',
    async (_, fault) => {
      const { system, link } = await settled()
      system.polarWorld.fault = fault
      const began = performance.now()
      const { status, location } = await visit(link)
      expect(performance.now() - began).toBeLessThan(4000)
      expect(status).toBe(302)
      expect(location).toBe(`${system.polar}/larkspur/portal/request?email=theo%40example.com`)
    },
  )

  test('the address has changed: nobody is let in, and the link is revoked', async () => {
    const { system, link, customerId } = await settled()
    const customer = system.polarWorld.world.customers.get(customerId)
    if (!customer) throw new Error('no customer')
    system.polarWorld.world.customers.set(customerId, {
      ...customer,
      email: 'new@example.com',
    } as typeof customer)
    const { status, location } = await visit(link)
    expect(status).toBe(302)
    expect(location).toBe(`${system.polar}/larkspur/portal/request`)
    const again = await visit(link)
    expect(again.status).toBe(410)
    expect(again.body).toContain(`${system.polar}/larkspur/portal/request"`)
    expect(again.body).not.toContain('theo@example.com')
  })

  test('the customer is deleted: a short page with the way to the sign-in page', async () => {
    const { system, link, customerId } = await settled()
    const deleted = fixture('customer.deleted')
    deleted.data.id = customerId
    deleted.data.modified_at = new Date(system.clock.now()).toISOString()
    system.polarWorld.absorb(deleted)
    const { status, body } = await visit(link)
    expect(status).toBe(410)
    expect(body).toContain('/larkspur/portal/request"')
    expect(body).not.toContain('example.com')
  })

  test('forged: 404 and the short page, with no look-up and no call to Polar', async () => {
    const { system, link } = await settled()
    const calls = JSON.stringify(system.polarWorld.calls())
    for (const forged of [
      `${link}x`,
      `${link.slice(0, -1)}_`,
      `${system.postern}/l/pstn_AAAA`,
      `${system.postern}/l/%00`,
    ]) {
      const { status, body, headers } = await visit(forged)
      expect(status).toBe(404)
      expect(body).toContain('sign-in page')
      expect(headers['cache-control']).toBe('no-store')
    }
    expect(JSON.stringify(system.polarWorld.calls())).toBe(calls)
  })

  test('Redis away, or the link unknown to it: the sign-in page without an address', async () => {
    const redis = await startRedis()
    let running = redis
    onTestFinished(() => running.close())
    const { system, link } = await settled({ redisUrl: redis.url })
    await redis.close()
    const away = await visit(link)
    expect([away.status, away.location]).toEqual([302, `${system.polar}/larkspur/portal/request`])
    running = await startRedis({ port: Number(new URL(redis.url).port) })
    await expect
      .poll(async () => (await visit(`${system.postern}/readyz`)).status, { timeout: 15_000 })
      .toBe(200)
    const unknown = await visit(link)
    expect([unknown.status, unknown.location]).toEqual([
      302,
      `${system.polar}/larkspur/portal/request`,
    ])
    expect(minted(system)).toBe(0)
  })
})

describe('where a link leads', () => {
  test('from a failed payment to the order that can be paid, and to the settings where none can', async () => {
    const system = await startTestSystem()
    const failed = await system.polarWorld.scenario.failRenewal({
      customer: { email: 'aiko@example.com' },
    })
    const link = firstLink((await system.theMail('subscription_past_due')).text)
    system.clock.advance(2 * MINUTE)
    expect(new URL((await visit(link)).location).pathname).toBe(
      `/larkspur/portal/orders/${failed.orderId}`,
    )
    await system.polarWorld.scenario.recover(failed.orderId)
    expect(new URL((await visit(link)).location).pathname).toBe('/larkspur/portal/settings')
  })

  test('a member of a team signs in as itself', async () => {
    const system = await startTestSystem()
    await system.polarWorld.scenario.purchase({
      customer: { type: 'team', members: [{ email: 'owner@example.com', role: 'owner' }] },
    })
    const link = firstLink((await system.theMail('order_confirmation')).text)
    system.clock.advance(2 * MINUTE)
    const { location } = await visit(link)
    expect(new URL(location).searchParams.get('email')).toBe('owner@example.com')
  })

  test('a link from before the customer became a team finds the member who was mailed', async () => {
    const { system, link, customerId } = await settled()
    const customer = system.polarWorld.world.customers.get(customerId)
    system.polarWorld.absorb({
      type: 'customer.updated',
      data: {
        ...customer,
        type: 'team',
        email: null,
        modified_at: new Date(system.clock.now()).toISOString(),
      },
    })
    const member = fixture('member.created')
    member.data = {
      ...member.data,
      customer_id: customerId,
      email: 'theo@example.com',
      role: 'billing_manager',
    }
    system.polarWorld.absorb(member)
    const { status, location } = await visit(link)
    expect(status).toBe(302)
    expect(new URL(location).searchParams.get('email')).toBe('theo@example.com')
  })

  test('GET /portal leads to the front door', async () => {
    const system = await startTestSystem()
    const { status, location } = await visit(`${system.postern}/portal`)
    expect([status, location]).toEqual([302, `${system.polar}/larkspur/portal`])
  })
})

test('a click is recorded with who, on what evidence, and how it ended; a log line never holds a token or an address', async () => {
  const { system, link } = await settled()
  await visit(link, { method: 'HEAD' })
  await visit(link)
  expect(system.logs().filter(({ msg }) => msg === 'link visited')).toMatchObject([
    { visitor: 'machine', evidence: 'head', ending: 'button_shown' },
    { visitor: 'person', evidence: 'navigation', ending: 'signed_in' },
  ])
  const [session] = system.polarWorld.sessions()
  for (const secret of [
    'example.com',
    new URL(link).pathname.split('/').at(-1) ?? '',
    'pstn_',
    session?.token ?? 'polar_',
  ]) {
    expect(system.logText()).not.toContain(secret)
  }
})
