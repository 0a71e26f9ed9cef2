// Builds subscriptions in the full shape that Polar sends.

import { randomUUID } from 'node:crypto'
import type { models } from '@polar-sh/sdk/2026-10'
import { afterInterval, type Stamp } from '../instants.ts'
import { priceOf } from './product.ts'
import type { Customer, Product, Subscription } from './rows.ts'

type SubscriptionInput = {
  customer: Customer
  product: Product
  amount?: number
  currency?: string
  /** Overrides fields of the subscription. */
  subscription?: Partial<Subscription>
}

/** A subscription that starts now: trialing if the product has a trial, otherwise active. */
export const subscription = (stamp: Stamp, input: SubscriptionInput): Subscription => {
  const { customer, product } = input
  const { currency, ...price } = priceOf(product)
  const seats = price.per === 'seat' ? (input.subscription?.seats ?? 1) : null
  const units = price.per === 'unit' ? (input.subscription?.units ?? 1) : null
  const start = stamp()
  const interval = product.recurring_interval ?? 'month'
  const count = product.recurring_interval_count ?? 1
  const trialEnd =
    product.trial_interval === null
      ? null
      : afterInterval(start, product.trial_interval, product.trial_interval_count ?? 1)
  return {
    created_at: start,
    modified_at: null,
    id: randomUUID(),
    amount: input.amount ?? price.amount * (seats ?? units ?? 1),
    currency: input.currency ?? currency,
    recurring_interval: interval,
    recurring_interval_count: count,
    status: trialEnd === null ? 'active' : 'trialing',
    current_period_start: start,
    current_period_end: trialEnd ?? afterInterval(start, interval, count),
    // The meter stands still until the trial is over.
    ...meterPeriod(product, trialEnd === null ? start : null),
    trial_start: trialEnd === null ? null : start,
    trial_end: trialEnd,
    cancel_at_period_end: false,
    canceled_at: null,
    started_at: start,
    ends_at: null,
    ended_at: null,
    past_due_at: null,
    pause_at_period_end: false,
    paused_at: null,
    resumes_at: null,
    customer_id: customer.id,
    product_id: product.id,
    discount_id: null,
    checkout_id: randomUUID(),
    seats,
    units,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    metadata: {},
    custom_field_data: {},
    discount: null,
    prices: product.prices,
    meters: [],
    pending_update: null,
    ...input.subscription,
  }
}

/** The usage period from `start`, if the product has its own. */
export const meterPeriod = (
  { meter_interval, meter_interval_count }: Product,
  start: string | null,
): Pick<Subscription, 'current_meter_period_start' | 'current_meter_period_end'> => {
  const runs = start !== null && meter_interval !== null
  return {
    current_meter_period_start: runs ? start : null,
    current_meter_period_end: runs
      ? afterInterval(start, meter_interval, meter_interval_count ?? 1)
      : null,
  }
}

/** Changed terms of a subscription; omitted ones stay. */
export type Terms = { product?: Product; seats?: number | null; units?: number | null }

/** The changed fields of a subscription on new terms. Its currency stays, whatever the product's is. */
export const onTerms = (of: Subscription, terms: Terms): Partial<Subscription> => {
  const quantity = {
    seats: terms.seats ?? of.seats,
    units: terms.units ?? of.units,
  }
  if (terms.product === undefined) {
    const times = (quantity.seats ?? 1) / (of.seats ?? 1)
    const timesUnits = (quantity.units ?? 1) / (of.units ?? 1)
    return { ...quantity, amount: Math.round(of.amount * times * timesUnits) }
  }
  const { id, prices, recurring_interval, recurring_interval_count } = terms.product
  const price = priceOf(terms.product)
  if (price.per === 'seat') quantity.seats ??= 1
  if (price.per === 'unit') quantity.units ??= 1
  const count = price.per === 'seat' ? quantity.seats : price.per === 'unit' ? quantity.units : 1
  return {
    ...quantity,
    product_id: id,
    prices,
    amount: price.amount * (count ?? 1),
    recurring_interval: recurring_interval ?? of.recurring_interval,
    recurring_interval_count: recurring_interval_count ?? of.recurring_interval_count,
  }
}

/** An order carries its subscription without the objects in it. */
export const orderedSubscription = (
  from: Subscription | null | undefined,
): models.OrderSubscription | null => {
  if (from == null) return null
  const { custom_field_data, discount, prices, meters, pending_update, ...rest } = from
  return rest
}
