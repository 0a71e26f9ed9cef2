// Rows for pauses: scheduled, begun, over.

import { planOf } from '../../messages/content.ts'
import { resumeFact } from '../../messages/facts.ts'
import type { Order, Subscription, SubscriptionCore } from '../../polar/payloads.ts'
import { type Row, type Said, sends } from '../row.ts'

/** The message of a resumption, from its own event or its first charge, whichever comes first. */
export const saysResumed = (
  subscription: SubscriptionCore,
  product: Order['product'],
  period: string | null,
): Said<'subscription_resumed'> => ({
  fact: resumeFact(subscription.id, period),
  content: { plan: planOf(subscription, product) },
  target: `subscription:${subscription.id}`,
})

export const pauseRows: readonly Row<Subscription>[] = [
  {
    is: 'a pause asked for',
    on: 'subscription.updated',
    beside: true,
    when: ({ state, event }) => state?.pauseRequested?.eventId === event.id,
    means: sends('subscription_paused', ({ subject }) => ({
      // A pause that is taken back and scheduled again has the same days.
      fact: `sub/${subject.id}/pause/${subject.current_period_end}/${subject.resumes_at}/${subject.modified_at}`,
      content: {
        plan: planOf(subject, subject.product),
        state: 'scheduled',
        pausesAt: subject.current_period_end,
        resumesAt: subject.resumes_at,
      },
      target: `subscription:${subject.id}`,
    })),
  },
  {
    is: 'a pause asked for, which has begun or was taken back by now',
    on: 'subscription.updated',
    when: ({ subject, state }) => subject.pause_at_period_end && state?.pauseRequested == null,
    means: 'stale',
  },
  {
    is: 'the beginning of a pause',
    on: 'subscription.paused',
    means: sends('subscription_paused', ({ subject }) => ({
      fact: `sub/${subject.id}/paused/${subject.paused_at}`,
      content: {
        plan: { ...planOf(subject, subject.product), renewsAt: null },
        state: 'paused',
        pausesAt: null,
        resumesAt: subject.resumes_at,
      },
      target: `subscription:${subject.id}`,
    })),
  },
  {
    is: 'the end of a pause',
    on: 'subscription.resumed',
    means: sends('subscription_resumed', ({ subject }) =>
      saysResumed(subject, subject.product, subject.current_period_start),
    ),
  },
]
