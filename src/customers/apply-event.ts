// Learning from an event. Arrival order is not truth: what is newer by Polar's own dates wins, and staleness stops an
// overwrite, never an event's meaning.

import { learnAddress, learnMember } from './addresses.ts'
import { learnAnnounced } from './scheduled-changes.ts'
import type { CustomerEvent, Event } from '../polar/event.ts'
import {
  type AsOf,
  changedAt,
  isNewer,
  type Known,
  type KnownSubscription,
  withSubscription,
} from './state.ts'
import { periodOf } from './period.ts'
import type { Order, Subscription } from '../polar/payloads.ts'
import { learnShown } from './snapshot.ts'
import { firstTerms, learnChangeOrder, learnTerms } from './terms.ts'

/** Episodes and resumed periods that are remembered: orders of older ones do not come any more. */
const MOST_REMEMBERED = 4
const MOST_ORDERS = 12

/** Whatever else is told of a change, one of these tells it too. */
const TELL_CHANGES = new Set([
  'subscription.created',
  'subscription.updated',
  'subscription.cycled',
])

const kept = <T>(list: T[], added: T, most = MOST_REMEMBERED): T[] => [...list, added].slice(-most)

const learnState = (
  before: KnownSubscription,
  event: Event,
  told: Subscription,
  asOf: AsOf,
): KnownSubscription => {
  if (!isNewer(asOf, before.asOf)) return before
  const status = told.status ?? before.status
  return {
    ...before,
    asOf,
    status,
    pausedSince:
      status === 'paused'
        ? (before.pausedSince ?? (Date.parse(told.paused_at ?? '') || event.occurredAt))
        : null,
    free: told.prices?.length
      ? told.prices.every((price) => price.amount_type === 'free')
      : before.free,
    canceledAt: told.cancel_at_period_end || told.ended_at ? (told.canceled_at ?? 'unknown') : null,
  }
}

const fromSubscription =
  (event: Event, told: Subscription) =>
  (before: KnownSubscription): KnownSubscription => {
    const asOf = { changedAt: changedAt(told, event.occurredAt), toldAt: event.occurredAt }
    let after = learnShown(learnState(before, event, told, asOf), told, told.product, asOf)
    const resumes =
      event.type === 'subscription.resumed' ||
      (before.status === 'paused' && after.status === 'active')
    after = learnAnnounced(after, event, told, asOf)
    after = TELL_CHANGES.has(event.type)
      ? learnTerms(after, event, told, asOf, before.pending)
      : firstTerms(after, told, told.product, asOf)
    // What an event means stays true however late it comes.
    const period = told.current_period_start
    const pastDueAt = told.past_due_at
    if (pastDueAt && !before.episodes.some((episode) => episode.pastDueAt === pastDueAt)) {
      after = { ...after, episodes: kept(before.episodes, { pastDueAt, periodStart: period }) }
    }
    if (resumes && period && !before.resumed.some((one) => one.period === period)) {
      after = { ...after, resumed: kept(before.resumed, { period, orderBy: null }) }
    }
    return after
  }

/** Usage and a change of plan are billed within a period and pay for no more than themselves. */
const paysPeriod = ({ billing_reason }: Order) =>
  billing_reason === 'subscription_cycle' || billing_reason === 'subscription_create'

/** The failed charge that an order pays for at last: it was made in that period, and before the charge failed. */
const mends = (order: Order, known: KnownSubscription): string | null => {
  const episode = known.episodes.find(
    ({ pastDueAt, periodStart }) =>
      periodStart !== null && periodStart <= order.created_at && order.created_at <= pastDueAt,
  )
  return episode?.pastDueAt ?? null
}

/** It is the first charge after a pause, whether the resumption itself is told already or not. */
const resumes = (order: Order, known: KnownSubscription): boolean => {
  const period = periodOf(order, known.resumed)
  if (known.resumed.some((one) => one.period === period)) return true
  if (order.subscription?.status === 'paused') return false
  return known.pausedSince !== null && Date.parse(order.created_at) >= known.pausedSince
}

const learnResumeOrder = (
  before: KnownSubscription,
  event: Event,
  told: Order,
): KnownSubscription => {
  const period = periodOf(told, before.resumed)
  if (!period || !resumes(told, before)) return before
  const others = before.resumed.filter((one) => one.period !== period)
  const known = before.resumed.find((one) => one.period === period)
  return {
    ...before,
    resumed: kept(others, {
      period,
      orderBy: known?.orderBy ?? event.id,
    }),
  }
}

const learnPaid = (before: KnownSubscription, event: Event, told: Order): KnownSubscription => {
  if (before.paidOrders.some(({ id }) => id === told.id)) return before
  const order = { id: told.id, mends: mends(told, before), resumes: resumes(told, before) }
  const after = { ...before, paidOrders: kept(before.paidOrders, order, MOST_ORDERS) }
  if (told.billing_reason === 'subscription_update') return learnChangeOrder(after, event, told)
  if (!paysPeriod(told)) return after
  const paid = {
    at: changedAt(told, event.occurredAt),
    orderCreatedAt: Date.parse(told.created_at),
  }
  return learnResumeOrder(
    { ...after, paid: before.paid && before.paid.at > paid.at ? before.paid : paid },
    event,
    told,
  )
}

const learnOpen = (before: KnownSubscription, told: Order): KnownSubscription => {
  if (!paysPeriod(told)) return before
  const createdAt = Date.parse(told.created_at)
  const isPaid =
    before.paidOrders.some(({ id }) => id === told.id) ||
    (before.paid !== null && before.paid.orderCreatedAt >= createdAt)
  if (isPaid || (before.openOrder && before.openOrder.createdAt > createdAt)) return before
  const { id, due_amount: due, currency } = told
  return { ...before, openOrder: { id, due, currency, createdAt } }
}

const fromOrder =
  (event: Event, told: Order) =>
  (given: KnownSubscription): KnownSubscription => {
    const asOf = {
      changedAt: changedAt(told.subscription ?? told, event.occurredAt),
      toldAt: event.occurredAt,
    }
    const shown = learnShown(given, told.subscription, told.product, asOf)
    const before = firstTerms(shown, told.subscription, told.product, asOf)
    if (told.status === 'pending') return learnOpen(before, told)
    const isOpen = before.openOrder?.id === told.id
    const after = isOpen ? { ...before, openOrder: null } : before
    return event.type === 'order.paid' ? learnPaid(after, event, told) : after
  }

/** Of whoever is deleted nothing is kept that stands for an address. */
const fromCustomer = (known: Known, event: CustomerEvent): Known => {
  const { customer } = event
  if (known.deletedAt) return known
  if (!customer.deleted_at) return learnAddress(known, event)
  const { address: _, members: __, ...rest } = known
  return { ...rest, deletedAt: customer.deleted_at }
}

/** What is known once `event` is known too. */
export const learn = (known: Known, event: Event): Known => {
  if (event.about === 'member') return learnMember(known, event)
  const next = fromCustomer(known, event)
  switch (event.about) {
    case 'customer':
    case 'refund':
      return next
    case 'subscription':
      return withSubscription(
        next,
        event.subscription.id,
        fromSubscription(event, event.subscription),
      )
    case 'order': {
      const id = event.order.subscription?.id ?? event.order.subscription_id
      return id ? withSubscription(next, id, fromOrder(event, event.order)) : next
    }
  }
}
