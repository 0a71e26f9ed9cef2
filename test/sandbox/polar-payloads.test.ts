import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import type { PolarEvent } from '../../src/sandbox/polar/shapes/rows.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

test('a renewal’s order is pending when created and paid at the end, and its period follows the last', async () => {
  const { polar, received } = started
  const subscribed = polar.script.subscribe()
  started.clock.advance(40 * DAY)
  await polar.scenario.renew({ subscriptionId: subscribed.subscriptionId })
  const orders = received
    .filter(({ type }) => type.startsWith('order.'))
    .map(({ body }) => JSON.parse(body).data)
  expect(orders.map(({ status }) => status)).toEqual(['pending', 'paid', 'paid'])
  const before = subscribed.events[0]?.data as { current_period_end: string }
  expect(orders[2].subscription.current_period_start).toBe(before.current_period_end)
  expect(orders[2].receipt_number).not.toBe(orders[0].receipt_number)
})

test('the next attempt at a failed payment is written down only after its events went out', () => {
  const { script, world } = started.polar
  const { orderId, afterwards } = script.failRenewal()
  expect(world.orders.get(orderId)?.next_payment_attempt_at).toBeNull()
  afterwards()
  const { next_payment_attempt_at, subscription } = world.orderView(orderId) ?? {}
  const wait =
    Date.parse(next_payment_attempt_at ?? '') - Date.parse(subscription?.past_due_at ?? '')
  expect(wait).toBe(2 * DAY)
})

test('amounts add up with discount, tax, balance and a currency without decimals', () => {
  const { events } = started.polar.script.purchase({
    amount: 5000,
    currency: 'jpy',
    discount: 500,
    tax: 450,
    balance: -1000,
  })
  expect(events[2]?.data).toMatchObject({
    currency: 'jpy',
    subtotal_amount: 5000,
    net_amount: 4500,
    total_amount: 4950,
    due_amount: 3950,
    applied_balance_amount: -1000,
  })
  const inclusive = started.polar.script.purchase({ amount: 1200, tax: 200, taxInclusive: true })
  expect(inclusive.events[0]?.data).toMatchObject({ net_amount: 1000, total_amount: 1200 })
})

test('a trial starts with an order of nothing, and its renewal says that it converted', () => {
  const { script } = started.polar
  const { subscriptionId, events } = script.subscribe({ product: { trialDays: 14 } })
  expect(events[5]?.data).toMatchObject({
    total_amount: 0,
    billing_reason: 'subscription_create',
    subscription: { status: 'trialing' },
  })
  started.clock.advance(15 * DAY)
  const renewed = script.renew({ subscriptionId }).events.at(-1)?.data as {
    subscription: { trial_end: string; current_period_start: string; status: string }
  }
  expect(renewed.subscription.status).toBe('active')
  expect(renewed.subscription.trial_end).toBe(renewed.subscription.current_period_start)
})

test('every fixture’s fields are there, and no others', () => {
  const { polar } = started
  const subscribed = polar.script.subscribe({
    product: { benefits: [{ note: 'Hello' }, { type: 'license_keys' }] },
  })
  const { subscriptionId } = subscribed
  const written = [
    ...polar.script.purchase({ discount: 100 }).events,
    ...subscribed.events,
    ...polar.script.renew({ subscriptionId }).events,
    ...polar.script.failRenewal().events,
    ...polar.script.refund(polar.script.purchase().orderId).events,
    ...polar.script.cancel(subscriptionId).events,
    ...polar.script.uncancel(subscriptionId).events,
    ...polar.script.recordUsage(subscriptionId).events,
    ...polar.script.billUsage({ subscriptionId }).events,
    ...polar.script.pause(subscriptionId).events,
    ...polar.script.resume(subscriptionId).events,
    ...polar.script.changePlan(subscriptionId, {
      product: { name: 'Label Plan', amount: 7900 },
      proration: 'invoice',
    }).events,
    ...polar.script.end(subscriptionId, { usage: 300 }).events,
    ...polar.script.giveUp(polar.script.failRenewal().orderId).events,
    ...polar.script.drawInvoice(polar.script.purchase().orderId).events,
    ...polar.script.welcome({ type: 'team' }).events,
    polar.events.orderPaid({ subscription: {} }),
    polar.events.subscriptionPastDue(),
    polar.events.customerDeleted(),
  ]
  const known = new Map<string, PolarEvent>()
  const folder = new URL('../fixtures/', import.meta.url)
  for (const file of readdirSync(folder)) {
    const fixture: PolarEvent = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    const subscribedOrder = fixture.data.subscription != null
    known.set(`${fixture.type} ${subscribedOrder}`, fixture)
  }
  let compared = 0
  for (const event of written) {
    const fixture = known.get(`${event.type} ${event.data.subscription != null}`)
    if (fixture === undefined) continue
    compared += 1
    for (const part of ['customer', 'product', 'subscription']) {
      expect(keys(event.data[part]), `${event.type} ${part}`).toEqual(keys(fixture.data[part]))
    }
    expect(keys(event.data), event.type).toEqual(keys(fixture.data))
    expect(keys(event)).toEqual(keys(fixture))
  }
  expect(compared).toBeGreaterThan(45)
})

test('what comes with a product, a meter and an item have every fixture’s fields, and no others', () => {
  const { script } = started.polar
  const fixture = (name: string) =>
    JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')).data
  const { subscriptionId } = script.subscribe({
    product: { benefits: [{ type: 'license_keys' }, { note: 'Hello' }] },
  })
  const [event] = script.recordUsage(subscriptionId).events
  const written = event?.data as { product: { benefits: object[] }; meters: { meter: object }[] }
  const known = fixture('subscription.updated')
  for (const [at, benefit] of written.product.benefits.entries()) {
    const like = known.product.benefits[at]
    expect(keys(benefit)).toEqual(keys(like))
    expect(keys((benefit as typeof like).properties)).toEqual(keys(like.properties))
  }
  expect(keys(written.meters[0])).toEqual(keys(known.meters[0]))
  expect(keys(written.meters[0]?.meter)).toEqual(keys(known.meters[0].meter))
  const order = script.billUsage({ subscriptionId }).events[0]?.data as { items: object[] }
  expect(keys(order.items[0])).toEqual(keys(fixture('order.paid').items[0]))
})

test('a refund that is updated has the fields of one that was created', () => {
  const { script } = started.polar
  const begun = script.refund(script.purchase().orderId, { status: 'pending' })
  const [updated] = script.settleRefund(begun.refundId).events
  expect(keys(updated?.data)).toEqual(keys(begun.events[0]?.data))
  expect(updated?.data.modified_at).not.toBeNull()
})

const keys = (value: unknown) => (value == null ? [] : Object.keys(value).sort())
