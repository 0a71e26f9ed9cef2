// What we know of a customer from the events so far. Arrival order is not truth: what is newer by Polar's own dates wins.

import type { Customer, Event, Order, Subscription } from './event.ts'

/** When a snapshot was taken: by the object's own dates, then by the event's. */
type AsOf = { changedAt: number; toldAt: number }

export type KnownSubscription = {
  asOf: AsOf
  status: string
  /** All its prices are free. */
  free: boolean | null
  /** The latest failed charges, kept after they are mended: when, and in the period that began when. */
  episodes: { pastDueAt: string; periodStart: string | null }[]
  /** Since when it is paused, in milliseconds. */
  pausedSince: number | null
  /** Beginnings of the periods that a resumed subscription began, the last few. */
  resumedPeriods: string[]
  /** The latest order that paid for a period: when it was paid, and when it was made. */
  paid: { at: number; orderCreatedAt: number } | null
  /** The unpaid order of the period, as long as it is unpaid. */
  openOrder: { id: string; due: number; currency: string; createdAt: number } | null
}

export type Known = {
  v: 1
  deletedAt: string | null
  subscriptions: Record<string, KnownSubscription>
}

export const nothingKnown: Known = { v: 1, deletedAt: null, subscriptions: {} }

/** Episodes and resumed periods that are remembered: orders of older ones do not come any more. */
const MOST_REMEMBERED = 4

const unknownSubscription: KnownSubscription = {
  asOf: { changedAt: 0, toldAt: 0 },
  status: 'unknown',
  free: null,
  episodes: [],
  pausedSince: null,
  resumedPeriods: [],
  paid: null,
  openOrder: null,
}

const isNewer = (asOf: AsOf, than: AsOf) =>
  asOf.changedAt === than.changedAt ? asOf.toldAt >= than.toldAt : asOf.changedAt > than.changedAt

const changedAt = (
  dated: { created_at: string | null; modified_at: string | null },
  otherwise: number,
) => Date.parse(dated.modified_at ?? dated.created_at ?? '') || otherwise

/** What is known of a subscription. Its id is Polar's to choose: one like `constructor` is nobody's until it is told. */
export const subscriptionIn = (
  known: Known,
  id: string | null | undefined,
): KnownSubscription | undefined =>
  id != null && Object.hasOwn(known.subscriptions, id) ? known.subscriptions[id] : undefined

const withSubscription = (
  known: Known,
  id: string,
  change: (subscription: KnownSubscription) => KnownSubscription,
): Known => ({
  ...known,
  subscriptions: {
    ...known.subscriptions,
    [id]: change(subscriptionIn(known, id) ?? unknownSubscription),
  },
})

const fromSubscription =
  (event: Event, told: Subscription) =>
  (before: KnownSubscription): KnownSubscription => {
    const asOf = { changedAt: changedAt(told, event.occurredAt), toldAt: event.occurredAt }
    const after = { ...before }
    const period = told.current_period_start
    let resumes = event.type === 'subscription.resumed'
    if (isNewer(asOf, before.asOf)) {
      const status = told.status ?? before.status
      resumes ||= before.status === 'paused' && status === 'active'
      after.asOf = asOf
      after.status = status
      after.pausedSince =
        status === 'paused'
          ? (before.pausedSince ?? (Date.parse(told.paused_at ?? '') || event.occurredAt))
          : null
      if (told.prices?.length)
        after.free = told.prices.every((price) => price.amount_type === 'free')
    }
    // What an event means stays true however late it comes.
    const pastDueAt = told.past_due_at
    if (pastDueAt && !before.episodes.some((episode) => episode.pastDueAt === pastDueAt)) {
      after.episodes = [...before.episodes, { pastDueAt, periodStart: period }].slice(
        -MOST_REMEMBERED,
      )
    }
    if (resumes && period && !before.resumedPeriods.includes(period)) {
      after.resumedPeriods = [...before.resumedPeriods, period].slice(-MOST_REMEMBERED)
    }
    return after
  }

/** Usage and a change of plan are billed within a period and pay for no more than themselves. */
const paysPeriod = ({ billing_reason }: Order) =>
  billing_reason === 'subscription_cycle' || billing_reason === 'subscription_create'

const fromOrder =
  (event: Event, told: Order) =>
  (before: KnownSubscription): KnownSubscription => {
    const createdAt = Date.parse(told.created_at)
    const wasPaid = before.paid !== null && before.paid.orderCreatedAt >= createdAt
    if (told.status === 'pending') {
      const isNext = !wasPaid && (!before.openOrder || before.openOrder.createdAt <= createdAt)
      if (!isNext) return before
      return {
        ...before,
        openOrder: { id: told.id, due: told.due_amount, currency: told.currency, createdAt },
      }
    }
    const openOrder = before.openOrder?.id === told.id ? null : before.openOrder
    if (event.type !== 'order.paid' || !paysPeriod(told)) return { ...before, openOrder }
    const paid = {
      at: changedAt(told, event.occurredAt),
      orderCreatedAt: createdAt,
    }
    return {
      ...before,
      openOrder,
      paid: before.paid && before.paid.at > paid.at ? before.paid : paid,
    }
  }

const fromCustomer = (known: Known, customer: Customer): Known =>
  customer.deleted_at && !known.deletedAt ? { ...known, deletedAt: customer.deleted_at } : known

/** What is known once `event` is known too. */
export const learn = (known: Known, event: Event): Known => {
  if (event.about === 'something else') return known
  const next = fromCustomer(known, event.customer)
  switch (event.about) {
    case 'customer':
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

const OVER = new Set(['canceled', 'unpaid'])

/** What became of a failed charge since: the period is paid, the subscription is over, or neither (`null`). */
export const aftermath = (
  known: Known,
  subscriptionId: string,
  pastDueAt: string,
): 'recovered' | 'cancelled' | null => {
  const subscription = subscriptionIn(known, subscriptionId)
  if (!subscription) return null
  const failedAt = Date.parse(pastDueAt)
  if (subscription.paid && subscription.paid.at > failedAt) return 'recovered'
  if (subscription.status === 'past_due' || subscription.asOf.changedAt <= failedAt) return null
  return OVER.has(subscription.status) ? 'cancelled' : 'recovered'
}
