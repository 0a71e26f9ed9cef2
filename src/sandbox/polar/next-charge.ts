// The terms and the amounts of a subscription's next period.

import { amounts } from './shapes/order.ts'
import type { Subscription } from './shapes/rows.ts'
import { onTerms } from './shapes/subscription.ts'
import type { World } from './world.ts'

/** The changes that were chosen for the next period. */
export const nextTerms = (world: World, of: Subscription): Partial<Subscription> => {
  if (of.pending_update === null) return {}
  const { product_id, seats, units } = of.pending_update
  const product = world.products.get(product_id ?? '')
  return {
    ...onTerms(of, { ...(product !== undefined && { product }), seats, units }),
    pending_update: null,
  }
}

/** Whether Polar previews a charge: the subscription is active, trialing, or paused until a date. */
export const hasNextCharge = ({ status, resumes_at }: Subscription) =>
  status === 'active' || status === 'trialing' || (status === 'paused' && resumes_at !== null)

/**
 * `GET /v1/subscriptions/{id}/charge-preview`, in the smallest unit of the currency. The route is private at Polar: its first
 * six fields are known from Polar's code, the names of the others follow those of an order.
 */
export const nextCharge = (world: World, of: Subscription) => {
  const base = { ...of, ...nextTerms(world, of) }.amount
  const money = { amount: base, tax: 0, taxInclusive: false, discount: 0, balance: 0 }
  const charge = amounts(money)
  return {
    base_amount: base,
    metered_amount: 0,
    subtotal_amount: charge.subtotal_amount,
    discount_amount: charge.discount_amount,
    tax_amount: charge.tax_amount,
    total_amount: charge.total_amount,
    proration_amount: 0,
    net_amount: charge.net_amount,
    applied_balance_amount: charge.applied_balance_amount,
    due_amount: charge.due_amount,
  }
}
