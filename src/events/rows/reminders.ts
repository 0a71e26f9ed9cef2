// Rows for the schedule's events: a day comes near, and the subscription was just read from Polar.

import { dunningEnds, stepNamed } from '../../customers/dunning.ts'
import { planOf } from '../../messages/content.ts'
import { pastDueFact } from '../../messages/facts.ts'
import type { ExpiringCard } from '../../polar/event.ts'
import type { Subscription } from '../../polar/payloads.ts'
import { type Given, type Row, type Said, sends } from '../row.ts'

/** An event of Postern's own is named after the email that is due. */
export const reminderType = (kind: string) => `schedule.${kind}`

/** The customer state has noted the reminder, unless what it was about is over. */
const isNoted = ({ event, state }: Given<Subscription>): boolean =>
  event.about === 'subscription' &&
  event.remindsOf !== undefined &&
  state?.reminded === event.remindsOf

/** A reminder of a failed payment: one for each step of an episode. */
const overdue = ({ subject, state }: Given<Subscription>): Said<'payment_reminder'> | null => {
  const named = stepNamed(state?.reminded)
  if (!named) return null
  const { pastDueAt, step } = named
  return {
    fact: pastDueFact(subject.id, pastDueAt, step),
    content: {
      plan: planOf(subject, subject.product),
      pastDueAt,
      deadline: dunningEnds(pastDueAt),
      step,
    },
    target: 'payment',
  }
}

export const reminderRows: readonly Row<Subscription>[] = [
  {
    is: 'the renewal of a long period comes near',
    on: reminderType('subscription_renewal_reminder'),
    when: isNoted,
    means: sends('subscription_renewal_reminder', ({ subject, state }) => {
      const renewsAt = state?.reminded
      return renewsAt
        ? {
            fact: `sub/${subject.id}/renewal/${renewsAt}`,
            content: {
              plan: planOf(subject, subject.product),
              renewsAt,
              nextProductId: state.pending?.productId ?? null,
              nextQuantity: state.pending?.quantity ?? null,
            },
            target: `subscription:${subject.id}`,
          }
        : null
    }),
  },
  {
    is: 'the end of a trial comes near',
    on: reminderType('subscription_trial_conversion_reminder'),
    when: isNoted,
    means: sends('subscription_trial_conversion_reminder', ({ subject, state }) => {
      const trialEndsAt = state?.reminded
      return trialEndsAt
        ? {
            fact: `sub/${subject.id}/trial-end/${trialEndsAt}`,
            content: { plan: planOf(subject, subject.product), trialEndsAt },
            target: `subscription:${subject.id}`,
          }
        : null
    }),
  },
  {
    is: 'a failed payment is still open',
    on: reminderType('payment_reminder'),
    when: isNoted,
    means: sends('payment_reminder', (given) => overdue(given)),
  },
  {
    is: 'a failed payment is still open shortly before the end',
    on: reminderType('payment_final_notice'),
    when: isNoted,
    means: sends('payment_final_notice', (given) => overdue(given)),
  },
]

export const cardRows: readonly Row<ExpiringCard>[] = [
  {
    is: 'the card that pays subscriptions is about to expire',
    on: reminderType('payment_method_expiration_reminder'),
    means: sends('payment_method_expiration_reminder', ({ subject: { card, plans } }) => {
      const { id, brand, last4, month, year } = card
      return {
        fact: `card/${id}/${year}-${month}`,
        content: { card: { brand, last4 }, expires: { month, year }, plans },
        target: 'payment',
      }
    }),
  },
]
