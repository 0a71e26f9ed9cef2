// Retries and recoveries of failed payments, and new cards.

import { isRetryable } from '../cards.ts'
import { countedFailures, deadlineOf, nextRetry, nextUsageRetry } from '../dunning.ts'
import type { Card, Order, Payment, PolarEvent } from '../shapes/rows.ts'
import type { Decline } from '../world.ts'
import type { Endings } from './endings.ts'
import type { Ground } from './ground.ts'
import { paid } from './purchases.ts'

type Trigger = NonNullable<Payment['trigger']>

export const createRecoveries = (ground: Ground, giveUp: Endings['giveUp']) => {
  const { world, cards, stamp } = ground

  /** Whether another failed order of the same subscription waits for its next attempt. */
  const othersAreOpen = ({ id, customer_id, subscription_id }: Order) =>
    world
      .ordersOf(customer_id)
      .some(
        (other) =>
          other.subscription_id === subscription_id && other.id !== id && isRetryable(other),
      )

  const script = ({ id, customer_id, subscription_id }: Order) => ({
    ...{ customerId: customer_id, subscriptionId: subscription_id, orderId: id },
  })

  const recover = (orderId: string, trigger: Trigger = 'retry_dunning') => {
    const before = ground.order(orderId)
    const events: PolarEvent[] = []
    const of = world.subscriptions.get(before.subscription_id ?? '')
    cards.collect(before, trigger)
    if (of?.status === 'past_due' && !othersAreOpen(before)) {
      ground.changeSubscription(of.id, { status: 'active', past_due_at: null })
      events.push(ground.ofSubscription('updated', of.id), ground.ofSubscription('active', of.id))
    }
    events.push(...paid(ground, orderId))
    return { ...script(before), events }
  }

  const retry = (orderId: string, trigger: Trigger = 'retry_dunning') => {
    const before = ground.order(orderId)
    const card = world.defaultCardOf(before.customer_id)
    const works = card !== undefined && cards.declineOf(card) === undefined
    if (works) return { ...recover(orderId, trigger), declined: undefined }
    const declined = cards.charge(before, trigger)
    const of = world.subscriptions.get(before.subscription_id ?? '')
    const failures = countedFailures(world.paymentsOf(orderId))
    if (before.billing_reason === 'subscription_meter_cycle' && trigger === 'retry_dunning') {
      const next = nextUsageRetry(stamp(), failures)
      const status = next === null ? ('void' as const) : before.status
      ground.changeOrder(orderId, { next_payment_attempt_at: next, status })
      const events = next === null ? [ground.ofOrder('updated', orderId)] : []
      return { ...script(before), events, declined }
    }
    if (of?.status === 'past_due' && trigger === 'retry_dunning') {
      const next = nextRetry(of.past_due_at ?? before.created_at, stamp(), failures)
      if (next === null) return { ...giveUp(orderId), declined }
      ground.changeOrder(orderId, { next_payment_attempt_at: next })
    }
    return { ...script(before), events: [] as PolarEvent[], declined }
  }

  /** A new card is charged for past-due subscriptions that nobody cancelled, before their deadline. */
  const isChargedAnew = (order: Order) => {
    const of = world.subscriptions.get(order.subscription_id ?? '')
    if (!isRetryable(order) || of?.status !== 'past_due' || of.canceled_at !== null) return false
    return deadlineOf(of.past_due_at ?? order.created_at) > stamp()
  }

  return {
    /**
     * subscription.updated → .active → order.updated → order.paid. The card works from now on. While another order of the
     * subscription is open, the first two are missing.
     */
    recover,

    /**
     * Charges the default card for a failed order. On success the events are those of `recover`; on failure there are none,
     * and the next attempt is scheduled. After the last attempt Polar gives up: it ends the subscription, or voids an invoice of
     * usage (order.updated).
     */
    retry,

    /**
     * The customer makes a new card the default: customer.updated. Polar charges the card for each open order at once, and
     * the events of each retry follow. With `decline` the card is declined.
     */
    changeCard: (
      customerId: string,
      { decline, ...metadata }: { decline?: Decline } & Partial<Card['method_metadata']> = {},
    ) => {
      const declining = decline && { brand: 'mastercard', last4: '0341' }
      const card = cards.add(customerId, { ...declining, ...metadata })
      if (decline !== undefined) world.declines.set(card.id, decline)
      const events = [ground.event('customer.updated', ground.customer(customerId).customer)]
      const charged = world.ordersOf(customerId).filter(isChargedAnew).toReversed()
      for (const { id } of charged) events.push(...retry(id, 'retry_payment_method_update').events)
      return { customerId, cardId: card.id, orderIds: charged.map(({ id }) => id), events }
    },
  }
}
