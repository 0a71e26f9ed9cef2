// Follows the plan and quantity of a subscription, their changes, and the order that a change may bring. The event of that
// order may come a little later, or a little sooner, than the event of the change.

import type { Quantity } from '../../emails/index.ts'
import type { Order, Subscription, SubscriptionCore } from '../polar/payloads.ts'
import { DAY, HOUR, MINUTE } from '../runtime/clock.ts'
import {
  type AsOf,
  arrivedInTime,
  type Change,
  isNewer,
  type SubscriptionState,
  type Terms,
  WAIT_FOR_ORDER,
} from './state.ts'

/** A change and its order are made within seconds of each other. */
const TOGETHER = 10 * MINUTE

/** Where both name the same plan and quantity, their events may be this far apart. */
const SAME_TERMS_TOGETHER = DAY

/** Polar renews a subscription and changes it within moments. */
const WITH_RENEWAL = MINUTE

/** A change that comes more than this before its time was brought forward. */
const ON_TIME = HOUR

const isOnTime = (at: number, time: string | null) =>
  time === null || at >= Date.parse(time) - ON_TIME

const MAX_CHANGES = 8

type Counted = { seats?: number | null | undefined; units?: number | null | undefined }

export const quantityOf = ({ seats, units }: Counted): Quantity | null =>
  seats ? { count: seats, of: 'seat' } : units ? { count: units, of: 'unit' } : null

const termsOf = (core: SubscriptionCore, product: Order['product']): Terms | null => {
  const productId = product?.id ?? core.product_id
  if (!productId) return null
  // The subscription inside an order may be older than the order, and then its seats are those of another plan.
  const isOfAnother = core.product_id !== null && core.product_id !== productId
  const quantity = isOfAnother ? null : quantityOf(core)
  return { productId, name: product?.name ?? '', quantity }
}

const same = (one: Quantity | null, other: Quantity | null) =>
  one?.count === other?.count && one?.of === other?.of

const differs = (from: Terms, to: Terms): Change['what'] | null =>
  from.productId !== to.productId ? 'plan' : same(from.quantity, to.quantity) ? null : 'quantity'

/** The change that an order or event belongs to: the nearest to the same plan and quantity, or else any that is near. */
const belonging = (changes: readonly Change[], at: number, terms: Terms): Change | undefined => {
  const far = (change: Change) => Math.abs(change.at - at)
  const [nearest] = changes.toSorted((one, other) => far(one) - far(other))
  const [same] = changes
    .filter((change) => !differs(change.to, terms) && far(change) <= SAME_TERMS_TOGETHER)
    .toSorted((one, other) => far(one) - far(other))
  return same ?? (nearest && far(nearest) <= TOGETHER ? nearest : undefined)
}

const replaced = (before: SubscriptionState, old: Change, by: Change): SubscriptionState => ({
  ...before,
  changes: before.changes.map((change) => (change === old ? by : change)),
})

const opened = (before: SubscriptionState, change: Omit<Change, 'n'>): SubscriptionState => {
  const n = before.changeCount + 1
  return {
    ...before,
    changeCount: n,
    changes: [...before.changes, { n, ...change }].slice(-MAX_CHANGES),
  }
}

type Telling = { id: string; type: string; occurredAt: number; receivedAt: number }

/** Whether the change was announced for this time: then it is not mailed again. */
const wasAnnounced = (
  { occurredAt }: Telling,
  announced: SubscriptionState['pending'],
  next: Terms,
) =>
  announced !== null &&
  (announced.productId ?? next.productId) === next.productId &&
  same(announced.quantity ?? next.quantity, next.quantity) &&
  isOnTime(occurredAt, announced.appliesAt)

/** Whether the change comes with a renewal, by any of its events: the receipt of the renewal names the new plan. */
const comesWithRenewal = (
  { type, occurredAt }: Telling,
  until: string | null,
  { current_period_start: begunAt }: Subscription,
  changedAt: number,
) =>
  isOnTime(occurredAt, until) &&
  (type === 'subscription.cycled' ||
    (until !== null &&
      begunAt !== null &&
      isOnTime(Date.parse(begunAt), until) &&
      changedAt - Date.parse(begunAt) <= WITH_RENEWAL))

/** Takes the terms from a snapshot, where no event has shown them yet. */
export const firstTerms = (
  before: SubscriptionState,
  core: SubscriptionCore | null | undefined,
  product: Order['product'],
  asOf: AsOf,
): SubscriptionState => {
  const terms = core && !before.terms ? termsOf(core, product) : null
  return terms
    ? { ...before, terms: { ...terms, asOf, until: core?.current_period_end ?? null } }
    : before
}

/**
 * Applies the terms in an event, and notes the change that they make.
 * @param pending the scheduled change before this event.
 */
export const applyTerms = (
  before: SubscriptionState,
  event: Telling,
  payload: Subscription,
  asOf: AsOf,
  pending: SubscriptionState['pending'],
): SubscriptionState => {
  const { terms } = before
  const next = termsOf(payload, payload.product)
  if (!next || (terms && !isNewer(asOf, terms.asOf))) return before
  const after = { ...before, terms: { ...next, asOf, until: payload.current_period_end } }
  const what = terms && differs(terms, next)
  if (!what) return after
  const { asOf: _, until, ...from } = terms
  const isAnnounced = wasAnnounced(event, pending, next)
  const guesses = before.changes.filter(({ isGuess }) => isGuess)
  const guess = belonging(guesses, asOf.changedAt, next)
  return guess
    ? replaced(after, guess, {
        ...guess,
        isGuess: false,
        from,
        to: next,
        eventIds: [...guess.eventIds, event.id],
      })
    : opened(after, {
        what,
        at: asOf.changedAt,
        from,
        to: next,
        eventIds: [event.id],
        receivedAt: event.receivedAt,
        isGuess: false,
        wasScheduled: isAnnounced || comesWithRenewal(event, until, payload, asOf.changedAt),
        wasAnnounced: isAnnounced,
        order: null,
      })
}

/** Notes the paid order of a change. Where no event has shown the change yet, the order alone implies one. */
export const applyChangeOrder = (
  before: SubscriptionState,
  event: Telling,
  payload: Order,
): SubscriptionState => {
  const to = payload.subscription && termsOf(payload.subscription, payload.product)
  if (!to || before.changes.some(({ order }) => order?.id === payload.id)) return before
  const at = Date.parse(payload.created_at)
  const order = { id: payload.id, eventId: event.id }
  const fits = belonging(
    before.changes.filter((change) => !change.order && !change.wasScheduled),
    at,
    to,
  )
  // The email of the change has gone out without its order, so the order gets an email of its own.
  if (fits && !arrivedInTime(event, fits.receivedAt, WAIT_FOR_ORDER.change)) return before
  const what = before.terms && differs(before.terms, to)
  return fits
    ? replaced(before, fits, { ...fits, order })
    : opened(before, {
        what: what ?? (to.quantity ? 'quantity' : 'plan'),
        at,
        from: what ? before.terms : null,
        to,
        eventIds: [event.id],
        receivedAt: event.receivedAt,
        isGuess: true,
        wasScheduled: false,
        order,
      })
}
