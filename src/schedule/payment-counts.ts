// Counts failed payments and unpaid final invoices, of all processes, and remembers the last failed payment that was seen.

import { randomUUID } from 'node:crypto'
import type { FailedPayment } from '../polar/payments.ts'
import type { RedisClient } from '../redis/connection.ts'
import { FAILED_PAYMENTS_KEYS } from '../redis/keys.ts'
import { createLease } from '../redis/lease.ts'
import { MINUTE } from '../runtime/clock.ts'

/** Longer than a process reads at once, even if each answer of Polar's takes its whole timeout. */
const LEASE = 10 * MINUTE

const TRIGGERS = [
  ...['purchase', 'subscription_cycle', 'retry_dunning'],
  ...['retry_customer', 'retry_payment_method_update', 'retry_admin'],
]

const OTHER = 'other'

const DAY_LENGTH = 'YYYY-MM-DD'.length

const FINAL_INVOICES = 'final_invoices'

export type Seen = Pick<FailedPayment, 'id' | 'createdAt'>

export const createPaymentCounts = (redis: RedisClient) => {
  const { last, polling, counts, days } = FAILED_PAYMENTS_KEYS
  const lease = createLease(redis, polling, LEASE)
  return {
    /** The last failed payment that was seen; `null` before the first look. */
    last: async (): Promise<Seen | null> => {
      const text = await redis.get(last)
      return text === null ? null : (JSON.parse(text) as Seen)
    },
    /** Remembers the payment as the last one, without counting it. */
    begin: async ({ id, createdAt }: Seen): Promise<void> => {
      await redis.set(last, JSON.stringify({ id, createdAt }))
    },
    /** Remembers the payment as the last one, and counts it. */
    seen: async ({ id, createdAt, trigger }: FailedPayment): Promise<void> => {
      const counted = trigger !== null && TRIGGERS.includes(trigger) ? trigger : OTHER
      await redis
        .multi()
        .hincrby(counts, counted, 1)
        .hincrby(days, `${createdAt.slice(0, DAY_LENGTH)} ${counted}`, 1)
        .set(last, JSON.stringify({ id, createdAt }))
        .exec()
    },
    countFinalInvoice: async (): Promise<void> => {
      await redis.hincrby(counts, FINAL_INVOICES, 1)
    },
    /** The counts since the first start. */
    read: async (): Promise<{ byTrigger: Record<string, number>; finalInvoices: number }> => {
      const { [FINAL_INVOICES]: finalInvoices = '0', ...byTrigger } = await redis.hgetall(counts)
      const numbers = Object.entries(byTrigger).map(([trigger, count]) => [trigger, Number(count)])
      return { byTrigger: Object.fromEntries(numbers), finalInvoices: Number(finalInvoices) }
    },
    /** The counts of these days (`2026-12-31`, in UTC), by day and trigger. A day on which nothing failed has none. */
    byDay: async (wanted: readonly string[]): Promise<Record<string, Record<string, number>>> => {
      const fields = wanted.flatMap((day) =>
        [...TRIGGERS, OTHER].map((trigger) => ({ day, trigger })),
      )
      const found = await redis.hmget(
        days,
        ...fields.map(({ day, trigger }) => `${day} ${trigger}`),
      )
      const all: Record<string, Record<string, number>> = {}
      for (const [at, { day, trigger }] of fields.entries())
        if (found[at]) all[day] = { ...all[day], [trigger]: Number(found[at]) }
      return all
    },
    /** Does the work unless another process is at it; resolves with `null` then. */
    alone: async <T>(work: () => Promise<T>): Promise<T | null> => {
      const owner = randomUUID()
      if (!(await lease.take(owner))) return null
      try {
        return await work()
      } finally {
        await lease.giveBack(owner)
      }
    },
  }
}

export type PaymentCounts = ReturnType<typeof createPaymentCounts>
