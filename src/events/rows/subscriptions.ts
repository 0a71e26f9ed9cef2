// What an event of a subscription means, its orders apart.

import { dunningEnds, isEndedByDunning, planOf } from '../../messages/content.ts'
import { type Row, sends } from '../row.ts'
import type { Subscription } from '../../polar/payloads.ts'
import { changeRows } from './changes.ts'
import { pauseRows } from './pauses.ts'

export const subscriptionRows: readonly Row<Subscription>[] = [
  {
    is: 'the first failed charge of a period',
    on: 'subscription.past_due',
    when: ({ it }) => it.past_due_at != null,
    means: sends('subscription_past_due', ({ it }) =>
      it.past_due_at === null
        ? null
        : {
            fact: `sub/${it.id}/past-due/${it.past_due_at}`,
            content: {
              plan: planOf(it, it.product),
              pastDueAt: it.past_due_at,
              deadline: dunningEnds(it.past_due_at),
            },
            target: 'payment',
          },
    ),
  },
  {
    is: 'a cancellation that ends the subscription at once, which the event of its end tells',
    on: 'subscription.canceled',
    when: ({ it }) => it.ended_at !== null,
    means: 'folded',
  },
  {
    is: 'a cancellation at the end of the period',
    on: 'subscription.canceled',
    when: ({ it }) => it.cancel_at_period_end,
    means: sends('subscription_cancellation', ({ it, event }) => ({
      fact: `sub/${it.id}/canceled/${it.canceled_at ?? event.id}`,
      content: {
        plan: planOf(it, it.product),
        endsAt: it.ends_at ?? it.current_period_end,
        isTrial: it.status === 'trialing',
      },
      target: `subscription:${it.id}`,
    })),
  },
  {
    is: 'a cancellation taken back',
    on: 'subscription.uncanceled',
    // The cancellation itself is not in it, and may be told later: what is taken back when, is all that tells two apart.
    means: sends('subscription_uncanceled', ({ it, event }) => ({
      fact: `sub/${it.id}/uncanceled/${it.modified_at ?? new Date(event.occurredAt).toISOString()}`,
      content: { plan: planOf(it, it.product) },
      target: `subscription:${it.id}`,
    })),
  },
  {
    is: 'the end of a subscription',
    on: 'subscription.revoked',
    means: sends('subscription_revoked', ({ it, event }) => {
      const endedAt = it.ended_at ?? new Date(event.occurredAt).toISOString()
      return {
        fact: `sub/${it.id}/ended/${endedAt}`,
        content: {
          plan: { ...planOf(it, it.product), renewsAt: null },
          endedAt,
          because: isEndedByDunning(it.past_due_at, endedAt) ? 'unpaid' : 'ended',
        },
        target: `subscription:${it.id}`,
      }
    }),
  },
  ...changeRows,
  ...pauseRows,
  {
    is: 'an update that changes nothing to write about',
    on: 'subscription.updated',
    means: 'unchanged',
  },
]
