import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import type { Subscription } from '../../src/sandbox/polar/shapes/rows.ts'
import { CHARGED, orderIn, refundIn, subscriptionIn, types } from './events-of.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

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
    expect(refundIn(events)).toMatchObject({
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
