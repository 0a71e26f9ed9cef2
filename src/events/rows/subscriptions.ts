// Rows for events of a subscription, except its orders.

import { dunningEnds, isEndedByDunning } from '../../customers/dunning.ts'
import { planOf } from '../../messages/content.ts'
import { pastDueFact } from '../../messages/facts.ts'
import type { Subscription } from '../../polar/payloads.ts'
import { type Row, sends } from '../row.ts'
import { changeRows } from './changes.ts'
import { pauseRows } from './pauses.ts'
import { reminderRows } from './reminders.ts'

/** Polar asks only a customer for a reason, and a merchant that cancels for one. */
const endOf = (subject: Subscription, endedAt: string) => {
  if (subject.customer_cancellation_reason !== null) return 'asked'
  return isEndedByDunning(subject.past_due_at, endedAt) ? 'unpaid' : 'ended'
}

export const subscriptionRows: readonly Row<Subscription>[] = [
  {
    is: 'the first failed charge of a period',
    on: 'subscription.past_due',
    when: ({ subject }) => subject.past_due_at != null,
    means: sends('subscription_past_due', ({ subject }) =>
      subject.past_due_at === null
        ? null
        : {
            fact: pastDueFact(subject.id, subject.past_due_at),
            content: {
              plan: planOf(subject, subject.product),
              pastDueAt: subject.past_due_at,
              deadline: dunningEnds(subject.past_due_at),
            },
            target: 'payment',
          },
    ),
  },
  {
    is: 'a cancellation that ends the subscription at once, whose end has an event of its own',
    on: 'subscription.canceled',
    when: ({ subject }) => subject.ended_at !== null,
    means: 'folded',
  },
  {
    is: 'a cancellation at the end of the period',
    on: 'subscription.canceled',
    when: ({ subject }) => subject.cancel_at_period_end,
    means: sends('subscription_cancellation', ({ subject, event }) => ({
      fact: `sub/${subject.id}/canceled/${subject.canceled_at ?? event.id}`,
      content: {
        plan: planOf(subject, subject.product),
        endsAt: subject.ends_at ?? subject.current_period_end,
        isTrial: subject.status === 'trialing',
      },
      target: `subscription:${subject.id}`,
    })),
  },
  {
    is: 'a cancellation taken back',
    on: 'subscription.uncanceled',
    // The event does not contain the cancellation, which may even come later: only the time distinguishes two of them.
    means: sends('subscription_uncanceled', ({ subject, event }) => ({
      fact: `sub/${subject.id}/uncanceled/${subject.modified_at ?? new Date(event.occurredAt).toISOString()}`,
      content: { plan: planOf(subject, subject.product) },
      target: `subscription:${subject.id}`,
    })),
  },
  {
    is: 'the end of a subscription',
    on: 'subscription.revoked',
    means: sends('subscription_revoked', ({ subject, event }) => {
      const endedAt = subject.ended_at ?? new Date(event.occurredAt).toISOString()
      return {
        fact: `sub/${subject.id}/ended/${endedAt}`,
        content: {
          plan: { ...planOf(subject, subject.product), renewsAt: null },
          endedAt,
          because: endOf(subject, endedAt),
        },
        target: `subscription:${subject.id}`,
      }
    }),
  },
  ...changeRows,
  ...pauseRows,
  ...reminderRows,
  {
    is: 'an update that changes nothing to write about',
    on: 'subscription.updated',
    means: 'unchanged',
  },
]
