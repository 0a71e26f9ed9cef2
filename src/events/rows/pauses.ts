// What a pause means: asked for, begun, over.

import { planOf } from '../../messages/content.ts'
import { type Row, type Said, sends } from '../row.ts'
import type { Order, Subscription, SubscriptionCore } from '../../polar/payloads.ts'

/** @param period when the period began that follows the pause, ISO 8601. */
export const resumeFact = (subscriptionId: string, period: string | null) =>
  `sub/${subscriptionId}/resumed/${period}`

/** The message of a resumption, whether the event of it or its first charge comes first. */
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
    when: ({ known, event }) => known?.pauseAsked?.by === event.id,
    means: sends('subscription_paused', ({ it }) => ({
      // One that is taken back and asked for again has the same days.
      fact: `sub/${it.id}/pause/${it.current_period_end}/${it.resumes_at}/${it.modified_at}`,
      content: {
        plan: planOf(it, it.product),
        state: 'scheduled',
        pausesAt: it.current_period_end,
        resumesAt: it.resumes_at,
      },
      target: `subscription:${it.id}`,
    })),
  },
  {
    is: 'a pause asked for, which has begun or was taken back by now',
    on: 'subscription.updated',
    when: ({ it, known }) => it.pause_at_period_end && known?.pauseAsked == null,
    means: 'stale',
  },
  {
    is: 'the beginning of a pause',
    on: 'subscription.paused',
    means: sends('subscription_paused', ({ it }) => ({
      fact: `sub/${it.id}/paused/${it.paused_at}`,
      content: {
        plan: { ...planOf(it, it.product), renewsAt: null },
        state: 'paused',
        pausesAt: null,
        resumesAt: it.resumes_at,
      },
      target: `subscription:${it.id}`,
    })),
  },
  {
    is: 'the end of a pause',
    on: 'subscription.resumed',
    means: sends('subscription_resumed', ({ it }) =>
      saysResumed(it, it.product, it.current_period_start),
    ),
  },
]
