// A subscription as it was at the time of a system event, where the object that is read later no longer shows it. Such an event
// gets a type of Postern's own, which is in no row of the plan: it teaches the customer state, and mails nobody.

import { instant } from '../../polar/answers.ts'
import type { SystemEvent } from '../../polar/system-events.ts'
import { MINUTE } from '../../runtime/clock.ts'

type Row = Record<string, unknown>

/** The status that an event begins, the field that says since when, and the type for a subscription that has left it. */
const BEGINS: Record<string, { status: string; field: string; left: string }> = {
  'subscription.past_due': {
    ...{ status: 'past_due', field: 'past_due_at', left: 'subscription.was_past_due' },
  },
  'subscription.paused': { status: 'paused', field: 'paused_at', left: 'subscription.was_paused' },
}

/** Polar writes an event a moment after its subscription. */
const SAME_WITHIN = MINUTE

const isSame = (one: string | null, other: string) =>
  one !== null && Math.abs(Date.parse(one) - Date.parse(other)) < SAME_WITHIN

/** The type and the data of the webhook that Polar would have sent, as far as its object still tells. */
export const asItWas = (
  type: string,
  { at, since }: Pick<SystemEvent, 'at' | 'since'>,
  data: unknown,
): { type: string; data: unknown } => {
  const begins = BEGINS[type]
  if (!begins) return { type, data }
  const row: Row = Object(data)
  const { status, field, left } = begins
  const began = since ?? at
  if (row.status === status && isSame(instant(row[field]), began)) return { type, data }
  return { type: left, data: { ...row, status, [field]: began, modified_at: at } }
}
