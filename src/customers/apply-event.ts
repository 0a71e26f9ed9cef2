// Applies an event to the customer state. Events come in any order: the newer one by Polar's own dates wins. An old event
// overwrites nothing, but keeps its meaning.

import type { CustomerEvent, Event } from '../polar/event.ts'
import type { Order, Subscription } from '../polar/payloads.ts'
import { applyAddress, applyMember } from './addresses.ts'
import { orderDigest } from './digest.ts'
import { pastDueSince, stepNamed } from './dunning.ts'
import { applyEpisodes, recoveredBy, withUncredited } from './episodes.ts'
import { isForgotten, keptFor, seen, subscriptionIdIn } from './forget.ts'
import { paidOrderIn } from './paid-orders.ts'
import { periodOf } from './period.ts'
import { applyScheduledChanges } from './scheduled-changes.ts'
import { applySnapshot, freeOf } from './snapshot.ts'
import {
  type AsOf,
  type CustomerState,
  changedAt,
  isNewer,
  type SubscriptionState,
  subscriptionIn,
  withSubscription,
} from './state.ts'
import { applyChangeOrder, applyTerms, firstTerms } from './terms.ts'

/** Resumed periods that are remembered: orders of older ones no longer come. */
const MAX_RESUMED = 4
const MAX_PAID_ORDERS = 12

/** Every change is in one of these events, whatever other events it is in. */
const TELL_CHANGES = new Set([
  'subscription.created',
  'subscription.updated',
  'subscription.cycled',
])

const kept = <T>(list: T[], added: T, most = MAX_RESUMED): T[] => [...list, added].slice(-most)

const applyStatus = (
  before: SubscriptionState,
  event: Event,
  payload: Subscription,
  asOf: AsOf,
): SubscriptionState => {
  if (!isNewer(asOf, before.asOf)) return before
  const status = payload.status ?? before.status
  return {
    ...before,
    asOf,
    status,
    pausedSince:
      status === 'paused'
        ? (before.pausedSince ?? (Date.parse(payload.paused_at ?? '') || event.occurredAt))
        : null,
    free: freeOf(payload) ?? before.free,
    canceledAt:
      payload.cancel_at_period_end || payload.ended_at ? (payload.canceled_at ?? 'unknown') : null,
  }
}

const fromSubscription =
  (event: Event, payload: Subscription) =>
  (before: SubscriptionState): SubscriptionState => {
    const asOf = { changedAt: changedAt(payload, event.occurredAt), occurredAt: event.occurredAt }
    let after = applySnapshot(
      applyEpisodes(applyStatus(before, event, payload, asOf), payload, asOf),
      payload,
      payload.product,
      asOf,
    )
    const resumes =
      event.type === 'subscription.resumed' ||
      (before.status === 'paused' && after.status === 'active')
    after = applyScheduledChanges(after, event, payload, asOf)
    after = TELL_CHANGES.has(event.type)
      ? applyTerms(after, event, payload, asOf, before.pending)
      : firstTerms(after, payload, payload.product, asOf)
    // An event keeps its meaning however late it comes.
    const period = payload.current_period_start
    if (resumes && period && !before.resumed.some((one) => one.period === period)) {
      after = { ...after, resumed: kept(before.resumed, { period, orderEventId: null }) }
    }
    return after
  }

/** Usage and changes of plan are billed within a period and do not pay for it. */
const paysPeriod = ({ billing_reason }: Order) =>
  billing_reason === 'subscription_cycle' || billing_reason === 'subscription_create'

/**
 * Whether an order is the first charge after a pause. The event of the resumption may come later. An order that is found late
 * may show a later period than its own, so the first order of a period is the one.
 */
const resumes = (order: Order, state: SubscriptionState): boolean => {
  const period = periodOf(order, state.resumed)
  const resumed = state.resumed.find((one) => one.period === period)
  if (resumed) return resumed.orderEventId === null
  if (order.subscription?.status === 'paused') return false
  return state.pausedSince !== null && Date.parse(order.created_at) >= state.pausedSince
}

const applyResumeOrder = (
  before: SubscriptionState,
  event: Event,
  payload: Order,
): SubscriptionState => {
  const period = periodOf(payload, before.resumed)
  if (!period || !resumes(payload, before)) return before
  const others = before.resumed.filter((one) => one.period !== period)
  const state = before.resumed.find((one) => one.period === period)
  return {
    ...before,
    resumed: kept(others, {
      period,
      orderEventId: state?.orderEventId ?? event.id,
    }),
  }
}

const applyPaidOrder = (
  before: SubscriptionState,
  event: Event,
  payload: Order,
): SubscriptionState => {
  if (paidOrderIn(before, payload.id)) return before
  const paidAt = changedAt(payload, event.occurredAt)
  const order = {
    digest: orderDigest(payload.id),
    recovers: recoveredBy(payload, before, paidAt),
    resumes: resumes(payload, before),
  }
  const paidOrders = kept(before.paidOrders, order, MAX_PAID_ORDERS)
  const after = withUncredited({ ...before, paidOrders }, payload, paidAt)
  if (payload.billing_reason === 'subscription_update')
    return applyChangeOrder(after, event, payload)
  if (!paysPeriod(payload)) return after
  const paid = { at: paidAt, orderCreatedAt: Date.parse(payload.created_at) }
  return applyResumeOrder(
    { ...after, paid: before.paid && before.paid.at > paid.at ? before.paid : paid },
    event,
    payload,
  )
}

const applyOpenOrder = (before: SubscriptionState, payload: Order): SubscriptionState => {
  if (!paysPeriod(payload)) return before
  const createdAt = Date.parse(payload.created_at)
  const isPaid =
    paidOrderIn(before, payload.id) !== undefined ||
    (before.paid !== null && before.paid.orderCreatedAt >= createdAt)
  if (isPaid || (before.openOrder && before.openOrder.createdAt > createdAt)) return before
  const { id, due_amount: due, currency } = payload
  return { ...before, openOrder: { id, due, currency, createdAt } }
}

const fromOrder =
  (event: Event, payload: Order) =>
  (given: SubscriptionState): SubscriptionState => {
    const asOf = {
      changedAt: changedAt(payload.subscription ?? payload, event.occurredAt),
      occurredAt: event.occurredAt,
    }
    const known = applyEpisodes(given, payload.subscription, asOf)
    const snapshot = applySnapshot(known, payload.subscription, payload.product, asOf)
    const before = firstTerms(snapshot, payload.subscription, payload.product, asOf)
    if (payload.status === 'pending') return applyOpenOrder(before, payload)
    const isOpen = before.openOrder?.id === payload.id
    const after = isOpen ? { ...before, openOrder: null } : before
    return event.type === 'order.paid' ? applyPaidOrder(after, event, payload) : after
  }

/** Polar never changes an external id that is set. */
const applyExternalId = (state: CustomerState, { customer }: CustomerEvent): CustomerState =>
  customer.external_id && state.externalId === undefined
    ? { ...state, externalId: customer.external_id }
    : state

/** The state of a deleted customer keeps no hash of an address. */
const fromCustomer = (state: CustomerState, event: CustomerEvent): CustomerState => {
  const { customer } = event
  if (!customer.deleted_at) return applyAddress(applyExternalId(state, event), event)
  const { address: _, members: __, ...rest } = state
  return { ...rest, deletedAt: customer.deleted_at, deletedBy: 'polar' }
}

/**
 * Nothing is learned about a deleted customer, whose data may have been erased. One who was erased here may still live at Polar,
 * so it is noted that events are ignored. Those of a deletion at Polar come beside it.
 */
const ofDeleted = (state: CustomerState, deletedAt: string, { receivedAt }: Event) => {
  const isNoted =
    state.deletedBy && state.deletedBy !== 'polar' && receivedAt > Date.parse(deletedAt)
  return isNoted ? { ...state, ignoredAt: Math.max(state.ignoredAt ?? 0, receivedAt) } : state
}

/** Notes that the customer was reminded, unless what it was about is over by now. */
const withReminder =
  ({ remindsOf, occurredAt }: { remindsOf?: string; occurredAt: number }) =>
  (state: SubscriptionState): SubscriptionState => {
    const pastDueAt = pastDueSince(state)
    const isStillDue =
      remindsOf !== undefined &&
      (remindsOf === state.snapshot?.renewsAt ||
        (pastDueAt !== null && stepNamed(remindsOf)?.pastDueAt === pastDueAt))
    return isStillDue ? { ...state, reminded: remindsOf, remindedAt: occurredAt } : state
  }

const changeBy = (event: Event) => {
  switch (event.about) {
    case 'subscription': {
      const learn = fromSubscription(event, event.subscription)
      const remind = withReminder(event)
      return (before: SubscriptionState) => remind(learn(before))
    }
    case 'order':
      return fromOrder(event, event.order)
    default:
      return null
  }
}

/** The state after `event`. */
export const applyEvent = (before: CustomerState, event: Event): CustomerState => {
  if (before.deletedAt) return ofDeleted(before, before.deletedAt, event)
  const state = seen(before, event)
  if (event.about === 'member') return applyMember(state, event)
  const next = fromCustomer(state, event)
  const id = subscriptionIdIn(event)
  const change = changeBy(event)
  if (id === null || !change || next.deletedAt) return next
  const subscription = subscriptionIn(next, id)
  return subscription && isForgotten(event, subscription)
    ? next
    : withSubscription(next, id, (known) => keptFor(change(known), event))
}
