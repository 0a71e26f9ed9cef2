import { createPolar } from '@polar-sh/sdk/2026-10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { ACCESS_TOKEN, ORGANIZATION, rejection, type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const locOf = (error: Record<string, unknown>) =>
  (error as { error: { detail: { loc: string[] }[] } }).error.detail[0]?.loc

test('a wrong access token is refused with 401', async () => {
  const { polar } = started
  const stranger = createPolar({ accessToken: 'polar_oat_other', baseUrl: polar.url })
  expect(await rejection(stranger.orders.list())).toMatchObject({ statusCode: 401 })
})

test('an API version that Polar does not have answers 404', async () => {
  const { polar } = started
  const answer = await fetch(`${polar.url}/v1/orders/`, {
    headers: { authorization: 'Bearer polar_oat_test', 'polar-version': '1999-01' },
  })
  expect(answer.status).toBe(404)
})

test('a session for an individual is the owner’s, lasts one hour and carries the whole customer', async () => {
  const { polar, sdk, clock } = started
  const { customerId } = await polar.scenario.purchase({ customer: { name: 'Ines Carvalho' } })
  const session = await sdk.customerSessions.create({ customer_id: customerId })
  const url = new URL(session.customer_portal_url)
  expect(url.origin + url.pathname).toBe(`${polar.url}/larkspur/portal`)
  expect(url.searchParams.get('email')).toBe('ines.carvalho@example.com')
  expect(url.searchParams.get('customer_session_token')).toBe(session.token)
  expect(session.token).toMatch(/^polar_mst_/)
  expect(session.customer).toMatchObject({ id: customerId, email: 'ines.carvalho@example.com' })
  const life = Date.parse(session.expires_at) - clock.now()
  expect(life).toBeGreaterThan(HOUR - MINUTE)
  expect(life).toBeLessThanOrEqual(HOUR)
  expect(polar.sessions()[0]).toMatchObject({ customer_id: customerId, token: session.token })
})

test('a team needs a member, and a member’s session has the member’s own address', async () => {
  const { polar, sdk } = started
  const team = polar.script.welcome({
    type: 'team',
    members: [{ name: 'Katrin Vogt' }, { name: 'Jonas Feld', role: 'billing_manager' }],
  })
  const { customerId, memberIds } = team
  const missing = await rejection(sdk.customerSessions.create({ customer_id: customerId }))
  expect(missing).toMatchObject({ statusCode: 422 })
  expect(locOf(missing)).toEqual(['body', 'member_id'])

  const wrong = await rejection(
    sdk.customerSessions.create({ customer_id: customerId, member_id: crypto.randomUUID() }),
  )
  expect(locOf(wrong)).toEqual(['body', 'member_id'])

  const member_id = memberIds[1] as string
  const session = await sdk.customerSessions.create({ customer_id: customerId, member_id })
  const email = new URL(session.customer_portal_url).searchParams.get('email')
  expect(email).toBe('jonas.feld@example.com')
  expect(session.customer.email).toBeNull()
})

test('an unknown or deleted customer is a 422 on the field that named it', async () => {
  const { polar, sdk } = started
  const { customerId } = polar.script.purchase({ customer: { external_id: 'usr_1' } })
  polar.script.deleteCustomer(customerId)
  const byId = await rejection(sdk.customerSessions.create({ customer_id: customerId }))
  expect(byId).toMatchObject({ statusCode: 422 })
  expect(locOf(byId)).toEqual(['body', 'customer_id'])
  const byExternalId = await rejection(
    sdk.customerSessions.create({ external_customer_id: 'usr_1' }),
  )
  expect(locOf(byExternalId)).toEqual(['body', 'external_customer_id'])
})

test('a customer is found by the merchant’s own id', async () => {
  const { polar, sdk } = started
  const { customerId } = polar.script.purchase({ customer: { external_id: 'usr_7' } })
  const session = await sdk.customerSessions.create({ external_customer_id: 'usr_7' })
  expect(session.customer_id).toBe(customerId)
})

test('the organization’s budget is a minute wide: then 429 with Retry-After, then calls again', async () => {
  const small = await startPolar({ rateLimitPerMinute: 3 })
  try {
    for (let call = 0; call < 3; call++) await small.sdk.orders.list()
    const refused = await rejection(small.sdk.orders.list())
    expect(refused).toMatchObject({ statusCode: 429, name: 'PolarRateLimitError' })
    expect(refused.retryAfter).toBeGreaterThan(50)
    expect(refused.retryAfter).toBeLessThanOrEqual(60)
    small.clock.advance(MINUTE)
    expect((await small.sdk.orders.list()).items).toEqual([])
    expect(small.polar.calls()['/v1/orders/']).toBe(5)
  } finally {
    await small.close()
  }
})

test('the open order of a failed renewal is found by subscription and status, and says when it is tried again', async () => {
  const { polar, sdk, received } = started
  const { subscriptionId, orderId, customerId } = await polar.scenario.failRenewal()
  const open = await sdk.orders.list({ subscription_id: [subscriptionId], status: ['pending'] })
  expect(open.items.map(({ id }) => id)).toEqual([orderId])
  expect(open.items[0]?.next_payment_attempt_at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  expect(received.some(({ body }) => /"next_payment_attempt_at":"/.test(body))).toBe(false)
  expect((await sdk.orders.list({ status: ['paid'] })).items).toEqual([])

  const payments = await sdk.payments.list({ order_id: [orderId] })
  expect(payments.items).toMatchObject([
    { status: 'failed', trigger: 'subscription_cycle', decline_reason: 'insufficient_funds' },
  ])
  const cards = await sdk.customers.listPaymentMethods(customerId)
  expect(cards.items).toMatchObject([{ type: 'card', is_default: true }])
  const subscription = await sdk.subscriptions.get(subscriptionId)
  expect(subscription).toMatchObject({ status: 'past_due', customer: { id: customerId } })
})

test('members are listed by role, and an individual has an owner', async () => {
  const { polar, sdk } = started
  const { customerId } = polar.script.welcome({
    type: 'team',
    members: [{ role: 'owner' }, { role: 'billing_manager' }, { role: 'member' }],
  })
  const managers = await sdk.customers.members.list(customerId, { role: 'billing_manager' })
  expect(managers.items.map(({ role }) => role)).toEqual(['billing_manager'])
  expect(managers.pagination).toEqual({ total_count: 1, max_page: 1 })
  const individual = polar.script.purchase({ customer: { name: 'Nora Haugen' } })
  const owners = await sdk.customers.members.list(individual.customerId, { role: 'owner' })
  expect(owners.items).toMatchObject([{ email: 'nora.haugen@example.com', role: 'owner' }])
})

test('a list is paged and what is not known is a 404', async () => {
  const { polar, sdk } = started
  for (let order = 0; order < 5; order++) polar.script.purchase()
  const page = await sdk.orders.list({ limit: 2, page: 3 })
  expect(page.items).toHaveLength(1)
  expect(page.pagination).toEqual({ total_count: 5, max_page: 3 })
  const missing = await rejection(sdk.orders.get(crypto.randomUUID()))
  expect(missing).toMatchObject({ statusCode: 404, error: { error: 'ResourceNotFound' } })
  expect(await sdk.organizations.get('3ceaaf30-8142-48ea-91d9-3080f9b439fc')).toMatchObject({
    slug: 'larkspur',
  })
})

test('a product says everything that comes with it, the private part too', async () => {
  const { polar, sdk } = started
  const { productId, events } = polar.script.subscribe({
    product: {
      benefits: [
        { description: 'Onboarding call', note: 'Book a slot at https://cal.example.com/larkspur' },
        { description: 'Desktop licence key', type: 'license_keys' },
        { description: 'internal: beta ring', visibility: 'private' },
      ],
    },
  })
  const { benefits } = await sdk.products.get(productId)
  expect(benefits).toMatchObject([
    {
      type: 'custom',
      visibility: 'public',
      properties: { note: expect.stringContaining('cal.example.com') },
    },
    { type: 'license_keys', visibility: 'public', properties: { prefix: null } },
    { type: 'custom', visibility: 'private', properties: { note: null } },
  ])
  expect(events[0]?.data).toMatchObject({ product: { benefits } })
  expect(events.at(-1)?.data.product).not.toHaveProperty('benefits')
})

test('every payment says which card it was, and a failed one why', async () => {
  const { polar, sdk } = started
  const { orderId: bought } = polar.script.purchase()
  const { orderId: renewed } = polar.script.renew()
  const { orderId: failed } = polar.script.failRenewal({
    decline: { reason: 'expired_card', message: 'Your card has expired.' },
  })
  const of = async (orderId: string) => (await sdk.payments.list({ order_id: orderId })).items
  expect(await of(bought)).toMatchObject([
    { status: 'succeeded', trigger: 'purchase', method_metadata: { brand: 'visa', last4: '4242' } },
  ])
  expect(await of(renewed)).toMatchObject([
    { status: 'succeeded', trigger: 'subscription_cycle', method_metadata: { last4: '1881' } },
  ])
  const [declined] = await of(failed)
  expect(declined).toMatchObject({
    status: 'failed',
    decline_reason: 'expired_card',
    decline_message: 'Your card has expired.',
    method_metadata: { brand: 'visa', last4: '1881' },
  })
  expect(await sdk.payments.get(declined?.id ?? '')).toEqual(declined)
  const { orderId: free } = polar.script.purchase({ amount: 0 })
  expect(await of(free)).toEqual([])
})

describe('the next charge of a subscription', () => {
  const preview = async (subscriptionId: string) => {
    const answer = await fetch(
      `${started.polar.url}/v1/subscriptions/${subscriptionId}/charge-preview`,
      { headers: { authorization: `Bearer ${ACCESS_TOKEN}` } },
    )
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  test('has the amounts of the next period, with the plan that was chosen for it', async () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe({ amount: 2900 })
    expect(await preview(subscriptionId)).toEqual({
      status: 200,
      body: {
        base_amount: 2900,
        metered_amount: 0,
        subtotal_amount: 2900,
        discount_amount: 0,
        tax_amount: 0,
        total_amount: 2900,
        proration_amount: 0,
        net_amount: 2900,
        applied_balance_amount: 0,
        due_amount: 2900,
      },
    })
    const product = { amount: 7900 }
    script.changePlan(subscriptionId, { product, proration: 'next_period' })
    expect((await preview(subscriptionId)).body).toMatchObject({ due_amount: 7900 })
    const { orderId } = script.renew({ subscriptionId })
    expect((await started.sdk.orders.get(orderId)).due_amount).toBe(7900)
  })

  test('is known of a trial, and of a pause with an end', async () => {
    const { script } = started.polar
    const trial = script.subscribe({ product: { trialDays: 14, amount: 1900 } })
    expect((await preview(trial.subscriptionId)).body).toMatchObject({ total_amount: 1900 })
    const paused = script.subscribe()
    script.schedulePause(paused.subscriptionId)
    script.pause(paused.subscriptionId)
    expect((await preview(paused.subscriptionId)).status).toBe(200)
  })

  test('is a 404 for every other subscription', async () => {
    const { script } = started.polar
    const paused = script.subscribe()
    script.schedulePause(paused.subscriptionId, { resumesAt: null })
    script.pause(paused.subscriptionId)
    const ended = script.subscribe()
    script.revoke(ended.subscriptionId)
    const pastDue = script.failRenewal()
    for (const { subscriptionId } of [paused, ended, pastDue])
      expect((await preview(subscriptionId)).status).toBe(404)
    expect((await preview(crypto.randomUUID())).status).toBe(404)
  })
})

describe('a sweep over the whole organization', () => {
  test('reads the failed payments of all customers, newest first', async () => {
    const { polar, sdk } = started
    const first = polar.script.failRenewal()
    polar.script.purchase()
    const second = polar.script.failRenewal()
    const { items } = await sdk.payments.list({
      status: ['failed'],
      sorting: ['-created_at'],
      limit: 100,
    })
    expect(items.map(({ order_id }) => order_id)).toEqual([second.orderId, first.orderId])
  })

  test('reads active and trialing subscriptions by the end of their period, nearest first', async () => {
    const { polar, sdk } = started
    const yearly = polar.script.subscribe({ product: { recurring_interval: 'year' } })
    const trial = polar.script.subscribe({ product: { trialDays: 3 } })
    const monthly = polar.script.subscribe()
    polar.script.failRenewal()
    const status = ['active', 'trialing'] as const
    const ids = async (sorting: 'current_period_end' | '-current_period_end') => {
      const { items } = await sdk.subscriptions.list({ status: [...status], sorting: [sorting] })
      return items.map(({ id }) => id)
    }
    const nearest = [trial, monthly, yearly].map(({ subscriptionId }) => subscriptionId)
    expect(await ids('current_period_end')).toEqual(nearest)
    expect(await ids('-current_period_end')).toEqual(nearest.toReversed())
  })

  test('reads a customer’s cards with the month they expire, by either id', async () => {
    const { polar, sdk } = started
    const { customerId } = polar.script.subscribe({ customer: { external_id: 'usr_9' } })
    const { items } = await sdk.customers.listPaymentMethods(customerId)
    const year = new Date(started.clock.now()).getUTCFullYear() + 3
    expect(items).toMatchObject([
      {
        type: 'card',
        is_default: true,
        method_metadata: { brand: 'visa', last4: '1881', exp_month: 12, exp_year: year },
      },
    ])
    expect((await sdk.customers.listPaymentMethodsExternal('usr_9')).items).toEqual(items)
  })
})

test('the organization is found by its slug, with what a service needs to know of it', async () => {
  const other = await startPolar({
    organization: { ...ORGANIZATION, status: 'offboarding', avatar_url: null },
  })
  try {
    const { items } = await other.sdk.organizations.list({ slug: 'larkspur' })
    expect(items).toMatchObject([
      {
        name: 'Larkspur Audio',
        status: 'offboarding',
        avatar_url: null,
        subscription_settings: { benefit_revocation_grace_period: 7 },
        customer_email_settings: { order_confirmation: false },
      },
    ])
    expect((await other.sdk.organizations.list({ slug: 'another' })).items).toEqual([])
  } finally {
    await other.close()
  }
})

test('a fault that is set decides what a call comes to, and only while it is set', async () => {
  const { polar, sdk } = started
  const { orderId } = polar.script.purchase()
  polar.fault = ({ path, n }) => {
    if (path === '/v1/orders/{id}' && n === 1) return { status: 500, body: 'down' }
    return n === 2 ? 'reset' : undefined
  }
  expect(await rejection(sdk.orders.get(orderId))).toMatchObject({ name: 'PolarServerError' })
  expect(await rejection(sdk.orders.get(orderId))).toMatchObject({ name: 'PolarNetworkError' })
  polar.fault = undefined
  expect((await sdk.orders.get(orderId)).id).toBe(orderId)
})

test('a call that hangs ends when the simulation closes', async () => {
  const hanging = await startPolar()
  const { polar, sdk } = hanging
  const asked = new Promise<void>((resolve) => {
    polar.fault = () => {
      resolve()
      return 'hang'
    }
  })
  const call = rejection(sdk.orders.list({}, { timeout: 3600 }))
  await asked
  await hanging.close()
  expect(await call).toMatchObject({ name: 'PolarNetworkError' })
})
