// The failures that Polar sends no event of: invoices of usage, and final invoices.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { orderIn, types } from './events-of.ts'
import { type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

test('failed payments of all customers are listed, newest first, a page at a time', async () => {
  const { polar, sdk, clock } = started
  const orders: string[] = []
  for (let count = 0; count < 3; count++) {
    orders.unshift(polar.script.failRenewal().orderId)
    polar.script.purchase()
    clock.advance(1000)
  }
  const page = (number: number) =>
    sdk.payments.list({ status: 'failed', sorting: ['-created_at'], limit: 2, page: number })
  const [first, second] = [await page(1), await page(2)]
  expect([...first.items, ...second.items].map(({ order_id }) => order_id)).toEqual(orders)
  expect(first.pagination).toEqual({ total_count: 3, max_page: 2 })
  expect(first.items[0]).toMatchObject({ trigger: 'subscription_cycle', status: 'failed' })
})

test('an invoice of usage that fails leaves the subscription active, and is tried four times more', () => {
  const { script, world } = started.polar
  const { subscriptionId } = script.subscribe()
  const { events, orderId, afterwards } = script.failUsage({ subscriptionId, amount: 700 })
  afterwards()
  const retried: typeof events = []
  expect(types(events)).toEqual(['order.created'])
  expect(orderIn(events)).toMatchObject({
    ...{ status: 'pending', billing_reason: 'subscription_meter_cycle', due_amount: 700 },
  })
  for (const days of [2, 5, 7, 7]) {
    expect(world.orders.get(orderId)?.status).toBe('pending')
    const next = Date.parse(world.orders.get(orderId)?.next_payment_attempt_at ?? '')
    expect(Math.round((next - started.clock.now()) / DAY)).toBe(days)
    started.clock.advance(days * DAY)
    retried.push(...script.retry(orderId).events)
  }
  expect(types(retried)).toEqual(['order.updated'])
  expect(world.orders.get(orderId)).toMatchObject({ status: 'void', next_payment_attempt_at: null })
  expect(world.paymentsOf(orderId)).toHaveLength(5)
  expect(world.subscriptions.get(subscriptionId)).toMatchObject({ status: 'active' })
})

test('a final invoice that fails stays open, and is not tried again', () => {
  const { script, world } = started.polar
  const { subscriptionId } = script.subscribe()
  script.cancel(subscriptionId)
  const { events, orderId } = script.end(subscriptionId, { usage: 845, failing: {} })
  expect(types(events).at(-1)).toBe('order.created')
  expect(world.orders.get(orderId ?? '')).toMatchObject({
    ...{ status: 'pending', next_payment_attempt_at: null, due_amount: 845 },
  })
})
