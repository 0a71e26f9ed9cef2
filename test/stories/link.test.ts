// Where a link leads, also when something fails.

import { describe, expect, onTestFinished, test } from 'vitest'
import { DAY, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { fixture } from '../support/events.ts'
import { minted, settled, settledIn } from '../support/links.ts'
import { startProxy } from '../support/proxy.ts'
import { share, shareSystem } from '../support/shared-system.ts'
import { stopTime } from '../support/still-time.ts'
import { firstLink, type TestSystem } from '../support/system.ts'

const FOUR_SECONDS = 4 * SECOND

const signInAs = ({ polar }: TestSystem, email: string) =>
  `${polar}/larkspur/portal/request?email=${encodeURIComponent(email)}`

/** Polar is in trouble until the test is over. */
const troubled = ({ polarWorld }: TestSystem, fault: typeof polarWorld.fault) => {
  polarWorld.fault = fault
  onTestFinished(() => {
    polarWorld.fault = undefined
  })
}

/** How often Polar was called, apart from the check of the webhook endpoint, which comes once a minute. */
const calls = (system: TestSystem) =>
  Object.entries(system.polarWorld.calls())
    .filter(([path]) => !path.startsWith('/v1/webhooks/'))
    .reduce((sum, [, count]) => sum + count, 0)

describe('a link never dead-ends', () => {
  const shared = shareSystem()

  test('expired: the sign-in page with the address', async () => {
    const { system, link, email, customerId } = await settledIn(shared())
    system.clock.advance(90 * DAY)
    expect(await visit(link)).toMatchObject({ status: 302, location: signInAs(system, email) })
    expect(minted(system, customerId)).toBe(0)
  })

  const troubles = [
    ['limits', () => ({ status: 429, headers: { 'retry-after': '30' } })],
    ['fails', () => ({ status: 500 })],
    ['refuses what nobody foresaw', () => ({ status: 422, body: { detail: [{ loc: ['body'] }] } })],
    ['answers what is no session', () => ({ status: 201, body: { token: 'none' } })],
    ['answers what is no JSON', () => ({ status: 201, body: '<html>' })],
    ['refuses our token', () => ({ status: 401 })],
    ['resets the connection', () => 'reset' as const],
  ] as const
  describe('Polar', () => {
    const sent = share(() => settledIn(shared()))

    test.each(troubles)('%s: the sign-in page with the address, at once', async (_, fault) => {
      const { system, link, email } = sent()
      troubled(system, fault)
      stopTime()
      expect(await visit(link)).toMatchObject({ status: 302, location: signInAs(system, email) })
    })
  })

  test('Polar hangs: the sign-in page with the address, within four seconds', async () => {
    const { system, link } = await settled()
    system.polarWorld.fault = () => 'hang'
    const asked = calls(system)
    const time = stopTime()
    const visited = visit(link)
    await expect.poll(() => calls(system)).toBe(asked + 1)
    await time.pass(FOUR_SECONDS)
    const location = signInAs(system, 'theo@example.com')
    expect(await visited).toMatchObject({ status: 302, location })
  })

  test('the address has changed: no session, and the link is revoked', async () => {
    const { system, link, customerId } = await settledIn(shared())
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
    expect(again.body).not.toContain('example.com')
  })

  test('the customer is deleted: a short page with a link to the sign-in page', async () => {
    const { system, link, customerId } = await settledIn(shared())
    const deleted = fixture('customer.deleted')
    deleted.data.id = customerId
    deleted.data.modified_at = new Date(system.clock.now()).toISOString()
    system.polarWorld.applyEvent(deleted)
    const { status, body } = await visit(link)
    expect(status).toBe(410)
    expect(body).toContain('/larkspur/portal/request"')
    expect(body).not.toContain('example.com')
  })

  test('an event says that the customer is deleted: the short page, even if Polar would still mint a session', async () => {
    const { system, link, customerId } = await settledIn(shared())
    const deleted = fixture('customer.deleted')
    deleted.data.id = customerId
    await system.polarWorld.deliver(deleted)
    await system.settle()
    expect((await visit(link)).status).toBe(410)
    expect(minted(system, customerId)).toBe(0)
  })

  test('forged: 404 and the short page, with no look-up and no call to Polar', async () => {
    const { system, link } = await settled()
    await system.settle() // the backfill has fallen due
    const asked = calls(system)
    for (const forged of [
      `${link}x`,
      `${link}-x`,
      `${link.slice(0, -1)}_`,
      link.slice(0, -1),
      `${system.postern}/l/pstn_AAAA`,
      `${system.postern}/l/%00`,
      `${system.postern}/l/`,
      `${link}/x`,
      `${link}/l/x`,
      `${system.postern}/l/${'/'.repeat(15_000)}x`,
    ]) {
      const { status, body, headers } = await visit(forged)
      expect(status).toBe(404)
      expect(body).toContain('sign-in page')
      expect(headers['cache-control']).toBe('no-store')
    }
    expect(calls(system)).toBe(asked)
  })

  test('Redis hangs: the sign-in page without an address, within four seconds', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    let hangs = false
    let waiting = ''
    const before = (sent: string) => {
      if (hangs) waiting += sent
      return hangs ? 'waits' : 'passes'
    }
    const proxy = await startProxy(redis.url, { before })
    const { system, link } = await settled({ redisUrl: proxy.url })
    hangs = true
    const time = stopTime()
    const visited = visit(link)
    await expect.poll(() => waiting).toContain(':msg:') // its record is asked for
    await time.pass(FOUR_SECONDS)
    const { status, location } = await visited
    expect([status, location]).toEqual([302, `${system.polar}/larkspur/portal/request`])
    expect(minted(system)).toBe(0)
    hangs = false
    proxy.release()
  })

  test('Redis is slow and Polar hangs: still within four seconds', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    let isSlow = false
    const waiting: string[] = []
    const before = (sent: string) => {
      if (isSlow) waiting.push(sent)
      return isSlow ? 'waits' : 'passes'
    }
    const proxy = await startProxy(redis.url, { before })
    const { system, link } = await settled({ redisUrl: proxy.url })
    system.polarWorld.fault = () => 'hang'
    const asked = calls(system)
    isSlow = true
    const time = stopTime()
    let isThere = false
    const visited = visit(link).finally(() => {
      isThere = true
    })
    await expect.poll(() => waiting.join()).toContain(':msg:') // its record is asked for
    // Redis answers every 1.2 seconds, until Polar is called, if there is time for that.
    let passed = 0
    const isPolarAsked = () => calls(system) > asked
    while (!isThere && !isPolarAsked() && passed + 1200 <= FOUR_SECONDS) {
      const seen = waiting.length
      await time.pass(1200)
      passed += 1200
      proxy.release()
      await expect.poll(() => isThere || isPolarAsked() || waiting.length > seen).toBe(true)
    }
    await time.pass(FOUR_SECONDS - passed)
    expect((await visited).location).toContain(`${system.polar}/larkspur/portal/request`)
    isSlow = false
    proxy.release()
  })

  test.each([
    ['of a forged link', 404, 'x'],
    ['of a genuine one', 200, ''],
  ])('a form %s that is too large is not read', async (_, expected, suffix) => {
    const { system, link, customerId } = await settledIn(shared())
    const before = system.logText().length
    const body = `nonce=${'a'.repeat(10_000)}`
    const { status, headers } = await visit(`${link}${suffix}`, { method: 'POST', body })
    expect([status, headers['cache-control']]).toEqual([expected, 'no-store'])
    expect(minted(system, customerId)).toBe(0)
    expect(system.logText().slice(before)).not.toContain('"level":50')
  })

  test('Redis is down, or does not know the link: the sign-in page without an address', async () => {
    const redis = await startRedis()
    let running = redis
    onTestFinished(() => running.close())
    const { system, link } = await settled({ redisUrl: redis.url })
    await redis.close()
    const away = await visit(link)
    expect([away.status, away.location]).toEqual([302, `${system.polar}/larkspur/portal/request`])
    running = await startRedis({ port: Number(new URL(redis.url).port) })
    await expect.poll(async () => (await visit(`${system.postern}/readyz`)).status).toBe(200)
    const unknown = await visit(link)
    expect([unknown.status, unknown.location]).toEqual([
      302,
      `${system.polar}/larkspur/portal/request`,
    ])
    expect(minted(system)).toBe(0)
  })
})

describe('where a link leads', () => {
  const shared = shareSystem()

  test('from a failed payment to the order that can be paid, or else to the settings', async () => {
    const system = shared()
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

  test('a member of a team signs in as that member', async () => {
    const system = shared()
    await system.polarWorld.scenario.purchase({
      customer: { type: 'team', members: [{ email: 'owner@example.com', role: 'owner' }] },
    })
    await system.settle()
    const mail = system.mails().find(({ to }) => to.join().includes('owner@example.com'))
    const link = firstLink(mail?.text ?? null)
    system.clock.advance(2 * MINUTE)
    const { location } = await visit(link)
    expect(new URL(location).searchParams.get('email')).toBe('owner@example.com')
  })

  test('a link from before the customer became a team signs in the member who was mailed', async () => {
    const { system, link, email, customerId } = await settledIn(shared())
    const customer = system.polarWorld.world.customers.get(customerId)
    system.polarWorld.applyEvent({
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
      email,
      role: 'billing_manager',
    }
    system.polarWorld.applyEvent(member)
    const { status, location } = await visit(link)
    expect(status).toBe(302)
    expect(new URL(location).searchParams.get('email')).toBe(email)
  })

  test('GET /portal leads to the home of the portal', async () => {
    const system = shared()
    const { status, location } = await visit(`${system.postern}/portal`)
    expect([status, location]).toEqual([302, `${system.polar}/larkspur/portal`])
  })
})
