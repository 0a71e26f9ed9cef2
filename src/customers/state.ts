// Customer state: what all events so far say about a customer and its subscriptions.

import type { Interval, Money, Quantity } from '../../emails/index.ts'
import { MINUTE, SECOND } from '../runtime/clock.ts'
import type { Episode, PaidOrder, Uncredited } from './paid-orders.ts'

/** The age of a snapshot: by the object's own dates, then by the event's time; milliseconds. */
export type AsOf = { changedAt: number; occurredAt: number }

/** The plan and quantity of a subscription. */
export type Terms = { productId: string; name: string; quantity: Quantity | null }

/** A change of plan or quantity that has taken effect. */
export type Change = {
  /** Sequence number within the subscription; needed to distinguish A → B from a later A → B. */
  n: number
  what: 'plan' | 'quantity'
  at: number
  from: Terms | null
  to: Terms
  /** The events that showed it. */
  eventIds: string[]
  /** When Postern received the first of them, in milliseconds. */
  receivedAt: number
  /** So far only its order has shown it. */
  isGuess: boolean
  /** It was announced, or takes effect with a renewal. */
  wasScheduled: boolean
  /** Its announcement was mailed. */
  wasAnnounced?: boolean
  /** Its paid order, and the event of that order. */
  order: { id: string; eventId: string } | null
}

/** The newest snapshot of a subscription, as far as emails need it. Instants are ISO 8601. */
export type Snapshot = {
  asOf: AsOf
  status: string | null
  productId: string | null
  /** Null where the snapshot came without its product. */
  name: string | null
  interval: Interval | null
  intervalCount: number | null
  quantity: Quantity | null
  price: Money | null
  /** Null unless it is on trial. */
  trialStartedAt: string | null
  trialEndsAt: string | null
  periodEndsAt: string | null
  /** When it will end, if it is cancelled. */
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
  /** The latest failed periods, recovered ones included. */
  episodes: Episode[]
  /** Paused since then, in milliseconds. */
  pausedSince: number | null
  /** The last few periods that began after a pause, each with the event of its paid order. */
  resumed: { period: string; orderEventId: string | null }[]
  /** How the last few paid orders were read when they first came. Later events do not change that. */
  paidOrders: PaidOrder[]
  uncredited: Uncredited[]
  /** The latest order that paid for a period: when it was paid and when it was made, in milliseconds. */
  paid: { at: number; orderCreatedAt: number } | null
  /** The open order of the period. */
  openOrder: { id: string; due: number; currency: string; createdAt: number } | null
  /** Its newest snapshot. */
  snapshot: Snapshot | null
  /** When it was cancelled, if it still is; `unknown` where Polar names no date. */
  canceledAt: string | null
  /** The age of the newest information on scheduled changes. */
  scheduledAsOf: AsOf
  /** A scheduled pause, and the first event that showed it. */
  pauseRequested: { eventId: string } | null
  /** `until`: when the period ends, ISO 8601. */
  terms: (Terms & { asOf: AsOf; until: string | null }) | null
  /** How many changes there were, and the last few. */
  changeCount: number
  changes: Change[]
  /** A scheduled change, and the first event that showed it. */
  pending: {
    what: string
    eventId: string
    productId: string | null
    quantity: Quantity | null
    appliesAt: string
  } | null
  /** The last reminder, by the name that the schedule gives it, and when it was decided, in milliseconds. */
  reminded: string | null
  remindedAt: number | null
  /** Once it is over: kept whole until then, in milliseconds. */
  keptUntil: number | null
  /** When its details were forgotten, in milliseconds. */
  forgottenAt: number | null
}

/** A short hash of an address: enough to notice a change. */
export type AddressState = { hash: string; asOf: AsOf }

/** A member who has left never comes back under the same id, and no hash of their address is kept. */
export type MemberState = AddressState | { isGone: true }

/** Who deleted a customer: Polar, an operator by a command or in the console, or the merchant's backend through `/api`. */
export type Deleter = 'polar' | 'command' | 'console' | 'api'

export type CustomerState = {
  /** ISO 8601. From then on nothing is learned about the customer, and nobody is mailed. */
  deletedAt: string | null
  /** Absent where an erasure was cut off before it could note who asked for it. */
  deletedBy?: Deleter
  /** When the newest event was received that was ignored since the customer was erased here, in milliseconds. */
  ignoredAt?: number
  /** The merchant's own id for the customer. */
  externalId?: string
  /** When its last event was received, to the day, in milliseconds. */
  lastSeenAt?: number
  address?: AddressState
  /** By id: the members in events so far; of a huge team some. */
  members?: Record<string, MemberState>
  /** By id: only those that were loaded. */
  subscriptions: Record<string, SubscriptionState>
}

export const newCustomer: CustomerState = { deletedAt: null, subscriptions: {} }

const NEVER: AsOf = { changedAt: 0, occurredAt: 0 }

export const newSnapshot: Snapshot = {
  asOf: NEVER,
  status: null,
  productId: null,
  name: null,
  interval: null,
  intervalCount: null,
  quantity: null,
  price: null,
  trialStartedAt: null,
  trialEndsAt: null,
  periodEndsAt: null,
  endsAt: null,
  resumesAt: null,
  renewsAt: null,
}

export const newSubscription: SubscriptionState = {
  asOf: NEVER,
  status: 'unknown',
  free: null,
  episodes: [],
  pausedSince: null,
  resumed: [],
  paidOrders: [],
  uncredited: [],
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
  reminded: null,
  remindedAt: null,
  keptUntil: null,
  forgottenAt: null,
}

/** The state of a subscription. Polar chooses the id, so a name like `constructor` must not find anything. */
export const subscriptionIn = (
  state: CustomerState,
  id: string | null | undefined,
): SubscriptionState | undefined => {
  const found =
    id != null && Object.hasOwn(state.subscriptions, id) ? state.subscriptions[id] : undefined
  return found
}

export const withSubscription = (
  state: CustomerState,
  id: string,
  change: (subscription: SubscriptionState) => SubscriptionState,
): CustomerState => {
  const before = subscriptionIn(state, id) ?? newSubscription
  return { ...state, subscriptions: { ...state.subscriptions, [id]: change(before) } }
}

/** The state of a member, by the same rule. */
export const memberIn = (state: CustomerState, id: string): MemberState | undefined =>
  state.members && Object.hasOwn(state.members, id) ? state.members[id] : undefined

/** The last change of an object, by its own dates, in milliseconds. */
export const changedAt = (
  dated: { created_at: string | null; modified_at: string | null },
  otherwise: number,
) => Date.parse(dated.modified_at ?? dated.created_at ?? '') || otherwise

export const isNewer = (asOf: AsOf, than: AsOf) =>
  asOf.changedAt === than.changedAt
    ? asOf.occurredAt >= than.occurredAt
    : asOf.changedAt > than.changedAt

/** Whether the customer had another address before. */
export const isCorrected = (before: CustomerState, after: CustomerState) =>
  before.address !== undefined &&
  after.address !== undefined &&
  before.address.hash !== after.address.hash

const OVER = new Set(['canceled', 'unpaid'])

export const isOverIn = (status: string | null) => status !== null && OVER.has(status)

export const isOver = ({ status }: SubscriptionState) => isOverIn(status)

/** The email of a change, or of the end of a pause, waits so long for the order. */
export const WAIT_FOR_ORDER = { change: 3 * MINUTE, resumption: 2 * MINUTE }

/** An order that arrives this long before the wait ends is interpreted in time. */
const IN_TIME = 20 * SECOND

/** Whether this order came before the email had to go without it. */
export const arrivedInTime = (event: { receivedAt: number }, receivedAt: number, hold: number) =>
  event.receivedAt <= receivedAt + hold - IN_TIME
