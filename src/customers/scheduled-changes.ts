// Scheduled changes: a pause, or a change for the next period. The first event that shows one announces it.

import type { Subscription } from '../polar/payloads.ts'
import { type AsOf, isNewer, type SubscriptionState } from './state.ts'
import { quantityOf } from './terms.ts'

/** Every scheduled change is in one of these events, whatever other events it is in. */
const ANNOUNCE = new Set(['subscription.created', 'subscription.updated', 'subscription.cycled'])

/** Identifies a scheduled change by its content: Polar keeps the id when a second change joins the first. */
export const scheduledChangeKey = (pending: NonNullable<Subscription['pending_update']>): string =>
  [pending.id, pending.product_id, pending.seats, pending.units, pending.applies_at].join('/')

export const applyScheduledChanges = (
  before: SubscriptionState,
  { id, type }: { id: string; type: string },
  payload: Subscription,
  asOf: AsOf,
): SubscriptionState => {
  if (!isNewer(asOf, before.scheduledAsOf)) return before
  const pending = payload.pending_update
  const what = pending ? scheduledChangeKey(pending) : null
  const announces = payload.pause_at_period_end || pending != null
  // Other event types repeat the content of these, maybe earlier: they may end an announcement, not make one.
  if (announces && !ANNOUNCE.has(type)) return before
  return {
    ...before,
    scheduledAsOf: asOf,
    pauseRequested: payload.pause_at_period_end ? (before.pauseRequested ?? { eventId: id }) : null,
    pending:
      pending && what !== null
        ? {
            what,
            eventId: before.pending?.what === what ? before.pending.eventId : id,
            productId: pending.product_id,
            quantity: quantityOf(pending),
            appliesAt: pending.applies_at,
          }
        : null,
  }
}
