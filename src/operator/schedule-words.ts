// The entries of the schedule, in words: their names, why each is there, and what became of cancelling it.

import { DAY } from '../runtime/clock.ts'
import type { Cancelled } from './cancel-reminder.ts'
import type { Says } from './says.ts'
import type { Reminder, Upcoming } from './upcoming.ts'
import { inWords } from './words.ts'

/** Entries that are no reminder: what each is, and why it is there. */
const TASKS: Record<Exclude<Upcoming['entry']['what'], 'subscription'>, [string, string]> = {
  sweep: ['Card sweep', 'Once a month, Postern lists the customers whose cards will be charged.'],
  backfill: ['Search for missed webhooks', 'Once a day, and after each start and outage.'],
  payments: ['Look at failed payments', 'Once an hour, since no event tells of a failed retry.'],
  work: ['Long work', 'An operator started it in the console. The page Work shows how far it is.'],
  card: ['Card check', 'Postern reads the card, and reminds the customer if it expires soon.'],
  usage: ['Unpaid usage', 'Postern reads the invoice again, and writes if it is still unpaid.'],
  credit: ['Credit for a recovery', 'A failed charge was paid. Postern finds out what led to it.'],
}

type Named = Pick<Upcoming, 'entry' | 'reminder'>

export const nameOf = ({ entry, reminder }: Named): string => {
  if (entry.what !== 'subscription') return TASKS[entry.what][0]
  if (!reminder) return 'Reminder'
  const { kind, pastDue } = reminder
  return inWords(kind) + (kind === 'payment_reminder' && pastDue ? ` ${pastDue.step}` : '')
}

const daysOf = (ms: number) => {
  const days = Math.floor(ms / DAY)
  if (days === 0) return 'less than a day'
  return days === 1 ? '1 day' : `${days} days`
}

export const whyOf = ({ entry, reminder }: Named, now: number): Says => {
  if (entry.what !== 'subscription') return [TASKS[entry.what][1]]
  if (!reminder) return ['Nothing is left to remind of. The entry goes when it falls due.']
  const until = { at: Date.parse(reminder.until) }
  if (reminder.pastDue) {
    const since = daysOf(now - Date.parse(reminder.pastDue.since))
    return [`Payment overdue for ${since}. Polar ends it `, until]
  }
  return reminder.kind === 'subscription_renewal_reminder'
    ? ['It renews ', until]
    : ['Its trial ends ', until]
}

/** How many entries the schedule has. */
export const scheduledText = (total: number): string =>
  total === 1 ? '1 entry' : `${total.toLocaleString('en-US')} entries`

/** The meaning of cancelling a reminder. */
export const cancelling = ({ kind }: Reminder) =>
  kind === 'payment_reminder' || kind === 'payment_final_notice'
    ? 'This step is not mailed. A later step of the failed payment still is. This cannot be undone.'
    : 'No email announces this day. If the day moves, a new reminder follows. This cannot be undone.'

export const CANCELLED: Record<Cancelled, string> = {
  cancelled: 'The reminder is cancelled.',
  changed: 'Nothing was cancelled: that reminder is gone, or another one has taken its place.',
  'falling due': 'Nothing was cancelled: the reminder is falling due right now.',
}
