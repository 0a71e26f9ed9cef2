// What was shown last of a subscription. An event shows it as of some moment, and the one inside an order may be older than
// the order: what an email says of it goes by the newest.

import { type AsOf, isNewer, isOverIn, type KnownSubscription, type Shown } from './state.ts'
import type { Order, SubscriptionCore } from '../polar/payloads.ts'
import { quantityOf } from './terms.ts'

/** When a subscription renews by itself, if it does. */
export const renewalOf = (core: SubscriptionCore): string | null =>
  core.cancel_at_period_end ||
  core.pause_at_period_end ||
  core.ended_at ||
  core.status === 'paused' ||
  isOverIn(core.status)
    ? null
    : core.current_period_end

export const learnShown = (
  before: KnownSubscription,
  core: SubscriptionCore | null | undefined,
  product: Order['product'],
  asOf: AsOf,
): KnownSubscription => {
  if (!core || (before.shown && !isNewer(asOf, before.shown.asOf))) return before
  const isItsProduct = product != null && (core.product_id ?? product.id) === product.id
  const shown: Shown = {
    asOf,
    status: core.status,
    productId: core.product_id ?? product?.id ?? null,
    name: isItsProduct ? product.name : null,
    interval: core.recurring_interval ?? null,
    intervalCount: core.recurring_interval_count ?? null,
    quantity: quantityOf(core),
    price:
      core.amount > 0 && core.currency ? { value: core.amount, currency: core.currency } : null,
    trialEndsAt: core.trial_end,
    periodEndsAt: core.current_period_end,
    endsAt: core.ends_at,
    resumesAt: core.resumes_at,
    renewsAt: renewalOf(core),
  }
  return { ...before, shown }
}
