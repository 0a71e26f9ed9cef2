import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { CHARGED, orderIn, subscriptionIn, types } from './events-of.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

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

  test('leaves a plan that waits for the next period', () => {
    const { script } = started.polar
    const { subscriptionId } = script.subscribe(seats)
    const product = { per: 'seat', amount: 2000 } as const
    const plan = script.changePlan(subscriptionId, { product, proration: 'next_period' })
    const { events } = script.changeQuantity(subscriptionId, { seats: 4, proration: 'prorate' })
    expect(subscriptionIn(events)).toMatchObject({
      seats: 4,
      amount: 4800,
      pending_update: { product_id: plan.newProductId, seats: null },
    })
  })
})
