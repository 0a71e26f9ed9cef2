// Shared steps of the subscription scripts: they find or make a subscription, start periods and bill orders.

import { INSUFFICIENT_FUNDS } from '../cards.ts'
import { firstRetry } from '../dunning.ts'
import { afterInterval, later } from '../instants.ts'
import { nextTerms } from '../next-charge.ts'
import { type Money, order } from '../shapes/order.ts'
import type { Order, PolarEvent, Subscription } from '../shapes/rows.ts'
import { meterPeriod, subscription } from '../shapes/subscription.ts'
import type { Decline } from '../world.ts'
import type { CustomerChoice, Ground, ProductChoice } from './ground.ts'
import { type BillInput, paid, withPrice } from './purchases.ts'

export type SubscribeInput = Money & {
  customer?: CustomerChoice
  product?: ProductChoice
  subscription?: Partial<Subscription>
  order?: Partial<Order>
}

/** An existing subscription, or a new one without events whose period ends now. */
export type RenewInput = SubscribeInput & { subscriptionId?: string }

/** How a charge fails. */
export type Failing = {
  /** Why the card was declined. Default: insufficient funds. */
  decline?: Decline
  /** The customer has no card. */
  noCard?: boolean
}

/** Polar announces such an order before it charges the card. */
const PENDING = { status: 'pending', paid: false } as const

export const createBilling = (ground: Ground) => {
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
    const { recurring_interval, recurring_interval_count, current_period_start: now } = made
    const trial = Date.parse(made.trial_end ?? now) - Date.parse(now)
    const before =
      trial > 0
        ? later(now, -trial)
        : afterInterval(now, recurring_interval, -recurring_interval_count)
    const of: Subscription = {
      ...made,
      created_at: before,
      started_at: before,
      current_period_start: before,
      current_period_end: now,
      ...(trial > 0 && { trial_start: before, trial_end: now }),
      ...input.subscription,
    }
    world.subscriptions.set(of.id, of)
    return { of, events }
  }

  /** Changes a subscription whose period begins at `from`. */
  const startPeriod = (subscriptionId: string, from: string, change: Partial<Subscription>) => {
    const next = { ...ground.subscription(subscriptionId), ...change }
    const { recurring_interval: interval, recurring_interval_count: count } = next
    ground.changeSubscription(subscriptionId, {
      ...change,
      current_period_start: from,
      current_period_end: afterInterval(from, interval, count),
      ...meterPeriod(ground.product(next.product_id), from),
    })
  }

  /** Starts the next period. If called early, the current one ends now. */
  const cycle = (of: Subscription): PolarEvent[] => {
    const now = stamp()
    const from = of.current_period_end > now ? now : of.current_period_end
    startPeriod(of.id, from, {
      ...nextTerms(world, of),
      status: of.status === 'past_due' ? 'past_due' : 'active',
      ...(of.status === 'trialing' && { trial_end: from }),
    })
    return [ground.ofSubscription('cycled', of.id), ground.ofSubscription('updated', of.id)]
  }

  const bill = (subscriptionId: string, input: BillInput, billed: Partial<Order>) => {
    const of = ground.subscription(subscriptionId)
    const customer = ground.customer(of.customer_id).customer
    const isFirst = billed.billing_reason === 'subscription_create'
    const made = order(stamp, {
      ...input,
      customer,
      product: ground.product(of.product_id),
      subscription: of,
      amount: of.status === 'trialing' ? 0 : (input.amount ?? of.amount),
      number: ground.nextOrderNumber(customer.id),
      organizationSlug: world.organization.slug,
      order: { checkout_id: isFirst ? of.checkout_id : null, ...billed, ...input.order },
    })
    world.orders.set(made.id, made)
    return made
  }

  /** A pending order, with its order.created. */
  const due = (subscriptionId: string, input: BillInput, reason: Order['billing_reason']) => {
    const made = bill(subscriptionId, input, { billing_reason: reason, ...PENDING })
    return { order: made, events: [ground.ofOrder('created', made.id)] }
  }

  const collect = (charged: Order): PolarEvent[] => {
    cards.collect(charged, 'subscription_cycle')
    return paid(ground, charged.id)
  }

  /**
   * The first charge of a pending order fails: subscription.updated → .past_due, unless it is past due already. No event has
   * the date of the next attempt, which is set `afterwards`, except an order.updated at the end if there was no card.
   */
  const fail = (charged: Order, { noCard = false, decline = INSUFFICIENT_FUNDS }: Failing) => {
    const subscriptionId = charged.subscription_id ?? ''
    if (noCard) world.removeCards(charged.customer_id)
    else cards.decline(charged.customer_id, decline)
    cards.charge(charged, 'subscription_cycle')
    const failedAt = stamp()
    const before = ground.subscription(subscriptionId)
    const wasPastDue = before.status === 'past_due'
    const pastDueAt = wasPastDue ? (before.past_due_at ?? failedAt) : failedAt
    const events: PolarEvent[] = []
    if (!wasPastDue) {
      ground.changeSubscription(subscriptionId, { status: 'past_due', past_due_at: pastDueAt })
      events.push(
        ground.ofSubscription('updated', subscriptionId),
        ground.ofSubscription('past_due', subscriptionId),
      )
    }
    const next_payment_attempt_at = firstRetry(pastDueAt, failedAt, noCard ? null : decline.reason)
    const schedule = () => ground.changeOrder(charged.id, { next_payment_attempt_at })
    if (!noCard) return { events, afterwards: schedule }
    schedule()
    events.push(ground.ofOrder('updated', charged.id))
    return { events, afterwards: () => {} }
  }

  return {
    start,
    subscriptionFor,
    startPeriod,
    cycle,
    bill,
    due,
    fail,
    /** order.updated → order.paid */
    collect,
    /** order.created (pending) → order.updated → order.paid */
    billPaid: (subscriptionId: string, input: BillInput, reason: Order['billing_reason']) => {
      const { order: made, events } = due(subscriptionId, input, reason)
      return { orderId: made.id, events: [...events, ...collect(made)] }
    },
  }
}

export type Billing = ReturnType<typeof createBilling>
