// Forgets the details of a subscription that ended long ago. Its events may come late and its emails may wait, so it is kept
// whole for a while. After that only a remnant stays, by which a late event is recognised. The customer is forgotten as a
// whole once no subscription lives and no event has come for long.

import type { CustomerEvent, Event } from '../polar/event.ts'
import { DAY } from '../runtime/clock.ts'
import {
  type CustomerState,
  changedAt,
  isOver,
  newSubscription,
  type SubscriptionState,
} from './state.ts'

/** Polar can redeliver an event for 90 days (server/polar/config.py). */
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

/** The latest time at which the thing in an event can have happened, by Polar's own dates, in milliseconds. */
const happenedBy = (event: CustomerEvent): number => {
  const dated =
    event.about === 'order' ? event.order : event.about === 'subscription' && event.subscription
  return dated ? Math.min(event.occurredAt, changedAt(dated, event.occurredAt)) : event.occurredAt
}

/** Whether an event is older than the details that were forgotten: its meaning can no longer be decided. */
export const isForgotten = (event: CustomerEvent, subscription: SubscriptionState): boolean =>
  subscription.forgottenAt !== null && happenedBy(event) <= subscription.forgottenAt

/** Every event of an ended subscription keeps it whole for a while longer. */
export const keptFor = (after: SubscriptionState, { receivedAt }: Event): SubscriptionState => {
  const keptUntil = isOver(after) ? Math.max(after.keptUntil ?? 0, receivedAt + KEPT_WHOLE) : null
  return keptUntil === after.keptUntil ? after : { ...after, keptUntil }
}

export type Remnant = Pick<SubscriptionState, 'asOf' | 'status' | 'changeCount' | 'forgottenAt'>

/** The part that stays for good. Facts of changes contain the change count, so it must never start again from one. */
export const remnantOf = ({
  asOf,
  status,
  changeCount,
  keptUntil,
}: SubscriptionState): Remnant => ({ asOf, status, changeCount, forgottenAt: keptUntil })

/** A subscription as it is known at `now` (ms): whole, or its remnant. */
export const knownAt = (subscription: SubscriptionState, now: number): SubscriptionState =>
  subscription.keptUntil !== null && subscription.keptUntil <= now
    ? { ...newSubscription, ...remnantOf(subscription) }
    : subscription

/** A day is exact enough: so most events of a customer leave its record as it is. */
const SEEN_TO = DAY

/** Notes that an event of the customer has come. */
export const seen = (state: CustomerState, { receivedAt }: Event): CustomerState =>
  state.lastSeenAt !== undefined && receivedAt < state.lastSeenAt + SEEN_TO
    ? state
    : { ...state, lastSeenAt: receivedAt }

/** Events of one moment bring each other; a customer whose last event is this old rests until its next period. */
export const REST_AFTER = 2 * DAY

/** @param now milliseconds. */
export const isAtRest = ({ lastSeenAt }: CustomerState, now: number): boolean =>
  lastSeenAt === undefined || now >= lastSeenAt + REST_AFTER

/**
 * How long a customer is kept after its last event, in milliseconds. An event must be kept as long, since it is what leads to
 * the customer then; and Polar's late events must find the customer as it was.
 */
export const keptAfterLastEvent = (retainMs: number): number =>
  Math.max(retainMs, KEPT_WHOLE) + SEEN_TO

/**
 * Whether nothing about a customer matters any more at `now`, as far as its own record says: no subscription lives, be it
 * active, on trial, past due or paused, and the last event came more than `retainMs` ago. A deleted customer is never
 * forgotten, or a late event would be mailed.
 */
export const isIdle = (state: CustomerState, now: number, retainMs: number): boolean =>
  state.deletedAt === null &&
  state.lastSeenAt !== undefined &&
  now >= state.lastSeenAt + keptAfterLastEvent(retainMs) &&
  Object.values(state.subscriptions).every(isOver)
