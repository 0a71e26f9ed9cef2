// Finds what an email about a failed payment says: what is owed, the card, the bank's reason, and what Polar does next.

import type { Course, Decline, DetailsOf } from '../../emails/index.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Clock, DAY, SECOND } from '../runtime/clock.ts'
import { declineOf, isHardDecline } from './decline.ts'
import { type Find, isNotYet, MAX_WAIT } from './find.ts'
import type { KnownAmounts } from './known-amounts.ts'
import { type NotYet, type OfKind, usageOrderOf } from './message.ts'
import { nextChargeOf } from './next-charge.ts'
import type { RetrySchedule } from './retry-schedule.ts'

export type UnpaidParts = {
  polar: Pick<
    PolarClient,
    'organization' | 'openOrder' | 'openOrders' | 'payment' | 'failures' | 'methods'
  >
  known: Pick<KnownAmounts, 'due'>
  retries: RetrySchedule
  find: Find
  clock: Pick<Clock, 'now'>
}

type PastDue = OfKind<'subscription_past_due'>
type Overdue = OfKind<'payment_reminder' | 'payment_final_notice'>

/** Polar writes the next attempt a little after it has sent the event of the failed one. */
const NEXT_ATTEMPT = [2 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND]

/** A charge that needs the customer's confirmation fails each time without it. */
const courseOf = (decline: Decline | null, isHard: boolean): Course => {
  if (decline === 'no_method') return 'no_card'
  if (decline === 'authentication_required') return 'authentication'
  return isHard ? 'not_retried' : 'retried'
}

export const createUnpaid = ({ polar, known, retries, find, clock }: UnpaidParts) => {
  const accessOf = (message: PastDue, graceDays: number | null) => {
    if (graceDays === null) return null
    if (graceDays === 0) return 'paused' as const
    const until = Date.parse(message.content.pastDueAt) + graceDays * DAY
    // Access ends at Polar's next check, which may be days later, so a day that is over is not named.
    return until > clock.now() ? { until: new Date(until).toISOString() } : null
  }

  /** For the first notice, on the day of the failure. */
  const pastDue = async (
    message: PastDue,
  ): Promise<{ details: DetailsOf[PastDue['kind']] } | NotYet> => {
    const read = async () => {
      const order = message.subscriptionId ? await polar.openOrder(message.subscriptionId) : null
      if (order && order.nextAttemptAt === null) {
        const later = retries.again(message.id, NEXT_ATTEMPT)
        if (later) return later
      }
      const [payment, methods, organization] = await Promise.all([
        order ? polar.payment(order.id, 'failed') : ('unknown' as const),
        polar.methods(message.recipient.customerId),
        polar.organization(),
      ])
      const failed = payment === 'unknown' ? null : payment
      // Polar charges the subscription's own card only: without one no payment has failed, whatever else is on file.
      const wasCharged = payment !== null
      const hasNoMethod = methods?.count === 0 && !wasCharged
      const decline: Decline | null = hasNoMethod ? 'no_method' : declineOf(failed?.declineReason)
      const isHard = isHardDecline(failed?.declineReason)
      const charge = {
        nextAttemptAt: order?.nextAttemptAt ?? null,
        deadline: message.content.deadline,
        isHard,
        wasCharged,
        renews: organization?.renews ?? true,
      }
      return {
        amount: order && { value: order.due, currency: order.currency },
        card: failed?.card ?? (wasCharged ? (methods?.card ?? null) : null),
        decline,
        course: courseOf(decline, isHard),
        nextChargeAt: nextChargeOf(charge, clock.now()),
        access: accessOf(message, organization?.graceDays ?? null),
      }
    }
    const nothing = {
      ...{ amount: null, card: null, decline: null, nextChargeAt: null, access: null },
      course: 'retried' as const, // without a date it promises nothing
    }
    const found = await find<DetailsOf['subscription_past_due']>(message, read, nothing, MAX_WAIT)
    if (isNotYet(found)) return found
    return { details: { ...found, amount: found.amount ?? (await known.due(message)) } }
  }

  /** For a reminder. The oldest open order decides the course: its deadline is that of the subscription. */
  const overdue = async (
    message: Overdue,
  ): Promise<{ details: DetailsOf[Overdue['kind']] } | NotYet> => {
    const read = async (): Promise<DetailsOf['payment_reminder']> => {
      const { subscriptionId, recipient, content } = message
      const open = (subscriptionId ? await polar.openOrders(subscriptionId) : null) ?? []
      const usage = usageOrderOf(message)
      const orders = usage === null ? open : open.filter(({ id }) => id === usage)
      const oldest = orders.at(-1)
      const [failures, methods, organization] = await Promise.all([
        oldest ? polar.failures(oldest.id) : null,
        polar.methods(recipient.customerId),
        polar.organization(),
      ])
      const newest = failures?.[0]
      const first = failures?.findLast(({ isOwn }) => isOwn)
      const wasCharged = failures === null || failures.length > 0
      const decline =
        methods?.count === 0 && !wasCharged ? 'no_method' : declineOf(newest?.declineReason)
      const isHard = isHardDecline(first?.declineReason)
      const charge = {
        ...{ deadline: content.deadline, isHard, wasCharged },
        renews: organization?.renews ?? true,
      }
      const attempts = orders.map(({ nextAttemptAt }) =>
        nextChargeOf({ ...charge, nextAttemptAt }, clock.now()),
      )
      return {
        owed: orders.map(({ number, due, currency }) => ({ number, value: due, currency })),
        card: newest?.card ?? (wasCharged ? (methods?.card ?? null) : null),
        decline,
        course: courseOf(decline, isHard),
        nextChargeAt: attempts.filter((at) => at !== null).toSorted()[0] ?? null,
      }
    }
    const nothing = { owed: [], card: null, decline: null, nextChargeAt: null }
    const found = await find(
      message,
      read,
      { ...nothing, course: 'retried' as const }, // without a date it promises nothing
      MAX_WAIT,
    )
    if (isNotYet(found)) return found
    if (found.owed.length > 0 || usageOrderOf(message) !== null) return { details: found }
    const due = await known.due(message)
    return { details: { ...found, owed: due ? [{ ...due, number: null }] : [] } }
  }

  return { pastDue, overdue }
}
