// The figures of a period: messages by outcome and day, clicks, and failed and recovered payments. Days are in UTC.

import type { RecoveryStore, Total } from '../recoveries/store.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type Clock, DAY } from '../runtime/clock.ts'
import type { PaymentCounts } from '../schedule/payment-counts.ts'

/** How the messages of a day fared: each outcome on the day of it. */
export type DayFigures = {
  /** As `2026-12-31`. */
  day: string
  accepted: number
  delivered: number
  /** Bounced, or not delivered for another reason. */
  bounced: number
  complained: number
  failed: number
  notSent: number
  /** Messages in which a person clicked for the first time. */
  clicked: number
}

/** Failed charges by what started them, on the day of each; and payments recovered on that day. */
export type ChargeDay = {
  day: string
  renewals: number
  retries: number
  others: number
  recovered: number
}

export type Figures = { days: DayFigures[]; charges: ChargeDay[]; recovered: Total[] }

type Outcome = Exclude<keyof DayFigures, 'day'>

const FIGURES: Record<string, Outcome> = {
  accepted: 'accepted',
  delivered: 'delivered',
  bounced: 'bounced',
  undelivered: 'bounced',
  complained: 'complained',
  failed: 'failed',
  not_sent: 'notSent',
  clicked: 'clicked',
}

const nothing: Record<Outcome, number> = {
  ...{ accepted: 0, delivered: 0, bounced: 0, complained: 0, failed: 0, notSent: 0, clicked: 0 },
}

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** @param counts by `<kind>:<outcome>`, or `<kind>:not_sent:<reason>`. */
const dayFigures = (day: string, counts: Record<string, number>): DayFigures => {
  const sums = { ...nothing }
  for (const [field, count] of Object.entries(counts)) {
    const outcome = FIGURES[field.split(':')[1] ?? '']
    if (outcome) sums[outcome] += count
  }
  return { day, ...sums }
}

export const totalOf = (days: readonly DayFigures[], outcome: Outcome): number =>
  days.reduce((sum, one) => sum + one[outcome], 0)

const chargeDay = (day: string, failed: Record<string, number> = {}, recovered = 0): ChargeDay => {
  const { subscription_cycle: renewals = 0, ...rest } = failed
  const sumOf = (isRetry: boolean) =>
    Object.entries(rest)
      .filter(([trigger]) => trigger.startsWith('retry_') === isRetry)
      .reduce((sum, [, count]) => sum + count, 0)
  return { day, renewals, retries: sumOf(true), others: sumOf(false), recovered }
}

type FiguresParts = {
  index: Pick<RecordIndex, 'counts'>
  recoveries: Pick<RecoveryStore, 'totals' | 'byDay'>
  paymentCounts: Pick<PaymentCounts, 'byDay'>
  clock: Pick<Clock, 'now'>
}

export const createFigures =
  ({ index, recoveries, paymentCounts, clock }: FiguresParts) =>
  /** @param count of days, today included. */
  async (count: number): Promise<Figures> => {
    const now = clock.now()
    const since = dayOf(now - (count - 1) * DAY)
    // Polar's clock says when an order was paid, and may be ahead of ours.
    const period = { since, until: dayOf(now + DAY) }
    const names = Array.from({ length: count }, (_, at) => dayOf(now - (count - 1 - at) * DAY))
    const [counts, recovered, recoveredByDay, failedByDay] = await Promise.all([
      index.counts(since, dayOf(now)),
      recoveries.totals(period),
      recoveries.byDay(period),
      paymentCounts.byDay(names),
    ])
    return {
      days: Object.entries(counts).map(([day, all]) => dayFigures(day, all)),
      charges: names.map((day) => chargeDay(day, failedByDay[day], recoveredByDay[day])),
      recovered,
    }
  }

export type ReadFigures = ReturnType<typeof createFigures>
