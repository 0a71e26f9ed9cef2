// Looks for failed payments that no event tells of. Once an hour it lists the failed payments of all customers, down to the last
// one that was seen, and reads the order of each first failure.

import { subscriptionIn } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { Decide, Decided } from '../events/decide.ts'
import type { PolarClient } from '../polar/client.ts'
import { readOrder, subscriptionEvent } from '../polar/event.ts'
import type { Order } from '../polar/payloads.ts'
import type { FailedPayment } from '../polar/payments.ts'
import type { Due } from '../redis/due.ts'
import { type Clock, HOUR, MINUTE } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { FAILED_PAYMENTS, usageEntryOf } from './entries.ts'
import type { PaymentCounts, Seen } from './payment-counts.ts'
import { awakeAt, type QuietHours } from './time-zones.ts'
import { isUsageUnpaid, orderIfReadable } from './usage.ts'

/** Polar charges at every full hour, and is done a few minutes later. */
const AFTER_THE_HOUR = 7 * MINUTE

/** No more orders are read in a minute, so that a billing day leaves Polar's limit to the emails. */
const MOST_ORDERS = 50

/** While another process is at work. */
const BUSY = MINUTE

type FailedPaymentsParts = {
  customers: Pick<CustomerStore, 'load'>
  decide: Decide
  polar: Pick<PolarClient, 'failedPayments' | 'order' | 'subscription'>
  due: Pick<Due, 'at' | 'scoreOf'>
  counts: PaymentCounts
  quietHours: QuietHours
  nudge: (messages: readonly Decided[]) => Promise<void>
  /** Receives the number of a final invoice that could not be collected, or its id. */
  finalInvoiceUnpaid: (order: string) => void
  clock: Pick<Clock, 'now'>
  log: Log
}

/** The first look after `now`, in milliseconds. */
export const nextLook = (now: number): number =>
  (Math.floor((now - AFTER_THE_HOUR) / HOUR) + 1) * HOUR + AFTER_THE_HOUR

/** A retry follows a failure that was looked at before. */
const isFirst = ({ trigger }: FailedPayment) => trigger === null || !trigger.startsWith('retry_')

export const createFailedPayments = (parts: FailedPaymentsParts) => {
  const { customers, decide, polar, due, counts, quietHours, nudge, clock, log } = parts

  /** The failed payments after `last`, oldest first; `null` where payments may not be read. */
  const after = async (last: Seen): Promise<FailedPayment[] | null> => {
    const found = new Map<string, FailedPayment>() // pages shift while payments come in
    for (let page = 1; ; page++) {
      const answer = await polar.failedPayments(page)
      if (answer === null) return null
      for (const payment of answer.items) {
        const isSeen =
          payment.id === last.id || Date.parse(payment.createdAt) < Date.parse(last.createdAt)
        if (isSeen) return [...found.values()].toReversed()
        found.set(payment.id, payment)
      }
      if (answer.isLast) return [...found.values()].toReversed()
    }
  }

  /** At the first start everything that has failed so far counts as seen. */
  const begin = async () => {
    const newest = (await polar.failedPayments(1))?.items[0]
    await counts.begin(newest ?? { id: '', createdAt: new Date(clock.now()).toISOString() })
  }

  /** A past-due subscription whose event was lost is decided as if it had come. */
  const tellPastDue = async (order: Order, subscriptionId: string) => {
    const { state } = await customers.load(order.customer.id, subscriptionId)
    if (subscriptionIn(state, subscriptionId)?.snapshot?.status === 'past_due') return
    const read = await polar.subscription(subscriptionId)
    const event =
      read === null ? null : subscriptionEvent(read, 'subscription.past_due', clock.now())
    if (!event || 'unreadable' in event || event.subscription.status !== 'past_due') return
    if (event.customer.id !== order.customer.id) return
    const { outcome, decided } = await decide(event, { id: null, receivedAt: event.receivedAt })
    await nudge(decided)
    log.warn({ subscription: subscriptionId, ...outcome }, 'past-due subscription found')
  }

  const look = async (orderId: string): Promise<void> => {
    const data = await orderIfReadable(polar, orderId)
    const order = data === null ? null : readOrder(data, clock.now())
    if (order === null || 'unreadable' in order || order.status !== 'pending') return
    const { subscription, customer } = order
    if (!subscription) return
    if (subscription.ended_at !== null) {
      const number = order.invoice_number ?? order.id
      await counts.countFinalInvoice()
      log.warn({ order: order.id, number }, 'final invoice not collected')
      parts.finalInvoiceUnpaid(number)
      return
    }
    if (isUsageUnpaid(order)) {
      const country = customer.billing_address?.country ?? null
      await due.at(
        usageEntryOf(customer.id, order.id),
        awakeAt(clock.now(), country, quietHours),
        'high',
      )
      return
    }
    if (subscription.status === 'past_due') await tellPastDue(order, subscription.id)
  }

  const lookAtAll = async (): Promise<number> => {
    const last = await counts.last()
    if (last === null) {
      await begin()
      return nextLook(clock.now())
    }
    let orders = 0
    for (const payment of (await after(last)) ?? []) {
      if (isFirst(payment) && payment.orderId !== null) {
        if (orders++ === MOST_ORDERS) return clock.now() + MINUTE
        await look(payment.orderId)
      }
      // A crash before this looks at the order again: all that follows from it is decided once.
      await counts.seen(payment)
    }
    return nextLook(clock.now())
  }

  return {
    /** Schedules the first look, unless one is scheduled. */
    begin: async (): Promise<void> => {
      if ((await due.scoreOf(FAILED_PAYMENTS)) === 0)
        await due.at(FAILED_PAYMENTS, nextLook(clock.now() + HOUR), 'high')
    },
    /** Resolves with when to look again (ms). @throws {PolarUnavailableError} */
    look: async (): Promise<number> => (await counts.alone(lookAtAll)) ?? clock.now() + BUSY,
  }
}
