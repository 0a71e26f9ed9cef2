// What we know of a customer from the events so far, and the questions that are asked of it.

import type { Interval, Money, Quantity } from '../../emails/index.ts'
import { MINUTE, SECOND } from '../runtime/clock.ts'

/** When a snapshot was taken: by the object's own dates, then by the event's; milliseconds. */
export type AsOf = { changedAt: number; occurredAt: number }

/** What is subscribed to. */
export type Terms = { productId: string; name: string; quantity: Quantity | null }

/** A change of plan or quantity that has taken effect. */
export type Change = {
  /** The how manieth of its subscription: plans alone would not tell A → B → A → B apart. */
  n: number
  what: 'plan' | 'quantity'
  at: number
  from: Terms | null
  to: Terms
  /** The events that told it. */
  eventIds: string[]
  /** When the first of them came to us, in milliseconds. */
  receivedAt: number
  /** Only its order has told it as yet. */
  isGuess: boolean
  /** It had been announced, or takes effect with a renewal. */
  wasScheduled: boolean
  /** Its announcement was told. */
  wasAnnounced?: boolean
  /** The paid order that it brought, and the event that told so. */
  order: { id: string; eventId: string } | null
}

/** A subscription as it was shown last, as far as emails speak of it. Instants are ISO 8601. */
export type Snapshot = {
  asOf: AsOf
  status: string | null
  productId: string | null
  /** Null where the product itself was not shown with it. */
  name: string | null
  interval: Interval | null
  intervalCount: number | null
  quantity: Quantity | null
  price: Money | null
  trialEndsAt: string | null
  periodEndsAt: string | null
  /** When it is to end, if it is cancelled. */
  endsAt: string | null
  resumesAt: string | null
  /** Null where it does not renew by itself. */
  renewsAt: string | null
}

export type SubscriptionState = {
  asOf: AsOf
  status: string
  /** All its prices are free. */
  free: boolean | null
  /** The latest failed charges, kept after they are mended: when, and in the period that began when. */
  episodes: { pastDueAt: string; periodStart: string | null }[]
  /** Since when it is paused, in milliseconds. */
  pausedSince: number | null
  /** Periods that a resumed subscription began, the last few, and the event that told of the paid order of each. */
  resumed: { period: string; orderEventId: string | null }[]
  /** What each paid order was taken for when it was first told, the last few: what is told later does not change it. */
  paidOrders: { id: string; recovers: string | null; resumes: boolean }[]
  /** The latest order that paid for a period: when it was paid, and when it was made. */
  paid: { at: number; orderCreatedAt: number } | null
  /** The unpaid order of the period, as long as it is unpaid. */
  openOrder: { id: string; due: number; currency: string; createdAt: number } | null
  /** What was shown last of it. */
  snapshot: Snapshot | null
  /** When it was cancelled, if that stands; `unknown` where only that is told. */
  canceledAt: string | null
  /** When what is still to come was told last. */
  scheduledAsOf: AsOf
  /** A pause that is asked for and still to come, and the event that told so first. */
  pauseRequested: { eventId: string } | null
  /** `until`: when the period ends, ISO 8601. */
  terms: (Terms & { asOf: AsOf; until: string | null }) | null
  /** How many changes there were, and the last few. */
  changeCount: number
  changes: Change[]
  /** A change that is still to come, and the event that told so first. */
  pending: {
    what: string
    eventId: string
    productId: string | null
    quantity: Quantity | null
    appliesAt: string
  } | null
  /** Once it is over: until when it is kept whole, in milliseconds. */
  keptUntil: number | null
  /** When its details were forgotten, in milliseconds: of what happened before, nothing is known any more. */
  forgottenAt: number | null
}

/** What stands for an address: enough to tell whether it has changed. */
export type AddressState = { hash: string; asOf: AsOf }

/** Whoever has left does not come back under the same id, and nothing that stands for their address is kept. */
export type MemberState = AddressState | { isGone: true }

export type CustomerState = {
  v: 1
  deletedAt: string | null
  address?: AddressState
  /** By their ids: those that events have told of, of a huge team some. What an earlier release kept has none. */
  members?: Record<string, MemberState>
  /** By their ids: those that were asked for. */
  subscriptions: Record<string, SubscriptionState>
}

export const newCustomer: CustomerState = { v: 1, deletedAt: null, subscriptions: {} }

const NEVER: AsOf = { changedAt: 0, occurredAt: 0 }

export const newSubscription: SubscriptionState = {
  asOf: NEVER,
  status: 'unknown',
  free: null,
  episodes: [],
  pausedSince: null,
  resumed: [],
  paidOrders: [],
  paid: null,
  openOrder: null,
  snapshot: null,
  canceledAt: null,
  scheduledAsOf: NEVER,
  pauseRequested: null,
  terms: null,
  changeCount: 0,
  changes: [],
  pending: null,
  keptUntil: null,
  forgottenAt: null,
}

/** What is known of a subscription. Its id is Polar's to choose: one like `constructor` is nobody's until it is told. */
export const subscriptionIn = (
  state: CustomerState,
  id: string | null | undefined,
): SubscriptionState | undefined => {
  const found =
    id != null && Object.hasOwn(state.subscriptions, id) ? state.subscriptions[id] : undefined
  return found && { ...newSubscription, ...found } // what an earlier release kept has less
}

export const withSubscription = (
  state: CustomerState,
  id: string,
  change: (subscription: SubscriptionState) => SubscriptionState,
): CustomerState => {
  const before = subscriptionIn(state, id) ?? newSubscription
  return { ...state, subscriptions: { ...state.subscriptions, [id]: change(before) } }
}

/** What is known of a member; its id is Polar's to choose, too. */
export const memberIn = (state: CustomerState, id: string): MemberState | undefined =>
  state.members && Object.hasOwn(state.members, id) ? state.members[id] : undefined

/** When something changed last, by its own dates, in milliseconds. */
export const changedAt = (
  dated: { created_at: string | null; modified_at: string | null },
  otherwise: number,
) => Date.parse(dated.modified_at ?? dated.created_at ?? '') || otherwise

export const isNewer = (asOf: AsOf, than: AsOf) =>
  asOf.changedAt === than.changedAt
    ? asOf.occurredAt >= than.occurredAt
    : asOf.changedAt > than.changedAt

/** Its address was another one before. */
export const isCorrected = (before: CustomerState, after: CustomerState) =>
  before.address !== undefined &&
  after.address !== undefined &&
  before.address.hash !== after.address.hash

const OVER = new Set(['canceled', 'unpaid'])

export const isOverIn = (status: string | null) => status !== null && OVER.has(status)

export const isOver = ({ status }: SubscriptionState) => isOverIn(status)

/** An email is held back so long for the order of a change, or of the end of a pause. */
export const WAIT_FOR_ORDER = { change: 3 * MINUTE, resumption: 2 * MINUTE }

/** An order that comes to us this much before the hold is over is understood in time. */
const IN_TIME = 20 * SECOND

/** The email has not gone out without the order that this event tells. */
export const arrivedInTime = (event: { receivedAt: number }, receivedAt: number, hold: number) =>
  event.receivedAt <= receivedAt + hold - IN_TIME

/** What became of a failed charge since: the period is paid, the subscription is over, or neither (`null`). */
export const outcomeOfFailedCharge = (
  state: CustomerState,
  subscriptionId: string,
  pastDueAt: string,
): 'recovered' | 'ended' | null => {
  const subscription = subscriptionIn(state, subscriptionId)
  if (!subscription) return null
  const failedAt = Date.parse(pastDueAt)
  // A past-due subscription goes on to bill: the order of a later period may be paid while the one that failed is not.
  const { paid } = subscription
  if (paid && paid.at > failedAt && paid.orderCreatedAt <= failedAt) return 'recovered'
  if (subscription.status === 'past_due' || subscription.asOf.changedAt <= failedAt) return null
  return isOver(subscription) ? 'ended' : 'recovered'
}
