import { afterEach, beforeEach, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

/** Opens a page as a browser would, without following where it sends one. */
const open = async (url: string, form?: Record<string, string>) => {
  const answer = await fetch(new URL(url, started.polar.url), {
    redirect: 'manual',
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  const html = await answer.text()
  return {
    status: answer.status,
    location: answer.headers.get('location') ?? '',
    html,
    /** The text of the first element with this test id. */
    text: (id: string) =>
      new RegExp(`data-testid="${id}"[^>]*>(.*?)</(?:span|code|div|button)>`, 's')
        .exec(html)?.[1]
        ?.replace(/<[^>]+>/g, ' ')
        .trim(),
    action: (path: string) =>
      new RegExp(`action="([^"]*${path}[^"]*)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '',
  }
}

const mint = async (customerId: string, path = '') => {
  const session = await started.sdk.customerSessions.create({ customer_id: customerId })
  return session.customer_portal_url.replace('/portal?', `/portal${path}?`)
}

test('the link that Polar returns leads to the overview and keeps its query', async () => {
  const { customerId } = started.polar.script.purchase({ customer: { name: 'Aiko Tanabe' } })
  const url = await mint(customerId)
  const { location, status } = await open(url)
  expect(status).toBe(302)
  expect(location).toBe(`/larkspur/portal/overview${new URL(url).search}`)
  const page = await open(location)
  expect(page.status).toBe(200)
  expect(page.text('signed-in-as')).toMatch(/Aiko Tanabe.*aiko\.tanabe@example\.com/s)
})

test('two sessions of one customer can be told apart by their digests', async () => {
  const { customerId } = started.polar.script.purchase()
  const first = await open(await mint(customerId, '/overview'))
  const second = await open(await mint(customerId, '/overview'))
  expect(first.text('session')).toMatch(/^[0-9a-f]{8}$/)
  expect(first.text('session')).not.toBe(second.text('session'))
})

test('after an hour, whatever it was used for, a session leads to the sign-in page with the address', async () => {
  const { customerId } = started.polar.script.purchase({ customer: { name: 'Theo Okafor' } })
  const url = await mint(customerId, '/overview')
  started.clock.advance(HOUR - MINUTE)
  expect((await open(url)).status).toBe(200)
  started.clock.advance(MINUTE + 1)
  const { location } = await open(url)
  expect(location).toBe('/larkspur/portal/request?email=theo.okafor%40example.com')
  expect((await open(location)).html).toContain('value="theo.okafor@example.com"')
})

test('signing in with a code opens the overview; a wrong or old code does not', async () => {
  const { customerId } = started.polar.script.purchase({ customer: { name: 'Nora Haugen' } })
  const email = 'nora.haugen@example.com'
  const ask = async () => (await open('/larkspur/portal/request', { email })).location
  const page = await open(await ask())
  const code = page.text('sign-in-code-hint') ?? ''
  expect(code).toMatch(/^[A-Z0-9]{6}$/)

  const wrong = await open('/larkspur/portal/authenticate', { email, code: 'WRONG1' })
  expect(wrong.status).toBe(422)
  const right = await open('/larkspur/portal/authenticate', { email, code: code.toLowerCase() })
  expect(right.status).toBe(303)
  expect((await open(right.location)).text('signed-in-as')).toContain(email)
  expect(started.polar.sessions()[0]).toMatchObject({ customer_id: customerId, via: 'code' })
  const again = await open('/larkspur/portal/authenticate', { email, code })
  expect(again.status).toBe(422)

  const late = (await open(await ask())).text('sign-in-code-hint') ?? ''
  started.clock.advance(30 * MINUTE)
  expect((await open('/larkspur/portal/authenticate', { email, code: late })).status).toBe(422)
})

test('nobody sees another customer’s order or subscription', async () => {
  const { script } = started.polar
  const mine = script.purchase()
  const theirs = script.subscribe()
  const url = await mint(mine.customerId, '/overview')
  const at = (path: string) => url.replace('/overview', path)
  expect((await open(at(`/orders/${mine.orderId}`))).status).toBe(200)
  expect((await open(at(`/orders/${theirs.orderId}`))).status).toBe(404)
  expect((await open(at(`/subscriptions/${theirs.subscriptionId}`))).status).toBe(404)
})

test('a member who does not manage billing loses the token at an order', async () => {
  const team = started.polar.script.purchase({
    customer: {
      type: 'team',
      members: [{ role: 'owner' }, { name: 'Luca Moretti', role: 'member' }],
    },
  })
  const members = await started.sdk.customers.members.list(team.customerId, { role: 'member' })
  const member_id = members.items[0]?.id ?? ''
  const session = await started.sdk.customerSessions.create({
    customer_id: team.customerId,
    member_id,
  })
  const url = session.customer_portal_url
  expect((await open(url.replace('/portal?', '/portal/overview?'))).status).toBe(200)
  const order = await open(url.replace('/portal?', `/portal/orders/${team.orderId}?`))
  expect(order.location).toBe('/larkspur/portal')
})

test('a retry with the card that failed fails again and tells nobody', async () => {
  const failed = await started.polar.scenario.failRenewal()
  started.received.length = 0
  const order = await open(await mint(failed.customerId, `/orders/${failed.orderId}`))
  expect(order.text('order-status')).toBe('Pending')
  expect(order.text('retry-payment')).toBe('Retry payment')
  const { location } = await open(order.action('/retry'), {})
  const after = await open(location)
  expect(after.html).toContain('The card was declined again')
  expect(after.text('order-status')).toBe('Pending')
  expect(started.types()).toEqual([])
})

test('a new card pays everything that is open at once, and tells it as a recovery', async () => {
  const { polar } = started
  const failed = await polar.scenario.failRenewal()
  started.received.length = 0
  const settings = await open(await mint(failed.customerId, '/settings'))
  expect(settings.text('add-payment-method')).toBe('Add payment method')
  const { location } = await open(settings.action('/payment-methods'), { card: 'works' })
  expect(started.types()).toEqual([
    'customer.updated',
    'subscription.updated',
    'subscription.active',
    'order.updated',
    'order.paid',
  ])
  const order = await open(location.replace('/settings', `/orders/${failed.orderId}`))
  expect(order.text('order-status')).toBe('Paid')
  expect(order.text('retry-payment')).toBeUndefined()
  const path = `/subscriptions/${failed.subscriptionId}`
  const subscription = await open(location.replace('/settings', path))
  expect(subscription.text('subscription-status')).toBe('Active')
})

test('a new card that is declined too leaves everything open', async () => {
  const failed = await started.polar.scenario.failRenewal()
  started.received.length = 0
  const settings = await open(await mint(failed.customerId, '/settings'))
  await open(settings.action('/payment-methods'), { card: 'declines' })
  expect(started.types()).toEqual(['customer.updated'])
  expect((await started.sdk.orders.get(failed.orderId)).status).toBe('pending')
})

test('a subscription says that it is about to pause, that it pauses, and that it was cancelled', async () => {
  const { script } = started.polar
  const { customerId, subscriptionId } = script.subscribe()
  const page = await mint(customerId, `/subscriptions/${subscriptionId}`)
  script.schedulePause(subscriptionId)
  expect((await open(page)).text('subscription-status')).toBe('Active, pauses soon')
  script.pause(subscriptionId)
  const paused = await open(page)
  expect(paused.text('subscription-status')).toBe('Paused')
  expect(paused.html).toContain('Paused until')
  script.revoke(subscriptionId)
  expect((await open(page)).text('subscription-status')).toBe('Canceled')
})

test('an order shows each of its refunds, and how far it has come', async () => {
  const { script } = started.polar
  const { customerId, orderId } = script.purchase({ amount: 4900 })
  script.refund(orderId, { amount: 1000 })
  script.refund(orderId, { amount: 500, status: 'pending' })
  const order = await open(await mint(customerId, `/orders/${orderId}`))
  expect(order.text('order-status')).toBe('Partially refunded')
  expect(order.html).toMatch(/Refunded on.*\$10\.00.*Refund on its way since.*\$5\.00/s)
})

test('a name is shown as it is written, never as markup', async () => {
  const name = '<script>alert(1)</script>'
  const { customerId } = started.polar.script.purchase({ customer: { name } })
  const { html } = await open(await mint(customerId, '/overview'))
  expect(html).not.toContain(name)
  expect(html).toContain('&lt;script&gt;alert(1)')
})
