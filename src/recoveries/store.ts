// Recovered payments in Redis: a record for each order, so that none is counted twice, and the totals. Both lie on the
// customer's shard, and neither names a customer.

import { createHash } from 'node:crypto'
import type { Guard, Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { everyShard, shardSlot } from '../redis/keys.ts'
import { DAY } from '../runtime/clock.ts'
import type { Credit } from './credit.ts'

/** `amount` is in the currency's smallest unit, `at` in milliseconds. */
export type Recovery = { amount: number; currency: string; by: Credit; at: number }

/** Amounts are in the currency's smallest unit. */
export type Total = { currency: string; by: Credit; amount: number; payments: number }

/** Days in UTC, both inclusive, as `2026-12-31`. */
export type Days = { since: string; until: string }

const RECORD = 'recovery'
const TOTALS = 'recovered'

/** An order is known by a digest: its id would lead to its customer at Polar. */
const orderKey = (customer: string, orderId: string): string => {
  const digest = createHash('sha256').update(`recovery\n${orderId}`).digest().subarray(0, 16)
  return shardSlot(customer, RECORD, digest.toString('base64url'))
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 'YYYY-MM-DD'.length)
const monthOf = (day: string): string => day.slice(0, 'YYYY-MM'.length)

/** Every month of these days. */
const monthsOf = ({ since, until }: Days): string[] => {
  const months = new Set<string>()
  for (let at = Date.parse(since); at <= Date.parse(until); at += DAY)
    months.add(monthOf(dayOf(at)))
  return [...months]
}

/** A field of the totals; the currency is the rest of it, since Polar chooses that. */
const fieldOf = (what: 'amount' | 'payments', { by, currency }: Recovery): string =>
  `${what} ${by} ${currency}`

const readField = (field: string) => {
  const [what = '', by = '', ...currency] = field.split(' ')
  return { what, by: by as Credit, currency: currency.join(' ') }
}

/** Adds up the counts of several hashes. */
const totalsOf = (counts: readonly (readonly [field: string, count: number])[]): Total[] => {
  const totals = new Map<string, Total>()
  for (const [field, count] of counts) {
    const { what, by, currency } = readField(field)
    const key = `${currency} ${by}`
    const total = totals.get(key) ?? { currency, by, amount: 0, payments: 0 }
    totals.set(key, { ...total, [what]: total[what as 'amount' | 'payments'] + count })
  }
  return [...totals.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, t]) => t)
}

export const createRecoveryStore = (redis: Pick<RedisClient, 'hgetall' | 'exists'>) => {
  const countsIn = async (...key: string[]) => {
    const found = await Promise.all(everyShard(TOTALS, ...key).map((one) => redis.hgetall(one)))
    return found.flatMap((counts) =>
      Object.entries(counts).map(([field, count]) => [field, Number(count)] as const),
    )
  }

  return {
    /** @param customer a `customerKey`. */
    isRecorded: async (customer: string, orderId: string): Promise<boolean> =>
      (await redis.exists(orderKey(customer, orderId))) === 1,

    /**
     * The guard and the writes that count a recovered payment, once for each order.
     * @param keptFor how long its record is kept, in milliseconds.
     */
    record: (
      customer: string,
      orderId: string,
      recovery: Recovery,
      keptFor: number,
    ): { guard: Guard; writes: Write[] } => {
      const key = orderKey(customer, orderId)
      const day = dayOf(recovery.at)
      const month = shardSlot(customer, TOTALS, monthOf(day))
      const ever = shardSlot(customer, TOTALS)
      const counts = { amount: recovery.amount, payments: 1 }
      return {
        guard: { key, expected: null },
        writes: [
          { key, set: JSON.stringify(recovery), expiresIn: keptFor },
          ...(['amount', 'payments'] as const).flatMap((what): Write[] => {
            const field = fieldOf(what, recovery)
            const by = counts[what]
            return [
              { key: ever, count: field, by },
              { key: month, count: `${day} ${field}`, by },
            ]
          }),
        ],
      }
    },

    /** How many payments were recovered on each of these days; a day without any is left out. */
    byDay: async (days: Days): Promise<Record<string, number>> => {
      const counts = (await Promise.all(monthsOf(days).map((month) => countsIn(month)))).flat()
      const all: Record<string, number> = {}
      for (const [field, count] of counts) {
        const [day = '', what] = field.split(' ')
        if (what === 'payments' && day >= days.since && day <= days.until)
          all[day] = (all[day] ?? 0) + count
      }
      return all
    },

    /** The totals recovered on these days, or ever; sorted by currency. */
    totals: async (days: Days | null = null): Promise<Total[]> => {
      if (!days) return totalsOf(await countsIn())
      const counts = (await Promise.all(monthsOf(days).map((month) => countsIn(month)))).flat()
      const within = counts.flatMap(([field, count]): (readonly [string, number])[] => {
        const day = field.slice(0, 'YYYY-MM-DD'.length)
        return day >= days.since && day <= days.until ? [[field.slice(day.length + 1), count]] : []
      })
      return totalsOf(within)
    },
  }
}

export type RecoveryStore = ReturnType<typeof createRecoveryStore>
