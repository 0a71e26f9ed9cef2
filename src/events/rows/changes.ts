// Rows for changes of plan or quantity, at once or scheduled. The order of a change has an event of its own, and leads to the
// same message.

import { scheduledChangeKey } from '../../customers/scheduled-changes.ts'
import type { Change } from '../../customers/state.ts'
import { quantityOf } from '../../customers/terms.ts'
import { planOf } from '../../messages/content.ts'
import { changeFact } from '../../messages/facts.ts'
import type { Order, Subscription, SubscriptionCore } from '../../polar/payloads.ts'
import { type Given, type Row, type Said, sends } from '../row.ts'

/** The message of a change, from whichever of its events comes first. */
export const saysChange = (
  subscription: SubscriptionCore,
  product: Order['product'],
  change: Change,
): Said<'subscription_updated'> => {
  const { what, from } = change
  return {
    fact: changeFact(subscription.id, change),
    content: {
      plan: planOf(subscription, product),
      before: {
        name: what === 'plan' ? from?.name || null : null,
        quantity: from?.quantity ?? null,
      },
      change: what,
    },
    target: `subscription:${subscription.id}`,
  }
}

const changeToldBy = ({ state, event }: Given<Subscription>) =>
  state?.changes.find(({ eventIds }) => eventIds.includes(event.id))

export const changeRows: readonly Row<Subscription>[] = [
  {
    is: 'a change that was announced',
    on: ['subscription.updated', 'subscription.cycled'],
    when: (given) => changeToldBy(given)?.wasAnnounced === true,
    means: 'folded',
  },
  {
    is: 'a change that comes with a renewal, whose receipt names it',
    on: ['subscription.updated', 'subscription.cycled'],
    when: (given) => changeToldBy(given)?.wasScheduled === true,
    means: 'folded',
  },
  {
    is: 'a change of plan or quantity',
    on: ['subscription.updated', 'subscription.cycled'],
    when: (given) => changeToldBy(given) !== undefined,
    means: sends('subscription_updated', (given) => {
      const change = changeToldBy(given)
      return change ? saysChange(given.subject, given.subject.product, change) : null
    }),
  },
  {
    is: 'a change announced for later',
    on: 'subscription.updated',
    beside: true,
    when: ({ state, event }) => state?.pending?.eventId === event.id,
    means: sends('subscription_change_scheduled', ({ subject }) => {
      const pending = subject.pending_update
      if (!pending) return null
      const isPlan = pending.product_id !== null && pending.product_id !== subject.product_id
      return {
        fact: `pending/${scheduledChangeKey(pending)}`,
        content: {
          plan: planOf(subject, subject.product),
          appliesAt: pending.applies_at,
          nextProductId: isPlan ? pending.product_id : null,
          nextQuantity: quantityOf(pending),
        },
        target: `subscription:${subject.id}`,
        happenedAt: pending.created_at,
      }
    }),
  },
  {
    is: 'a change announced for later, which has come or was taken back by now',
    on: 'subscription.updated',
    when: ({ subject, state }) =>
      subject.pending_update != null &&
      state?.pending?.what !== scheduledChangeKey(subject.pending_update),
    means: 'stale',
  },
]
