// Subscriptions that start, renew, fail to renew and recover.

import { INSUFFICIENT_FUNDS } from '../cards.ts'
import { afterInterval } from '../instants.ts'
import { type Money, order } from '../shapes/order.ts'
import type { Order, Payment, PolarEvent, Subscription } from '../shapes/rows.ts'
import { nextAttempt, subscription } from '../shapes/subscription.ts'
import type { Decline } from '../world.ts'
import type { CustomerChoice, Ground, ProductChoice } from './ground.ts'
import { paid, withPrice } from './purchases.ts'

type SubscribeInput = Money & {
  customer?: CustomerChoice
  product?: ProductChoice
  subscription?: Partial<Subscription>
  order?: Partial<Order>
}

/** Which subscription: one that exists, or one made for the occasion that started a period ago, unannounced. */
type RenewInput = SubscribeInput & { subscriptionId?: string }

type FailInput = RenewInput & {
  /** Why the card was declined. */
  decline?: Decline
  /** There was no card to charge. */
  noCard?: boolean
}

const nothing = () => {}

export const createRenewals = (ground: Ground) => {
  const { world, cards, stamp } = ground

  const start = (input: SubscribeInput) => {
    const { customer, events } = ground.customer(input.customer)
    const choice = withPrice(input.product, input)
    const product = ground.product(
      typeof choice === 'string' ? choice : { recurring_interval: 'month', ...choice },
    )
    if (world.defaultCardOf(customer.id) === undefined) cards.add(customer.id, { last4: '1881' })
    const made = subscription(stamp, { ...input, customer, product })
    world.subscriptions.set(made.id, made)
    return { made, events }
  }

  const subscriptionFor = (input: RenewInput) => {
    if (input.subscriptionId !== undefined) {
      return { of: ground.subscription(input.subscriptionId), events: [] as PolarEvent[] }
    }
    const { made, events } = start(input)
    const { recurring_interval, recurring_interval_count, current_period_start } = made
    const before = afterInterval(
      current_period_start,
      recurring_interval,
      -recurring_interval_count,
    )
    const of: Subscription = {
      ...made,
      created_at: before,
      started_at: before,
      current_period_start: before,
      current_period_end: current_period_start,
      ...input.subscription,
    }
    world.subscriptions.set(of.id, of)
    return { of, events }
  }

  /** Polar cycles when the period ends; asked sooner, the period ends now. */
  const cycle = (of: Subscription): PolarEvent[] => {
    const now = stamp()
    const isEarly = of.current_period_end > now
    const from = isEarly ? now : of.current_period_end
    ground.changeSubscription(of.id, {
      status: 'active',
      current_period_start: from,
      current_period_end: afterInterval(from, of.recurring_interval, of.recurring_interval_count),
      ...(of.status === 'trialing' && { trial_end: from }),
    })
    return [ground.ofSubscription('cycled', of.id), ground.ofSubscription('updated', of.id)]
  }

  const bill = (subscriptionId: string, input: SubscribeInput, billed: Partial<Order>) => {
    const of = ground.subscription(subscriptionId)
    const customer = ground.customer(of.customer_id).customer
    const made = order(stamp, {
      ...input,
      customer,
      product: ground.product(of.product_id),
      subscription: of,
      amount: of.status === 'trialing' ? 0 : (input.amount ?? of.amount),
      number: ground.nextOrderNumber(customer.id),
      organizationSlug: world.organization.slug,
      order: { checkout_id: of.checkout_id, ...billed, ...input.order },
    })
    // Nothing to collect is paid at once.
    const settled = made.due_amount === 0 ? { ...made, status: 'paid' as const, paid: true } : made
    world.orders.set(made.id, settled)
    return settled
  }

  const ids = (of: { id: string; customer_id: string; product_id: string }, orderId: string) => ({
    customerId: of.customer_id,
    productId: of.product_id,
    subscriptionId: of.id,
    orderId,
  })

  const recover = (orderId: string, trigger: NonNullable<Payment['trigger']> = 'retry_dunning') => {
    const before = ground.order(orderId)
    const events: PolarEvent[] = []
    const of = world.subscriptions.get(before.subscription_id ?? '')
    const card = world.defaultCardOf(before.customer_id)
    if (card !== undefined) world.declines.delete(card.id)
    cards.charge(before, trigger)
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
      afterwards: nothing,
    }
  }

  return {
    /**
     * subscription.created → .active → .updated → order.created (paid) → order.updated → order.paid. With
     * `product.trialDays` the subscription is trialing and the order's total is 0.
     */
    subscribe: (input: SubscribeInput = {}) => {
      const { made, events } = start(input)
      events.push(
        ground.ofSubscription('created', made.id),
        ground.ofSubscription('active', made.id),
      )
      ground.changeSubscription(made.id, {})
      events.push(ground.ofSubscription('updated', made.id))
      const first = bill(made.id, input, { billing_reason: 'subscription_create' })
      events.push(ground.ofOrder('created', first.id), ...paid(ground, first.id))
      return { ...ids(made, first.id), events, afterwards: nothing }
    },

    /**
     * subscription.cycled → .updated → order.created (pending) → order.updated → order.paid. A trial that is
     * renewed converts.
     */
    renew: (input: RenewInput = {}) => {
      const { of, events } = subscriptionFor(input)
      events.push(...cycle(of))
      const due = bill(of.id, input, {
        billing_reason: 'subscription_cycle',
        status: 'pending',
        paid: false,
      })
      events.push(ground.ofOrder('created', due.id))
      cards.charge(due, 'subscription_cycle')
      events.push(...paid(ground, due.id))
      return { ...ids(of, due.id), events, afterwards: nothing }
    },

    /**
     * subscription.cycled → .updated → order.created (pending) → subscription.updated → .past_due. No event says
     * when the next attempt is due, except an order.updated at the end where there was no card at all.
     */
    failRenewal: (input: FailInput = {}) => {
      const { of, events } = subscriptionFor(input)
      events.push(...cycle(of))
      const due = bill(of.id, input, {
        billing_reason: 'subscription_cycle',
        status: 'pending',
        paid: false,
      })
      events.push(ground.ofOrder('created', due.id))
      if (input.noCard) world.removeCards(of.customer_id)
      else cards.decline(of.customer_id, input.decline ?? INSUFFICIENT_FUNDS)
      cards.charge(due, 'subscription_cycle')
      const pastDueAt = stamp()
      ground.changeSubscription(of.id, { status: 'past_due', past_due_at: pastDueAt })
      events.push(ground.ofSubscription('updated', of.id), ground.ofSubscription('past_due', of.id))
      const next_payment_attempt_at = nextAttempt(pastDueAt, Date.parse(pastDueAt))
      const schedule = () => ground.changeOrder(due.id, { next_payment_attempt_at })
      if (!input.noCard) return { ...ids(of, due.id), events, afterwards: schedule }
      schedule()
      events.push(ground.ofOrder('updated', due.id))
      return { ...ids(of, due.id), events, afterwards: nothing }
    },

    /** subscription.updated → .active → order.updated → order.paid. The card works from now on. */
    recover,

    /**
     * Charges the default card for a failed order: what `recover` tells when it works; nothing at all when it does
     * not, except that the next attempt moves on.
     */
    retry: (orderId: string, trigger: NonNullable<Payment['trigger']> = 'retry_dunning') => {
      const before = ground.order(orderId)
      const card = world.defaultCardOf(before.customer_id)
      const works = card !== undefined && !world.declines.has(card.id)
      if (works) return { ...recover(orderId, trigger), declined: undefined }
      const declined = cards.charge(before, trigger)
      const since = world.subscriptions.get(before.subscription_id ?? '')?.past_due_at
      if (since != null && trigger === 'retry_dunning') {
        ground.changeOrder(orderId, {
          next_payment_attempt_at: nextAttempt(since, Date.parse(stamp())),
        })
      }
      return {
        customerId: before.customer_id,
        subscriptionId: before.subscription_id,
        orderId,
        events: [] as PolarEvent[],
        afterwards: nothing,
        declined,
      }
    },
  }
}
