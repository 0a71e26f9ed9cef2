// Keeps the newest snapshot of a subscription, which emails go by. The one inside an order may be older than the order.

import type { Order, Subscription, SubscriptionCore } from '../polar/payloads.ts'
import { type AsOf, isNewer, isOverIn, type Snapshot, type SubscriptionState } from './state.ts'
import { quantityOf } from './terms.ts'

/** When a subscription renews by itself; `null` if it does not. */
export const renewalOf = (core: SubscriptionCore): string | null =>
  core.cancel_at_period_end ||
  core.pause_at_period_end ||
  core.ended_at ||
  core.status === 'paused' ||
  isOverIn(core.status)
    ? null
    : core.current_period_end

/** Whether all prices of a subscription are free; `null` where they are unknown. */
export const freeOf = ({ prices }: Pick<Subscription, 'prices'>): boolean | null =>
  prices?.length ? prices.every(({ amount_type }) => amount_type === 'free') : null

export const applySnapshot = (
  before: SubscriptionState,
  core: SubscriptionCore | null | undefined,
  product: Order['product'],
  asOf: AsOf,
): SubscriptionState => {
  if (!core || (before.snapshot && !isNewer(asOf, before.snapshot.asOf))) return before
  const isItsProduct = product != null && (core.product_id ?? product.id) === product.id
  const snapshot: Snapshot = {
    asOf,
    status: core.status,
    productId: core.product_id ?? product?.id ?? null,
    name: isItsProduct ? product.name : null,
    interval: core.recurring_interval ?? null,
    intervalCount: core.recurring_interval_count ?? null,
    quantity: quantityOf(core),
    price:
      core.amount > 0 && core.currency ? { value: core.amount, currency: core.currency } : null,
    trialStartedAt: core.status === 'trialing' ? core.trial_start : null,
    trialEndsAt: core.trial_end,
    periodEndsAt: core.current_period_end,
    endsAt: core.ends_at,
    resumesAt: core.resumes_at,
    renewsAt: renewalOf(core),
  }
  return { ...before, snapshot }
}
