// Learning from an event. Arrival order is not truth: what is newer by Polar's own dates wins, and staleness stops an
// overwrite, never an event's meaning.

import type { Event } from './event.ts'
import { type AsOf, type Known, type KnownSubscription, withSubscription } from './known.ts'
import type { Customer, Order, Subscription } from './shapes.ts'
import { firstTerms, learnChangeOrder, learnTerms } from './terms.ts'

/** Episodes, cancellations and resumed periods that are remembered: orders of older ones do not come any more. */
const MOST_REMEMBERED = 4

const isNewer = (asOf: AsOf, than: AsOf) =>
  asOf.changedAt === than.changedAt ? asOf.toldAt >= than.toldAt : asOf.changedAt > than.changedAt

const changedAt = (
  dated: { created_at: string | null; modified_at: string | null },
  otherwise: number,
) => Date.parse(dated.modified_at ?? dated.created_at ?? '') || otherwise

const kept = <T>(list: T[], added: T): T[] => [...list, added].slice(-MOST_REMEMBERED)

const state = (
  before: KnownSubscription,
  event: Event,
  told: Subscription,
  asOf: AsOf,
): KnownSubscription => {
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
    canceledAt: told.cancel_at_period_end || told.ended_at ? told.canceled_at : null,
  }
}

const fromSubscription =
  (event: Event, told: Subscription) =>
  (before: KnownSubscription): KnownSubscription => {
    const asOf = { changedAt: changedAt(told, event.occurredAt), toldAt: event.occurredAt }
    const period = told.current_period_start
    let after = before
    let resumes = event.type === 'subscription.resumed'
    if (isNewer(asOf, before.asOf)) {
      after = state(before, event, told, asOf)
      resumes ||= before.status === 'paused' && after.status === 'active'
    }
    if (!before.terms || isNewer(asOf, before.terms.asOf))
      after = learnTerms(after, event, told, asOf)
    // What an event means stays true however late it comes.
    const pastDueAt = told.past_due_at
    if (pastDueAt && !before.episodes.some((episode) => episode.pastDueAt === pastDueAt)) {
      after = { ...after, episodes: kept(before.episodes, { pastDueAt, periodStart: period }) }
    }
    const canceledAt = told.canceled_at
    if (canceledAt && !before.cancellations.includes(canceledAt)) {
      after = { ...after, cancellations: kept(before.cancellations, canceledAt).toSorted() }
    }
    if (resumes && period && !before.resumed.some((one) => one.period === period)) {
      after = { ...after, resumed: kept(before.resumed, { period, orderBy: null }) }
    }
    return after
  }

/** Usage and a change of plan are billed within a period and pay for no more than themselves. */
const paysPeriod = ({ billing_reason }: Order) =>
  billing_reason === 'subscription_cycle' || billing_reason === 'subscription_create'

/** The first charge after a pause, whether the resumption itself is told already or not. */
export const followsPause = (order: Order, known: KnownSubscription): boolean => {
  const period = order.subscription?.current_period_start
  if (period != null && known.resumed.some((one) => one.period === period)) return true
  return known.pausedSince !== null && Date.parse(order.created_at) >= known.pausedSince
}

const learnResumeOrder = (
  before: KnownSubscription,
  event: Event,
  told: Order,
): KnownSubscription => {
  const period = told.subscription?.current_period_start
  if (!period || !followsPause(told, before)) return before
  const others = before.resumed.filter((one) => one.period !== period)
  const known = before.resumed.find((one) => one.period === period)
  return { ...before, resumed: kept(others, { period, orderBy: known?.orderBy ?? event.id }) }
}

const fromOrder =
  (event: Event, told: Order) =>
  (given: KnownSubscription): KnownSubscription => {
    const createdAt = Date.parse(told.created_at)
    const before = firstTerms(given, told.subscription, told.product)
    const wasPaid = before.paid !== null && before.paid.orderCreatedAt >= createdAt
    if (told.status === 'pending') {
      const isNext = !wasPaid && (!before.openOrder || before.openOrder.createdAt <= createdAt)
      if (!isNext) return before
      return {
        ...before,
        openOrder: { id: told.id, due: told.due_amount, currency: told.currency, createdAt },
      }
    }
    const after = {
      ...before,
      openOrder: before.openOrder?.id === told.id ? null : before.openOrder,
    }
    if (event.type !== 'order.paid') return after
    if (told.billing_reason === 'subscription_update') return learnChangeOrder(after, event, told)
    if (!paysPeriod(told)) return after
    const paid = { at: changedAt(told, event.occurredAt), orderCreatedAt: createdAt }
    return learnResumeOrder(
      { ...after, paid: before.paid && before.paid.at > paid.at ? before.paid : paid },
      event,
      told,
    )
  }

const fromCustomer = (known: Known, customer: Customer): Known =>
  customer.deleted_at && !known.deletedAt ? { ...known, deletedAt: customer.deleted_at } : known

/** What is known once `event` is known too. */
export const learn = (known: Known, event: Event): Known => {
  const next = fromCustomer(known, event.customer)
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
