// A backfill reads the orders of a busy shop from lists: orders from before a page of events come first there, for pages.

import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createSystemEvents } from '../../src/backfill/sources/system-events.ts'
import { SECOND } from '../../src/runtime/clock.ts'

const PAGE = 100

/** Orders that were paid one a second; the events of the last hundred are asked for. */
const shopOf = (orders: number) => {
  const timeOf = (n: number) => new Date(n * SECOND).toISOString()
  const calls = { lists: 0, orders: 0 }
  const lookUps = { now: 0, most: 0 }
  const came = async () => {
    lookUps.now += 1
    lookUps.most = Math.max(lookUps.most, lookUps.now)
    await turn()
    lookUps.now -= 1
    return false
  }
  const ids = Array.from({ length: orders }, (_, n) => `order-${n}`)
  const source = createSystemEvents({
    polar: {
      systemEvents: async () => ({
        items: ids.slice(-PAGE).map((orderId, n) => ({
          ...{ id: `event-${orderId}`, name: 'order.paid', at: timeOf(orders - PAGE + n + 1) },
          ...{ orderId, customerId: 'customer', subscriptionId: null, since: null },
        })),
        next: null,
      }),
      listOrders: async ({ page }) => {
        calls.lists += 1
        const items = ids.slice((page - 1) * PAGE, page * PAGE).map((id) => ({ id }))
        return { items, isLast: page * PAGE >= orders }
      },
      order: async (id) => {
        calls.orders += 1
        return { id }
      },
      subscription: async () => null,
      customerObject: async () => null,
    },
    known: { has: async () => false, came, note: () => {} },
  })
  return {
    calls,
    lookUps,
    page: () => source.page({ since: timeOf(0), until: timeOf(orders) }, null),
  }
}

test.each([
  [100, { lists: 1, orders: 0 }],
  [350, { lists: 4, orders: 0 }],
  [100_000, { lists: 10, orders: 100 }],
])('of %d orders of the last minutes, a hundred take these calls', async (orders, expected) => {
  const { calls, page } = shopOf(orders)
  const { found } = await page()
  expect(found).toHaveLength(PAGE)
  expect(calls).toEqual(expected)
})

test('the events of a page are looked up ten at a time, since each look-up asks every shard', async () => {
  const { lookUps, page } = shopOf(PAGE)
  await page()
  expect(lookUps.most).toBe(10)
})
