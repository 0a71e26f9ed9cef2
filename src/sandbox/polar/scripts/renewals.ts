// Subscriptions that start, renew and fail to renew. A trial converts by renewing.

import type { Billing, Failing, RenewInput, SubscribeInput } from './billing.ts'
import type { Ground } from './ground.ts'
import { paid } from './purchases.ts'

export const createRenewals = (ground: Ground, billing: Billing) => {
  const { cards } = ground

  const ids = (subscriptionId: string, orderId: string) => {
    const { customer_id, product_id } = ground.subscription(subscriptionId)
    return { customerId: customer_id, productId: product_id, subscriptionId, orderId }
  }

  return {
    /**
     * subscription.created → .active → .updated → order.created (paid) → order.updated → order.paid. With
     * `product.trialDays` the subscription is trialing and the order's total is 0.
     */
    subscribe: (input: SubscribeInput = {}) => {
      const { made, events } = billing.start(input)
      events.push(
        ground.ofSubscription('created', made.id),
        ground.ofSubscription('active', made.id),
      )
      ground.changeSubscription(made.id, {})
      events.push(ground.ofSubscription('updated', made.id))
      const first = billing.bill(made.id, input, { billing_reason: 'subscription_create' })
      events.push(ground.ofOrder('created', first.id))
      cards.collect(first, 'purchase')
      events.push(...paid(ground, first.id))
      return { ...ids(made.id, first.id), events }
    },

    /**
     * subscription.cycled → .updated → order.created (pending) → order.updated → order.paid. A trial converts, and pending
     * changes apply.
     */
    renew: (input: RenewInput = {}) => {
      const { of, events } = billing.subscriptionFor(input)
      events.push(...billing.cycle(of))
      const billed = billing.billPaid(of.id, input, 'subscription_cycle')
      return { ...ids(of.id, billed.orderId), events: [...events, ...billed.events] }
    },

    /**
     * subscription.cycled → .updated → order.created (pending) → subscription.updated → .past_due. The last two happen once,
     * however many orders stay open. No event has the date of the next attempt, except an order.updated at the end if there
     * was no card. After a hard decline, the next attempt is at the deadline.
     */
    failRenewal: (input: RenewInput & Failing = {}) => {
      const { of, events } = billing.subscriptionFor(input)
      events.push(...billing.cycle(of))
      const { order: due, events: created } = billing.due(of.id, input, 'subscription_cycle')
      events.push(...created)
      const failed = billing.fail(due, input)
      events.push(...failed.events)
      return { ...ids(of.id, due.id), events, afterwards: failed.afterwards }
    },
  }
}
