// What is asked for and still to come: a pause, a change for the next period. The first event that shows one announces it.

import { type AsOf, isNewer, type KnownSubscription } from './known.ts'
import type { Subscription } from './shapes.ts'
import { quantityOf } from './terms.ts'

/** Whatever else is told of an announcement, one of these tells it too. */
const ANNOUNCE = new Set(['subscription.created', 'subscription.updated', 'subscription.cycled'])

export const learnAnnounced = (
  before: KnownSubscription,
  { id, type }: { id: string; type: string },
  told: Subscription,
  asOf: AsOf,
): KnownSubscription => {
  if (!isNewer(asOf, before.announcedAsOf)) return before
  const pending = told.pending_update
  const announces = told.pause_at_period_end || pending != null
  // Another event only shows what its twin announces, be that later: it may end an announcement, not make one.
  if (announces && !ANNOUNCE.has(type)) return before
  return {
    ...before,
    announcedAsOf: asOf,
    pauseAsked: told.pause_at_period_end ? (before.pauseAsked ?? { by: id }) : null,
    pending: pending
      ? {
          id: pending.id,
          by: before.pending?.id === pending.id ? before.pending.by : id,
          productId: pending.product_id,
          quantity: quantityOf(pending),
          appliesAt: pending.applies_at,
        }
      : null,
  }
}
