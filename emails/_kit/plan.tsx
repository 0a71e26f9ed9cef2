// A subscription in words: how often it is billed, and the table of what is known about it.

import { formatDate } from './dates.ts'
import type { Interval, Plan } from './props.ts'
import { type Row, Table } from './table.tsx'

const copy = {
  once: { day: 'Daily', week: 'Weekly', month: 'Monthly', year: 'Yearly' },
  often: (count: number, interval: Interval) => `Every ${count} ${interval}s`,
  plan: 'Subscription',
  billed: 'Billed',
  renews: 'Next renewal',
}

/** `Monthly`, `Every 3 months`; null for what has no rhythm. */
export const billed = ({ interval, intervalCount }: Plan): string | null => {
  if (interval === null) return null
  return intervalCount === 1 ? copy.once[interval] : copy.often(intervalCount, interval)
}

const fact = (label: string, value: string | null): Row[] =>
  value === null ? [] : [{ look: 'fact', label, value }]

export const PlanFacts = ({ plan, locale }: { plan: Plan; locale: string }) => (
  <Table
    rows={[
      ...fact(copy.plan, plan.name),
      ...fact(copy.billed, billed(plan)),
      ...fact(copy.renews, plan.renewsAt && formatDate(plan.renewsAt, locale)),
    ]}
  />
)
