// What is forgotten of a subscription that has been over for long. Its events may come late, and its emails may wait: so it is
// kept whole for a while. Then no more stays than tells a late event from a new one, and a later change from an earlier one.

import type { CustomerEvent, Event } from '../polar/event.ts'
import { DAY } from '../runtime/clock.ts'
import { changedAt, isOver, newSubscription, type SubscriptionState } from './state.ts'

/** Polar delivers an event again for 90 days at the most (server/polar/config.py). */
export const KEPT_WHOLE = 100 * DAY

/** The subscription that an event is about. */
export const subscriptionIdIn = (event: Event): string | null => {
  switch (event.about) {
    case 'subscription':
      return event.subscription.id
    case 'order':
      return event.order.subscription?.id ?? event.order.subscription_id
    default:
      return null
  }
}

/** What an event tells of happened by then, by Polar's own dates, in milliseconds. */
const happenedBy = (event: CustomerEvent): number => {
  const dated =
    event.about === 'order' ? event.order : event.about === 'subscription' && event.subscription
  return dated ? Math.min(event.occurredAt, changedAt(dated, event.occurredAt)) : event.occurredAt
}

/** The event may have been understood when more was known: what it means cannot be told any more. */
export const isForgotten = (event: CustomerEvent, subscription: SubscriptionState): boolean =>
  subscription.forgottenAt !== null && happenedBy(event) <= subscription.forgottenAt

/** Whatever tells of a subscription that is over keeps it whole for a while longer. */
export const keptFor = (after: SubscriptionState, { receivedAt }: Event): SubscriptionState => {
  const keptUntil = isOver(after) ? Math.max(after.keptUntil ?? 0, receivedAt + KEPT_WHOLE) : null
  return keptUntil === after.keptUntil ? after : { ...after, keptUntil }
}

export type Remnant = Pick<SubscriptionState, 'asOf' | 'status' | 'changeCount' | 'forgottenAt'>

/** What stays for good. The count of its changes is part of their facts: they are never counted from one again. */
export const remnantOf = ({
  asOf,
  status,
  changeCount,
  keptUntil,
}: SubscriptionState): Remnant => ({ asOf, status, changeCount, forgottenAt: keptUntil })

/** A subscription as far as it is known at `now` (ms). */
export const knownAt = (subscription: SubscriptionState, now: number): SubscriptionState =>
  subscription.keptUntil !== null && subscription.keptUntil <= now
    ? { ...newSubscription, ...remnantOf(subscription) }
    : subscription
