// A subscription in words: how often it is billed, for how many, and the table of what is known about it.

import type { Letter } from './letter.ts'
import type { Plan, Quantity } from './props.ts'
import { type Row, Table } from './table.tsx'

/** A label and its value; a fact that isn't known has no row. */
type Fact = readonly [label: string, value: string | null, look?: Row['look']]

/** `5 seats`; null for what has none. */
export const quantityIn = ({ common, count }: Letter, quantity: Quantity | null): string | null =>
  quantity && common.quantity[quantity.of](quantity.count, count(quantity.count))

/** `Studio Plan · 5 seats`. */
export const planIn = (letter: Letter, name: string | null, quantity: Quantity | null) =>
  [name, quantityIn(letter, quantity)].filter(Boolean).join(' · ') || null

/** `Monthly`, `Every 3 months`; null for what has no rhythm. */
export const billedIn = (
  { common, count }: Letter,
  { interval, intervalCount }: Plan,
): string | null => interval && common.every[interval](intervalCount, count(intervalCount))

export const Facts = ({ letter, facts }: { letter: Letter; facts: readonly Fact[] }) => {
  const rows = facts.flatMap(([label, value, look = 'fact']) =>
    value === null ? [] : [{ look, label, value }],
  )
  return rows.length > 0 && <Table letter={letter} rows={rows} />
}

type Props = {
  letter: Letter
  plan: Plan
  /** What else there is to know. */
  more?: readonly Fact[]
}

export const PlanFacts = ({ letter, plan, more = [] }: Props) => {
  const { common, date } = letter
  return (
    <Facts
      facts={[
        [common.plan, planIn(letter, plan.name, plan.quantity)],
        [common.billed, billedIn(letter, plan)],
        [common.nextRenewal, plan.renewsAt && date(plan.renewsAt), 'day'],
        ...more,
      ]}
      letter={letter}
    />
  )
}
