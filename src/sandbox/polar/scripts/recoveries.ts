// Retries and recoveries of failed payments.

import type { Payment, PolarEvent } from '../shapes/rows.ts'
import { nextAttempt } from '../shapes/subscription.ts'
import type { Endings } from './endings.ts'
import type { Ground } from './ground.ts'
import { paid } from './purchases.ts'

type Trigger = NonNullable<Payment['trigger']>

export const createRecoveries = (ground: Ground, giveUp: Endings['giveUp']) => {
  const { world, cards, stamp } = ground

  const recover = (orderId: string, trigger: Trigger = 'retry_dunning') => {
    const before = ground.order(orderId)
    const events: PolarEvent[] = []
    const of = world.subscriptions.get(before.subscription_id ?? '')
    cards.collect(before, trigger)
    if (of?.status === 'past_due') {
      ground.changeSubscription(of.id, { status: 'active', past_due_at: null })
      events.push(ground.ofSubscription('updated', of.id), ground.ofSubscription('active', of.id))
    }
    events.push(...paid(ground, orderId))
    return {
      customerId: before.customer_id,
      subscriptionId: before.subscription_id,
      orderId,
      events,
    }
  }

  return {
    /** subscription.updated → .active → order.updated → order.paid. The card works from now on. */
    recover,

    /**
     * Charges the default card for a failed order. On success the events are those of `recover`; on failure there are none,
     * and the next attempt is scheduled. After the last attempt Polar gives up.
     */
    retry: (orderId: string, trigger: Trigger = 'retry_dunning') => {
      const before = ground.order(orderId)
      const card = world.defaultCardOf(before.customer_id)
      const works = card !== undefined && !world.declines.has(card.id)
      if (works) return { ...recover(orderId, trigger), declined: undefined }
      const declined = cards.charge(before, trigger)
      const since = world.subscriptions.get(before.subscription_id ?? '')?.past_due_at
      if (since != null && trigger === 'retry_dunning') {
        const course = cards.courseOf(orderId)
        const next_payment_attempt_at = nextAttempt(since, Date.parse(stamp()), course)
        if (next_payment_attempt_at === null) return { ...giveUp(orderId), declined }
        ground.changeOrder(orderId, { next_payment_attempt_at })
      }
      return {
        customerId: before.customer_id,
        subscriptionId: before.subscription_id,
        orderId,
        events: [] as PolarEvent[],
        declined,
      }
    },
  }
}
