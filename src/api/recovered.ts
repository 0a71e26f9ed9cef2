// Answers what was recovered: per currency, and in it per step that is credited.

import type { Days, RecoveryStore, Total } from '../recoveries/store.ts'
import { type Clock, DAY } from '../runtime/clock.ts'

/** Nothing was counted before. */
const FIRST_DAY = '2026-01-01'

/** Amounts are in the currency's smallest unit. */
type Sum = { amount: number; payments: number }

type Recovered = {
  since: string | null
  until: string | null
  recovered: (Sum & { currency: string; by: Record<string, Sum> })[]
}

const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

type Query = { since?: string | undefined; until?: string | undefined }

/**
 * The days that a request names, both inclusive, in UTC; `null` for all of them.
 * @param today the last day on which anything was counted, as `2026-12-31`.
 */
export const readDays = (
  { since, until }: Query,
  today: string,
): Days | null | { problem: string } => {
  for (const [name, day] of Object.entries({ since, until }))
    if (day !== undefined && !isDay(day))
      return { problem: `${name} is not a day: write it as YYYY-MM-DD, such as 2026-12-31` }
  if (since === undefined && until === undefined) return null
  if (since !== undefined && until !== undefined && since > until)
    return { problem: 'since is after until: write the earlier day as since' }
  return {
    since: since === undefined || since < FIRST_DAY ? FIRST_DAY : since,
    until: until === undefined || until > today ? today : until,
  }
}

const sumOf = (sums: readonly Sum[]): Sum => ({
  amount: sums.reduce((sum, { amount }) => sum + amount, 0),
  payments: sums.reduce((sum, { payments }) => sum + payments, 0),
})

const byCurrency = (totals: readonly Total[]): Recovered['recovered'] =>
  [...new Set(totals.map(({ currency }) => currency))].map((currency) => {
    const own = totals.filter((total) => total.currency === currency)
    const by = own.map(({ by, amount, payments }) => [by, { amount, payments }])
    return { currency, ...sumOf(own), by: Object.fromEntries(by) }
  })

type RecoveredParts = { recoveries: Pick<RecoveryStore, 'totals'>; clock: Pick<Clock, 'now'> }

/** A day ahead of ours, since Polar's clock says when an order was paid. */
const lastDay = (now: number): string => new Date(now + DAY).toISOString().slice(0, 10)

export const createRecovered =
  ({ recoveries, clock }: RecoveredParts) =>
  async (query: Query): Promise<Recovered | { problem: string }> => {
    const days = readDays(query, lastDay(clock.now()))
    if (days && 'problem' in days) return days
    const { since = null, until = null } = query
    return { since, until, recovered: byCurrency(await recoveries.totals(days)) }
  }

export type ReadRecovered = ReturnType<typeof createRecovered>
