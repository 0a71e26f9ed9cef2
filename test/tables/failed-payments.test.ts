// The hourly look at failed payments: when it comes, how far it reads, and that it goes on where it was left.

import { expect, test } from 'vitest'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import type { FailedPayment } from '../../src/polar/payments.ts'
import { FAILED_PAYMENTS_KEYS } from '../../src/redis/keys.ts'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { createFailedPayments, nextLook } from '../../src/schedule/failed-payments.ts'
import { createPaymentCounts } from '../../src/schedule/payment-counts.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const NOW = Date.parse('2026-11-20T12:07:00Z')

/** The nth failed payment, each a second after the one before it. */
const failed = (n: number, change: Partial<FailedPayment> = {}): FailedPayment => ({
  ...{ id: `payment-${n}`, createdAt: new Date(NOW - HOUR + n * 1000).toISOString() },
  ...{ trigger: 'subscription_cycle', orderId: `order-${n}` },
  ...change,
})

/** Polar with these payments, oldest first, of orders that are paid by now. */
const started = async (given: readonly FailedPayment[], pageSize = 3) => {
  await redis.flushall()
  const payments = [...given]
  const pages: number[] = []
  const orders: string[] = []
  let away = Number.POSITIVE_INFINITY
  const counts = createPaymentCounts(redis)
  const look = createFailedPayments({
    counts,
    polar: {
      failedPayments: async (page) => {
        pages.push(page)
        const newest = payments.toReversed()
        const items = newest.slice((page - 1) * pageSize, page * pageSize)
        return { items, isLast: page * pageSize >= newest.length }
      },
      order: async (id) => {
        if (orders.length >= away) throw new PolarUnavailableError('Polar: away')
        orders.push(id)
        return null
      },
      subscription: async () => null,
    },
    customers: { load: () => Promise.reject(new Error('no customer is read')) },
    decide: () => Promise.reject(new Error('nothing is decided')),
    due: { at: async () => {}, scoreOf: async () => 0 },
    quietHours: { from: 0, until: 0 },
    nudge: async () => {},
    finalInvoiceUnpaid: () => {},
    clock: stoppedClock(NOW),
    log: { info: () => {}, warn: () => {} } as never,
  }).look
  return {
    ...{ payments, pages, orders, counts, look },
    goAwayAfter: (count: number) => {
      away = count
    },
  }
}

test.each([
  ['2026-11-20T12:00:00Z', '2026-11-20T12:07:00.000Z'],
  ['2026-11-20T12:06:59Z', '2026-11-20T12:07:00.000Z'],
  ['2026-11-20T12:07:00Z', '2026-11-20T13:07:00.000Z'],
  ['2026-11-20T23:59:00Z', '2026-11-21T00:07:00.000Z'],
])('after %s it comes at %s', (now, at) => {
  expect(new Date(nextLook(Date.parse(now))).toISOString()).toBe(at)
})

test('the first look takes all that has failed for seen, and reads one page', async () => {
  const { look, pages, orders, counts } = await started([1, 2, 3, 4, 5].map((n) => failed(n)))
  expect(await look()).toBe(NOW + HOUR)
  expect([pages, orders]).toEqual([[1], []])
  expect((await counts.last())?.id).toBe('payment-5')
  expect((await counts.read()).byTrigger).toEqual({})
})

test('the first look may find none', async () => {
  const { look, payments, orders } = await started([])
  await look()
  payments.push(failed(1, { createdAt: new Date(NOW + 1).toISOString() }))
  await look()
  expect(orders).toEqual(['order-1'])
})

test('pages are read down to the last payment that was seen, and orders from the oldest', async () => {
  const { look, payments, pages, orders } = await started([failed(1), failed(2)])
  await look()
  payments.push(...[3, 4, 5, 6].map((n) => failed(n)))
  pages.length = 0
  await look()
  expect(pages).toEqual([1, 2])
  expect(orders).toEqual(['order-3', 'order-4', 'order-5', 'order-6'])
  pages.length = 0
  await look()
  expect([pages, orders.length]).toEqual([[1], 4])
})

test('a last payment that is gone ends the reading by its time', async () => {
  const { look, payments, orders } = await started([failed(1), failed(2)])
  await look()
  payments.splice(1, 1, failed(3))
  await look()
  expect(orders).toEqual(['order-3'])
})

test('no order is read for a retry, nor for a checkout', async () => {
  const { look, payments, orders, counts } = await started([failed(1)])
  await look()
  payments.push(failed(2, { trigger: 'retry_dunning' }), failed(3, { trigger: 'retry_customer' }))
  payments.push(failed(4, { trigger: 'purchase', orderId: null }), failed(5, { trigger: 'new' }))
  await look()
  expect(orders).toEqual(['order-5'])
  expect((await counts.read()).byTrigger).toEqual({
    ...{ retry_dunning: 1, retry_customer: 1, purchase: 1, other: 1 },
  })
})

test('fifty orders are read in a minute, and the others in the next', async () => {
  const { look, payments, orders, counts } = await started([failed(1)], 100)
  await look()
  payments.push(...Array.from({ length: 70 }, (_, n) => failed(n + 2)))
  expect(await look()).toBe(NOW + MINUTE)
  expect(orders).toHaveLength(50)
  expect(await look()).toBe(NOW + HOUR)
  expect(new Set(orders).size).toBe(70)
  expect((await counts.read()).byTrigger).toEqual({ subscription_cycle: 70 })
})

test('a failure goes on where it happened, and counts no payment twice', async () => {
  const { look, payments, orders, counts, goAwayAfter } = await started([failed(1)])
  await look()
  payments.push(...[2, 3, 4].map((n) => failed(n)))
  goAwayAfter(2)
  await expect(look()).rejects.toThrow('Polar: away')
  goAwayAfter(100)
  await look()
  expect(orders).toEqual(['order-2', 'order-3', 'order-4'])
  expect((await counts.read()).byTrigger).toEqual({ subscription_cycle: 3 })
})

test('one process looks at a time', async () => {
  const { look, counts, pages } = await started([failed(1)])
  await counts.alone(async () => {
    expect(await look()).toBe(NOW + MINUTE)
  })
  expect(pages).toEqual([])
  expect(await look()).toBe(NOW + HOUR)
})

test('a process that was slower than its lease does not free the lease of the next', async () => {
  const { look, counts, pages } = await started([failed(1)])
  await counts.alone(() => redis.set(FAILED_PAYMENTS_KEYS.polling, 'the next process'))
  expect(await look()).toBe(NOW + MINUTE)
  expect(pages).toEqual([])
})
