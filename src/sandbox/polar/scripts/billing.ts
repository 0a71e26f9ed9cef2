// Shared steps of the subscription scripts: they find or make a subscription, start periods and bill orders.

import { afterInterval, later } from '../instants.ts'
import { nextTerms } from '../next-charge.ts'
import { type Money, order } from '../shapes/order.ts'
import type { Order, PolarEvent, Subscription } from '../shapes/rows.ts'
import { meterPeriod, subscription } from '../shapes/subscription.ts'
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
      status: 'active',
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

  return {
    start,
    subscriptionFor,
    startPeriod,
    cycle,
    bill,
    due,
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
