// A subscription's interval and quantity in words, and the table of its facts.

import type { Email } from './prepare.ts'
import type { Plan, Quantity } from './props.ts'
import { type Row, Table } from './table.tsx'

/** A label and its value. A null value has no row. */
type Fact = readonly [label: string, value: string | null, kind?: Row['kind']]

/** `5 seats`; null without a quantity. */
export const quantityIn = ({ common, count }: Email, quantity: Quantity | null): string | null =>
  quantity && common.quantity[quantity.of](quantity.count, count(quantity.count))

/** `Studio Plan · 5 seats`. */
export const planIn = (email: Email, name: string | null, quantity: Quantity | null) =>
  [name, quantityIn(email, quantity)].filter(Boolean).join(' · ') || null

/** `Monthly`, `Every 3 months`; null without an interval. */
export const billedIn = (
  { common, count }: Email,
  { interval, intervalCount }: Plan,
): string | null => interval && common.every[interval](intervalCount, count(intervalCount))

export const Facts = ({ email, facts }: { email: Email; facts: readonly Fact[] }) => {
  const rows = facts.flatMap(([label, value, kind = 'fact']) =>
    value === null ? [] : [{ kind, label, value }],
  )
  return rows.length > 0 && <Table email={email} rows={rows} />
}

type Props = {
  email: Email
  plan: Plan
  /** Further facts. */
  more?: readonly Fact[]
}

export const PlanFacts = ({ email, plan, more = [] }: Props) => {
  const { common, day } = email
  return (
    <Facts
      facts={[
        [common.plan, planIn(email, plan.name, plan.quantity)],
        [common.billed, billedIn(email, plan)],
        [common.nextRenewal, plan.renewsAt && day(plan.renewsAt), 'day'],
        ...more,
      ]}
      email={email}
    />
  )
}
