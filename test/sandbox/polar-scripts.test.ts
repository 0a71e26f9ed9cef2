import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import type {
  Order,
  PolarEvent,
  Refund,
  Subscription,
} from '../../src/sandbox/polar/shapes/rows.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const types = (events: PolarEvent[]) => events.map(({ type }) => type)
/** What the last event of a noun says. */
const last = <T>(events: PolarEvent[], noun: string) =>
  events.findLast(({ type }) => type.startsWith(`${noun}.`))?.data as unknown as T
const subscriptionIn = (events: PolarEvent[]) => last<Subscription>(events, 'subscription')
const orderIn = (events: PolarEvent[]) =>
  last<Order & { subscription: Subscription }>(events, 'order')

const CHARGED = ['order.created', 'order.updated', 'order.paid']
const OVER = ['subscription.updated', 'subscription.canceled', 'subscription.revoked']

describe('a trial', () => {
  test('that converts is a renewal whose period begins where the trial ended', () => {
    const { events } = started.polar.script.renew({ product: { trialDays: 14 } })
    expect(types(events)).toEqual(['subscription.cycled', 'subscription.updated', ...CHARGED])
    const { subscription: of, ...order } = orderIn(events)
    expect(order).toMatchObject({ billing_reason: 'subscription_cycle', total_amount: 2900 })
    expect(of).toMatchObject({ status: 'active', trial_end: of.current_period_start })
    expect(Date.parse(of.trial_end ?? '') - Date.parse(of.trial_start ?? '')).toBe(14 * DAY)
  })

  test('whose first payment fails is past due, and recovers as a renewal does', () => {
    const { script } = started.polar
    const failed = script.failRenewal({ product: { trialDays: 14 } })
    const of = subscriptionIn(failed.events)
    expect(of).toMatchObject({ status: 'past_due', trial_end: of.current_period_start })
    const { events } = script.recover(failed.orderId)
    expect(types(events)).toEqual([
      'subscription.updated',
      'subscription.active',
      'order.updated',
      'order.paid',
    ])
    expect(orderIn(events).subscription).toMatchObject({
      status: 'active',
      past_due_at: null,
      trial_end: of.trial_end,
    })
  })
})

describe('usage', () => {
  test('is told again and again, and nothing but the meter differs', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const { events } = script.recordUsage(subscriptionId, { times: 3, units: 4, amount: 50 })
    expect(types(events)).toEqual(Array(3).fill('subscription.updated'))
    const told = events.map(({ data }) => {
      const { meters, modified_at, ...rest } = data as unknown as Subscription
      return { meter: meters[0], rest }
    })
    expect(told.map(({ meter }) => [meter?.consumed_units, meter?.amount])).toEqual([
      [4, 50],
      [8, 100],
      [12, 150],
    ])
    expect(told[2]?.rest).toEqual(told[0]?.rest)
  })

  test('is billed between two renewals, by an order alone', () => {
    const { script, world } = started.polar
    const product = { recurring_interval: 'year', meter_interval: 'month' } as const
    const { subscriptionId } = script.subscribe({ product })
    script.recordUsage(subscriptionId, { units: 100, amount: 1_200 })
    const before = world.subscriptions.get(subscriptionId)
    const { events } = script.billUsage({ subscriptionId })
    expect(types(events)).toEqual(CHARGED)
    expect(orderIn(events)).toMatchObject({
      billing_reason: 'subscription_meter_cycle',
      total_amount: 1_200,
      items: [{ label: 'Render minutes' }],
    })
    const after = world.subscriptions.get(subscriptionId)
    expect(after?.current_meter_period_start).toBe(before?.current_meter_period_end)
    expect(after?.current_period_end).toBe(before?.current_period_end)
    expect(after?.meters[0]?.amount).toBe(0)
    expect(orderIn(script.billUsage().events).total_amount).toBe(1_350)
  })
})

describe('an end', () => {
  test('that was chosen comes with the period: canceled is told twice, for one moment', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const chosen = script.cancel(subscriptionId, { reason: 'too_expensive', comment: 'Later' })
    expect(types(chosen.events)).toEqual(['subscription.updated', 'subscription.canceled'])
    expect(subscriptionIn(chosen.events)).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
      customer_cancellation_reason: 'too_expensive',
      customer_cancellation_comment: 'Later',
    })
    started.clock.advance(32 * DAY)
    const { events, orderId } = script.end(subscriptionId)
    expect(types(events)).toEqual(OVER)
    expect(orderId).toBeUndefined()
    const over = subscriptionIn(events)
    const { canceled_at, ends_at } = subscriptionIn(chosen.events)
    expect(over).toMatchObject({ status: 'canceled', canceled_at, ends_at })
    expect((over.ended_at ?? '') > (ends_at ?? '')).toBe(true)
  })

  test('bills what was used until then, in the words of a renewal', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    script.cancel(subscriptionId)
    const { events } = script.end(subscriptionId, { usage: 845 })
    expect(types(events)).toEqual([...OVER, ...CHARGED])
    const { subscription: of, ...order } = orderIn(events)
    expect(order).toMatchObject({ billing_reason: 'subscription_cycle', total_amount: 845 })
    expect(of.ended_at).not.toBeNull()
  })

  test('at once is canceled and over at one moment', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const { canceled_at } = subscriptionIn(script.cancel(subscriptionId).events)
    const { events } = script.revoke(subscriptionId)
    expect(types(events)).toEqual(OVER)
    const over = subscriptionIn(events)
    expect(over.canceled_at).not.toBe(canceled_at)
    expect([over.ends_at, over.ended_at]).toEqual([over.canceled_at, over.canceled_at])
  })

  test('after the last retry says since when it was past due, and voids the order', () => {
    const { script } = started.polar
    const { events } = script.giveUp(script.failRenewal().orderId)
    expect(types(events)).toEqual([...OVER, 'order.updated'])
    expect(subscriptionIn(events)).toMatchObject({
      status: 'canceled',
      past_due_at: expect.any(String),
    })
    expect(orderIn(events)).toMatchObject({ status: 'void', next_payment_attempt_at: null })
  })

  test('that is undone leaves no trace of it', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    script.cancel(subscriptionId, { reason: 'unused' })
    const { events } = script.uncancel(subscriptionId)
    expect(types(events)).toEqual(['subscription.updated', 'subscription.uncanceled'])
    expect(subscriptionIn(events)).toMatchObject({
      cancel_at_period_end: false,
      canceled_at: null,
      ends_at: null,
      customer_cancellation_reason: null,
    })
  })
})

describe('a pause', () => {
  test('is asked for, begins with the period’s end, and ends with a charge', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const resumesAt = new Date(started.clock.now() + 90 * DAY).toISOString()
    const asked = script.schedulePause(subscriptionId, { resumesAt })
    expect(types(asked.events)).toEqual(['subscription.updated'])
    expect(subscriptionIn(asked.events)).toMatchObject({
      status: 'active',
      pause_at_period_end: true,
      resumes_at: resumesAt,
      paused_at: null,
    })
    started.clock.advance(32 * DAY)
    const paused = script.pause(subscriptionId)
    expect(types(paused.events)).toEqual(['subscription.updated', 'subscription.paused'])
    expect(subscriptionIn(paused.events)).toMatchObject({
      status: 'paused',
      pause_at_period_end: false,
      resumes_at: resumesAt,
      paused_at: expect.any(String),
      current_period_end: subscriptionIn(asked.events).current_period_end,
    })
    started.clock.advance(58 * DAY)
    const { events } = script.resume(subscriptionId)
    expect(types(events)).toEqual(['subscription.updated', 'subscription.resumed', ...CHARGED])
    const resumed = subscriptionIn(events)
    expect(resumed).toMatchObject({ status: 'active', paused_at: null, resumes_at: null })
    expect(orderIn(events)).toMatchObject({
      billing_reason: 'subscription_cycle',
      subscription: { current_period_start: resumed.current_period_start },
    })
  })

  test('that was asked for can be taken back', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    script.schedulePause(subscriptionId, { resumesAt: null })
    const { events } = script.unschedulePause(subscriptionId)
    expect(types(events)).toEqual(['subscription.updated'])
    expect(subscriptionIn(events)).toMatchObject({ pause_at_period_end: false, resumes_at: null })
  })
})

describe('another plan', () => {
  const larger = { name: 'Label Plan', amount: 7900 }
  const BILLED = ['order.created', 'subscription.updated', 'order.updated', 'order.paid']

  test('that is invoiced is billed between the order and its payment', () => {
    const { script } = started.polar
    const { subscriptionId, productId } = script.subscribe()
    const changed = script.changePlan(subscriptionId, { product: larger, proration: 'invoice' })
    expect(types(changed.events)).toEqual(BILLED)
    expect(changed.events[0]?.data).toMatchObject({
      status: 'pending',
      billing_reason: 'subscription_update',
      product_id: changed.newProductId,
    })
    const order = orderIn(changed.events)
    expect(order.items).toMatchObject([
      { label: expect.stringMatching(/^Remaining time on Studio Plan — From /), proration: true },
      { label: expect.stringMatching(/^Label Plan — From /), proration: true },
    ])
    expect(order.total_amount).toBeGreaterThan(4_990)
    expect(order.total_amount).toBeLessThanOrEqual(5_000)
    expect(subscriptionIn(changed.events)).toMatchObject({ amount: 7900, pending_update: null })
    expect(subscriptionIn(changed.events).product_id).not.toBe(productId)
  })

  test('that costs less is paid by what is left of the one before', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const { events } = script.changePlan(subscriptionId, {
      product: { amount: 900 },
      proration: 'invoice',
    })
    expect(types(events)).toEqual([...CHARGED, 'subscription.updated'])
    expect(orderIn(events)).toMatchObject({ due_amount: 0, receipt_number: null, status: 'paid' })
    expect(orderIn(events).total_amount).toBeLessThan(0)
  })

  test('that is prorated is told and not billed, unless it has another interval', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe()
    const same = script.changePlan(subscriptionId, { product: larger, proration: 'prorate' })
    expect(types(same.events)).toEqual(['subscription.updated'])
    expect(same.orderId).toBeUndefined()
    const yearly = {
      name: 'Label Plan, a year',
      amount: 79_000,
      recurring_interval: 'year',
    } as const
    const other = script.changePlan(subscriptionId, { product: yearly, proration: 'prorate' })
    expect(types(other.events)).toEqual(BILLED)
    const { current_period_start, current_period_end } = subscriptionIn(other.events)
    const days = (Date.parse(current_period_end) - Date.parse(current_period_start)) / DAY
    expect(days).toBeGreaterThanOrEqual(365)
  })

  test('for the next period waits for it, and the renewal has it', () => {
    const { script } = started.polar
    const { subscriptionId, productId } = script.subscribe()
    const { events, newProductId } = script.changePlan(subscriptionId, {
      product: larger,
      proration: 'next_period',
    })
    expect(types(events)).toEqual(['subscription.updated'])
    const waiting = subscriptionIn(events)
    expect(waiting).toMatchObject({ product_id: productId, amount: 2900 })
    expect(waiting.pending_update).toEqual({
      id: expect.any(String),
      created_at: expect.any(String),
      modified_at: null,
      applies_at: waiting.current_period_end,
      product_id: newProductId,
      seats: null,
      units: null,
    })
    started.clock.advance(32 * DAY)
    const renewed = script.renew({ subscriptionId })
    expect(types(renewed.events)).toEqual([
      'subscription.cycled',
      'subscription.updated',
      ...CHARGED,
    ])
    expect(subscriptionIn(renewed.events)).toMatchObject({
      product_id: newProductId,
      amount: 7900,
      pending_update: null,
      product: { name: 'Label Plan' },
    })
    expect(orderIn(renewed.events)).toMatchObject({ total_amount: 7900, product_id: newProductId })
  })

  test('for the next period can be taken back', () => {
    const { script } = started.polar
    const { subscriptionId, productId } = script.subscribe()
    script.changePlan(subscriptionId, { product: larger, proration: 'next_period' })
    const { events } = script.clearPendingUpdate(subscriptionId)
    expect(types(events)).toEqual(['subscription.updated'])
    expect(subscriptionIn(events)).toMatchObject({ product_id: productId, pending_update: null })
  })

  test('during a trial costs nothing', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe({ product: { trialDays: 14 } })
    const changed = script.changePlan(subscriptionId, { product: larger, proration: 'invoice' })
    expect(types(changed.events)).toEqual(['subscription.updated'])
    expect(subscriptionIn(changed.events)).toMatchObject({ status: 'trialing', amount: 7900 })
  })
})

describe('more of the same', () => {
  const seats = { product: { per: 'seat', amount: 1200 }, subscription: { seats: 3 } } as const

  test('is billed for the difference', () => {
    const { script } = started.polar
    const { subscriptionId, events } = script.subscribe(seats)
    expect(orderIn(events)).toMatchObject({ total_amount: 3600, subscription: { seats: 3 } })
    const changed = script.changeQuantity(subscriptionId, { seats: 5, proration: 'invoice' })
    expect(types(changed.events)).toEqual([
      'order.created',
      'subscription.updated',
      'order.updated',
      'order.paid',
    ])
    expect(subscriptionIn(changed.events)).toMatchObject({ seats: 5, amount: 6000 })
    const [item] = orderIn(changed.events).items
    expect(item).toMatchObject({ label: expect.stringContaining('(3 → 5 seats)') })
    expect(item?.amount).toBeGreaterThan(2_390)
    expect(item?.amount).toBeLessThanOrEqual(2_400)
  })

  test('is told alone when it is prorated, in units as in seats', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe({ product: { per: 'unit', amount: 500 } })
    const { events } = script.changeQuantity(subscriptionId, { units: 4, proration: 'prorate' })
    expect(types(events)).toEqual(['subscription.updated'])
    expect(subscriptionIn(events)).toMatchObject({ units: 4, seats: null, amount: 2000 })
  })

  test('joins a plan that already waits for the next period', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe(seats)
    const product = { per: 'seat', amount: 2000 } as const
    const plan = script.changePlan(subscriptionId, { product, proration: 'next_period' })
    const both = script.changeQuantity(subscriptionId, { seats: 2, proration: 'next_period' })
    expect(subscriptionIn(both.events).pending_update).toMatchObject({
      id: subscriptionIn(plan.events).pending_update?.id,
      product_id: plan.newProductId,
      seats: 2,
    })
    const renewed = script.renew({ subscriptionId })
    expect(subscriptionIn(renewed.events)).toMatchObject({ seats: 2, amount: 4000 })
  })
})

describe('a refund', () => {
  test('of a part, and another of the rest, add up to the whole', async () => {
    const { polar, sdk } = started
    const { orderId } = polar.script.purchase({ amount: 6000, tax: 600 })
    const part = polar.script.refund(orderId, { amount: 2000 })
    expect(orderIn(part.events)).toMatchObject({
      status: 'partially_refunded',
      refunded_amount: 2000,
      refunded_tax_amount: 200,
      refundable_amount: 4000,
    })
    const rest = polar.script.refund(orderId)
    expect(orderIn(rest.events)).toMatchObject({
      status: 'refunded',
      refunded_amount: 6000,
      refundable_amount: 0,
    })
    const listed = await sdk.refunds.list({ order_id: orderId })
    expect(listed.items.map(({ id, amount }) => [id, amount])).toEqual([
      [rest.refundId, 4000],
      [part.refundId, 2000],
    ])
  })

  test('that takes its time is told when it begins and when it has arrived', async () => {
    const { polar, sdk } = started
    const { orderId } = polar.script.purchase()
    const begun = polar.script.refund(orderId, { status: 'pending', reason: 'duplicate' })
    expect(types(begun.events)).toEqual(['refund.created'])
    expect((await sdk.orders.get(orderId)).refunded_amount).toBe(0)
    expect((await sdk.refunds.list({ succeeded: true })).items).toEqual([])
    const { events } = polar.script.settleRefund(begun.refundId)
    expect(types(events)).toEqual(['refund.updated', 'order.updated', 'order.refunded'])
    expect(last<Refund>(events, 'refund')).toMatchObject({
      id: begun.refundId,
      status: 'succeeded',
      reason: 'duplicate',
    })
    expect((await sdk.orders.get(orderId)).status).toBe('refunded')
  })

  test('that comes back is told without order.refunded, and the order is paid again', () => {
    const { script } = started.polar
    const { orderId } = script.purchase()
    const { refundId } = script.refund(orderId)
    const { events } = script.failRefund(refundId)
    expect(types(events)).toEqual(['refund.updated', 'order.updated'])
    expect(orderIn(events)).toMatchObject({ status: 'paid', refunded_amount: 0 })
    const pending = script.refund(orderId, { status: 'pending' })
    expect(types(script.failRefund(pending.refundId).events)).toEqual(['refund.updated'])
  })
})

test('a script is played the same way, whatever it tells', async () => {
  const { polar } = started
  const { subscriptionId } = polar.script.subscribe()
  const played = await polar.scenario.schedulePause(subscriptionId)
  expect(played.deliveries.map(({ status }) => status)).toEqual([202])
  await polar.scenario.updateOrganization({ name: 'Larkspur Sound' })
  expect(started.types()).toEqual(['subscription.updated', 'organization.updated'])
  expect(JSON.parse(started.received[1]?.body ?? '').data.name).toBe('Larkspur Sound')
})
