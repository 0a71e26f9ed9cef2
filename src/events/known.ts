// What we know of a customer from the events so far. Arrival order is not truth: what is newer by Polar's own dates wins.

import type { Customer, Event, Order, Subscription } from './event.ts'

/** When a snapshot was taken: by the object's own dates, then by the event's. */
type AsOf = { changedAt: number; toldAt: number }

export type KnownSubscription = {
  asOf: AsOf
  status: string
  /** All its prices are free. */
  free: boolean | null
  /** The latest failed charge, kept after it is mended: when, and in the period that began when. */
  episode: { pastDueAt: string; periodStart: string | null } | null
  /** Beginnings of the periods that a resumed subscription began, the last few. */
  resumedPeriods: string[]
  /** The latest paid order of a period: which one, and when it was paid. */
  paid: { periodStart: string | null; at: number } | null
  /** The unpaid order of the period, as long as it is unpaid. */
  openOrder: { id: string; due: number; currency: string; createdAt: number } | null
}

export type Known = {
  v: 1
  deletedAt: string | null
  subscriptions: Record<string, KnownSubscription>
}

export const nothingKnown: Known = { v: 1, deletedAt: null, subscriptions: {} }

const MOST_PERIODS = 4

const unknownSubscription: KnownSubscription = {
  asOf: { changedAt: 0, toldAt: 0 },
  status: 'unknown',
  free: null,
  episode: null,
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

const withSubscription = (
  known: Known,
  id: string,
  change: (subscription: KnownSubscription) => KnownSubscription,
): Known => ({
  ...known,
  subscriptions: {
    ...known.subscriptions,
    [id]: change(known.subscriptions[id] ?? unknownSubscription),
  },
})

const fromSubscription =
  (event: Event, told: Subscription) =>
  (before: KnownSubscription): KnownSubscription => {
    const asOf = { changedAt: changedAt(told, event.occurredAt), toldAt: event.occurredAt }
    const after = { ...before }
    if (isNewer(asOf, before.asOf)) {
      after.asOf = asOf
      after.status = told.status
      if (told.prices?.length)
        after.free = told.prices.every((price) => price.amount_type === 'free')
    }
    // What an event means stays true however late it comes.
    if (told.past_due_at && (!before.episode || told.past_due_at > before.episode.pastDueAt)) {
      after.episode = { pastDueAt: told.past_due_at, periodStart: told.current_period_start }
    }
    const period = told.current_period_start
    if (
      event.type === 'subscription.resumed' &&
      period &&
      !before.resumedPeriods.includes(period)
    ) {
      after.resumedPeriods = [...before.resumedPeriods, period].slice(-MOST_PERIODS)
    }
    return after
  }

const fromOrder =
  (event: Event, told: Order) =>
  (before: KnownSubscription): KnownSubscription => {
    const createdAt = Date.parse(told.created_at ?? '') || event.occurredAt
    const wasPaid = before.paid !== null && before.paid.at >= createdAt
    if (told.status === 'pending') {
      const isNext = !wasPaid && (!before.openOrder || before.openOrder.createdAt <= createdAt)
      if (!isNext) return before
      return {
        ...before,
        openOrder: { id: told.id, due: told.due_amount, currency: told.currency, createdAt },
      }
    }
    const openOrder = before.openOrder?.id === told.id ? null : before.openOrder
    if (event.type !== 'order.paid') return { ...before, openOrder }
    const paid = {
      periodStart: told.subscription?.current_period_start ?? null,
      at: changedAt(told, event.occurredAt),
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

/** Whether a failed charge has been mended since: the period is paid, or the subscription has moved on. */
export const isMended = (known: Known, subscriptionId: string, pastDueAt: string): boolean => {
  const subscription = known.subscriptions[subscriptionId]
  if (!subscription) return false
  const failedAt = Date.parse(pastDueAt)
  if (subscription.paid && subscription.paid.at > failedAt) return true
  return subscription.status !== 'past_due' && subscription.asOf.changedAt > failedAt
}
