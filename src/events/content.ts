// What a message will say, taken from the event that caused it.

import type { OrderSummary, Plan } from '../../emails/index.ts'
import { DAY, MINUTE } from '../runtime/clock.ts'
import { changedAt, isOver, type KnownSubscription } from './known.ts'
import type { Order, Subscription, SubscriptionCore } from './shapes.ts'
import { quantityOf } from './terms.ts'

/** Polar's dunning ends this long after the first failed charge, and the subscription with it (server/polar/config.py). */
const DUNNING = 21 * DAY

/** It looks for what is over once the deadline has passed. */
const AFTER_DUNNING = MINUTE

export const dunningEnds = (pastDueAt: string) =>
  new Date(Date.parse(pastDueAt) + DUNNING + AFTER_DUNNING).toISOString()

/** Dunning ended it. Anybody may end a past-due subscription sooner, and was then not dunned out of it. */
export const endedByDunning = (
  { past_due_at }: Pick<Subscription, 'past_due_at'>,
  endedAt: string,
): boolean => past_due_at !== null && Date.parse(endedAt) >= Date.parse(past_due_at) + DUNNING

export const orderContent = (order: Order): OrderSummary => {
  const address = order.billing_address
  const line = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' ')
  return {
    id: order.id,
    number: order.invoice_number,
    date: order.created_at,
    currency: order.currency,
    items: order.items.map(({ label, amount, proration }) => ({ label, amount, proration })),
    subtotal: order.subtotal_amount,
    discount: order.discount_amount
      ? {
          label: order.discount?.code ?? order.discount?.name ?? null,
          amount: order.discount_amount,
        }
      : null,
    tax: order.tax_amount,
    total: order.total_amount,
    balance: order.applied_balance_amount,
    paid: Math.max(0, order.total_amount + order.applied_balance_amount),
    billingName: order.billing_name,
    billingAddress: address
      ? [
          line(address.line1),
          line(address.line2),
          line(address.postal_code, address.city),
          line(address.state?.replace(/^[A-Z]{2}-/, ''), address.country),
        ].filter(Boolean)
      : [],
  }
}

export const planOf = (subscription: SubscriptionCore, product: Order['product']): Plan => ({
  name: product?.name ?? '',
  interval: subscription.recurring_interval ?? product?.recurring_interval ?? null,
  intervalCount: subscription.recurring_interval_count ?? product?.recurring_interval_count ?? 1,
  renewsAt:
    subscription.cancel_at_period_end || subscription.pause_at_period_end || subscription.ended_at
      ? null
      : subscription.current_period_end,
  quantity: quantityOf(subscription),
})

/**
 * The plan of an order. The subscription in it may be older than the order itself, and older than what other events have
 * told: what is newest by Polar's dates says when it renews, and a renewal that is not after the order is not named.
 */
export const planIn = (
  order: Order,
  subscription: SubscriptionCore,
  known: KnownSubscription | undefined,
): Plan => {
  const told = planOf(subscription, order.product)
  const renewsAt = known && isNewerThan(subscription, known) ? knownRenewal(known) : told.renewsAt
  const isAhead = renewsAt !== null && Date.parse(renewsAt) > Date.parse(order.created_at)
  return { ...told, renewsAt: isAhead ? renewsAt : null }
}

const isNewerThan = (subscription: SubscriptionCore, { asOf }: KnownSubscription) =>
  asOf.changedAt > changedAt(subscription, 0)

const knownRenewal = (known: KnownSubscription): string | null =>
  isOver(known) || known.canceledAt !== null || known.pausedSince !== null || known.pauseAsked
    ? null
    : (known.terms?.until ?? null)

/** What an order is of, in a word: a wallet's top-up has no product. */
export const productOf = (order: Order): string =>
  order.product?.name ??
  order.description ??
  order.items.find(({ label }) => label !== '')?.label ??
  order.invoice_number ??
  ''

/** Nothing was charged, and that by its prices; where they are unknown, because neither credit nor discount explains it. */
export const freeRenewal = (order: Order, free: boolean | null): boolean =>
  order.total_amount === 0 &&
  (free ?? (order.applied_balance_amount === 0 && order.discount_amount === 0))
