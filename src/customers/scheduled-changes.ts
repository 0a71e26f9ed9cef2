// What is asked for and still to come: a pause, a change for the next period. The first event that shows one announces it.

import { type AsOf, isNewer, type KnownSubscription } from './state.ts'
import type { Subscription } from '../polar/payloads.ts'
import { quantityOf } from './terms.ts'

/** Whatever else is told of an announcement, one of these tells it too. */
const ANNOUNCE = new Set(['subscription.created', 'subscription.updated', 'subscription.cycled'])

/** What is announced, in a word: a second change that joins the first keeps its id, and is news all the same. */
export const announcementOf = (pending: NonNullable<Subscription['pending_update']>): string =>
  [pending.id, pending.product_id, pending.seats, pending.units, pending.applies_at].join('/')

export const learnAnnounced = (
  before: KnownSubscription,
  { id, type }: { id: string; type: string },
  told: Subscription,
  asOf: AsOf,
): KnownSubscription => {
  if (!isNewer(asOf, before.announcedAsOf)) return before
  const pending = told.pending_update
  const what = pending ? announcementOf(pending) : null
  const announces = told.pause_at_period_end || pending != null
  // Another event only shows what its twin announces, be that later: it may end an announcement, not make one.
  if (announces && !ANNOUNCE.has(type)) return before
  return {
    ...before,
    announcedAsOf: asOf,
    pauseAsked: told.pause_at_period_end ? (before.pauseAsked ?? { by: id }) : null,
    pending:
      pending && what !== null
        ? {
            what,
            by: before.pending?.what === what ? before.pending.by : id,
            productId: pending.product_id,
            quantity: quantityOf(pending),
            appliesAt: pending.applies_at,
          }
        : null,
  }
}
