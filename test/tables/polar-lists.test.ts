// Reading system events and lists from the simulated Polar, page by page.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY, SECOND } from '../../src/runtime/clock.ts'
import { type Started, startPolar } from '../sandbox/world.ts'
import { stoppedClock } from './decided.ts'
import { clientOf } from './polar-client.ts'

let started: Started
let clock: ReturnType<typeof stoppedClock>
let polar: ReturnType<typeof clientOf>
beforeEach(async () => {
  clock = stoppedClock()
  started = await startPolar({ clock })
  polar = clientOf(started)
})
afterEach(() => started.close())

const now = () => new Date(clock.now()).toISOString()
const script = () => started.polar.script

describe('system events', () => {
  const START = '2026-11-01T00:00:00Z'
  const events = (which: object = {}) =>
    polar.systemEvents({ names: ['order.paid'], after: START, ...which })

  test('name the objects of what happened, oldest first', async () => {
    const bought = script().purchase()
    clock.advance(DAY)
    const renewed = script().renew()
    expect(await events({ names: ['order.paid', 'subscription.cycled'] })).toMatchObject({
      items: [
        { name: 'order.paid', orderId: bought.orderId, subscriptionId: null },
        { name: 'subscription.cycled', orderId: null, subscriptionId: renewed.subscriptionId },
        {
          ...{ name: 'order.paid', orderId: renewed.orderId, customerId: renewed.customerId },
          subscriptionId: renewed.subscriptionId,
        },
      ],
      next: null,
    })
  })

  test('are those of the names and the time asked for', async () => {
    script().purchase()
    clock.advance(DAY)
    const since = now()
    script().welcome()
    const second = script().purchase()
    clock.advance(DAY)
    const until = now()
    script().purchase()
    const { items } = await events({ after: since, before: until })
    expect(items.map(({ orderId }) => orderId)).toEqual([second.orderId])
  })

  test('come in pages, and none is lost while new ones arrive', async () => {
    const buy = () => {
      clock.advance(SECOND)
      return script().purchase().orderId
    }
    const made = Array.from({ length: 250 }, buy)
    const seen = new Set<string | null>()
    let after: string | null = START
    let pages = 0
    while (after !== null) {
      const page = await events({ after })
      for (const { orderId } of page.items) seen.add(orderId)
      after = page.next
      if (after !== null) made.push(buy())
      pages++
    }
    expect([...seen]).toEqual(made)
    expect(pages).toBe(3)
  })

  test('of an unexpected shape are left out', async () => {
    const row = { id: 'a', name: 'order.paid', timestamp: '2026-11-20T12:00:00Z' }
    const items = [
      { ...row, name: null },
      { ...row, metadata: null, customer_id: null },
    ]
    started.polar.fault = () => ({
      status: 200,
      body: { items, pagination: { has_next_page: false } },
    })
    expect((await events()).items).toEqual([
      {
        ...{ id: 'a', name: 'order.paid', at: '2026-11-20T12:00:00Z' },
        ...{ customerId: null, subscriptionId: null, since: null, orderId: null },
      },
    ])
  })

  test('need a scope, which is named', async () => {
    started.polar.missingScopes = ['events:read', 'events:write']
    await expect(events()).rejects.toThrow(/lacks the scope events:read or events:write/)
  })
})

/** The ids on all pages, in their order. */
const idsOf = async (
  list: (page: number) => Promise<{ items: readonly unknown[]; isLast: boolean }>,
) => {
  const ids: string[] = []
  for (let page = 1, isLast = false; !isLast; page++) {
    const read = await list(page)
    ids.push(...read.items.map((item) => (item as { id: string }).id))
    isLast = read.isLast
  }
  return ids
}

describe('lists', () => {
  test('orders come oldest first, page by page, in the shape of events', async () => {
    const made = Array.from({ length: 101 }, () => script().purchase().orderId)
    expect(await idsOf((page) => polar.listOrders({ page }))).toEqual(made)
    expect(await polar.listOrders({ page: 1 })).toMatchObject({ isLast: false })
    const { items, isLast } = await polar.listOrders({ page: 2 })
    expect(isLast).toBe(true)
    expect(items).toEqual([started.polar.world.orderView(made[100] ?? '')])
  })

  test('orders can be those of a time, a status, a customer or a subscription', async () => {
    const { orderId } = script().purchase()
    clock.advance(DAY)
    const since = now()
    const open = script().failRenewal()
    clock.advance(DAY)
    const until = now()
    clock.advance(SECOND)
    const last = script().purchase()
    const ids = (which: object) => idsOf((page) => polar.listOrders({ page, ...which }))
    expect(await ids({})).toEqual([orderId, open.orderId, last.orderId])
    expect(await ids({ createdAfter: since })).toEqual([open.orderId, last.orderId])
    expect(await ids({ createdBefore: until })).toEqual([orderId, open.orderId])
    expect(await ids({ status: ['pending'] })).toEqual([open.orderId])
    expect(await ids({ subscriptionId: open.subscriptionId })).toEqual([open.orderId])
    expect(await ids({ customerId: last.customerId })).toEqual([last.orderId])
  })

  test('subscriptions can be those of a status, a customer or a time', async () => {
    const first = script().subscribe()
    clock.advance(DAY)
    const since = now()
    const pastDue = script().failRenewal({ subscriptionId: script().subscribe().subscriptionId })
    script().cancel(first.subscriptionId)
    const ids = (which: object) => idsOf((page) => polar.listSubscriptions({ page, ...which }))
    expect(await ids({})).toEqual([first.subscriptionId, pastDue.subscriptionId])
    expect(await ids({ status: ['past_due'] })).toEqual([pastDue.subscriptionId])
    expect(await ids({ customerId: first.customerId })).toEqual([first.subscriptionId])
    expect(await ids({ startedAfter: since })).toEqual([pastDue.subscriptionId])
    expect(await ids({ canceledAfter: since })).toEqual([first.subscriptionId])
  })

  test('customers come oldest first, and refunds newest first', async () => {
    const customers = [script().welcome().customerId, script().welcome().customerId]
    expect(await idsOf((page) => polar.listCustomers({ page }))).toEqual(customers)
    const bought = [script().purchase(), script().purchase()]
    const refunds = bought.map(({ orderId }) => script().refund(orderId).refundId)
    expect(await idsOf((page) => polar.listRefunds({ page }))).toEqual(refunds.toReversed())
  })

  test.each([
    ['orders:read', () => polar.listOrders({ page: 1 })],
    ['subscriptions:read', () => polar.listSubscriptions({ page: 1 })],
    ['customers:read', () => polar.listCustomers({ page: 1 })],
    ['refunds:read', () => polar.listRefunds({ page: 1 })],
  ])('need a scope, which is named: %s', async (scope, call) => {
    started.polar.missingScopes = [scope, scope.replace('read', 'write')]
    await expect(call()).rejects.toThrow(`lacks the scope ${scope}`)
  })
})
