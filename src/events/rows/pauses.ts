// What a pause means: asked for, begun, over.

import { planOf } from '../content.ts'
import { type Row, type Said, sends } from '../row.ts'
import type { Order, Subscription, SubscriptionCore } from '../shapes.ts'

export const resumeFact = ({ id, current_period_start }: SubscriptionCore) =>
  `sub/${id}/resumed/${current_period_start}`

/** The message of a resumption, whether the event of it or its first charge comes first. */
export const saysResumed = (
  subscription: SubscriptionCore,
  product: Order['product'],
): Said<'subscription_resumed'> => ({
  fact: resumeFact(subscription),
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
    means: sends('subscription_resumed', ({ it }) => saysResumed(it, it.product)),
  },
]
