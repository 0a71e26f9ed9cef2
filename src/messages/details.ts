// Finds what an email says beyond its event: benefits, the card, the bank's reason, an order that comes a little later, the
// invoice. Data that Polar has not written yet is tried again; data that Polar denies is left out.

import type {
  Card,
  Course,
  Decline,
  DetailsOf,
  Kind,
  NextCharge,
  OrderSummary,
} from '../../emails/index.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Clock, DAY, MINUTE, SECOND } from '../runtime/clock.ts'
import { declineOf, isHardDecline } from './decline.ts'
import type { Invoices, OrderInvoice } from './invoices.ts'
import type { KnownAmounts } from './known-amounts.ts'
import type { Message, NotYet } from './message.ts'
import { nextChargeOf } from './next-charge.ts'
import type { RetrySchedule } from './retry-schedule.ts'

export type Found<K extends Kind> = { details: DetailsOf[K]; invoice?: OrderInvoice }

type DetailsParts = {
  polar: Pick<
    PolarClient,
    | 'product'
    | 'organization'
    | 'openOrder'
    | 'openOrders'
    | 'payment'
    | 'failures'
    | 'methods'
    | 'nextCharge'
  >
  /** The order that came after the event. */
  laterOrder: { find: (message: Message) => Promise<OrderSummary | NotYet | null> }
  known: KnownAmounts
  invoices: Invoices
  retries: RetrySchedule
  clock: Pick<Clock, 'now'>
}

/** Polar may be away for a moment. An email waits no longer than this for data that it can do without. */
const AWAY = [2 * SECOND, 8 * SECOND]

/** An email that is worth little without Polar's data waits so long for the budget, or for Polar to answer. */
const MAX_WAIT = 3 * MINUTE

/** Polar writes the next attempt a little after it has sent the event of the failed one. */
const NEXT_ATTEMPT = [2 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND]

const isNotYet = <T>(found: T | NotYet): found is NotYet =>
  typeof found === 'object' && found !== null && 'retryAt' in found

type OfKind<K extends Kind> = Extract<Message, { kind: K }>

/** A charge that needs the customer's confirmation fails each time without it. */
const courseOf = (decline: Decline | null, isHard: boolean): Course => {
  if (decline === 'no_method') return 'no_card'
  if (decline === 'authentication_required') return 'authentication'
  return isHard ? 'not_retried' : 'retried'
}

const changesWithRenewal = ({ content }: OfKind<'subscription_renewal_reminder'>): boolean =>
  content.nextProductId !== null || content.nextQuantity !== null

export const createDetails = (parts: DetailsParts) => {
  const { polar, laterOrder, known, invoices, retries, clock } = parts

  /**
   * Reads from Polar: the result, when to try again if Polar is away for now, or `otherwise` if it stays away.
   * @param patience milliseconds to wait where Polar says when it will answer again.
   */
  const find = async <T>(
    message: Message,
    read: () => Promise<T | NotYet>,
    otherwise: T,
    patience = 0,
  ): Promise<T | NotYet> => {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      if (error.until !== undefined && retries.age(message.id) < patience)
        return { retryAt: error.until }
      return retries.again(message.id, AWAY) ?? otherwise
    }
  }

  const benefitsOf = (message: Message) =>
    find(
      message,
      async () =>
        (message.productId ? await polar.product(message.productId) : null)?.benefits ?? [],
      [],
    )

  const withInvoice = async (message: { id: string }, order: OrderSummary) => {
    const invoice = await invoices.of(message.id, order)
    return isNotYet(invoice) ? invoice : { details: { invoice: invoice.where }, invoice }
  }

  const receipt = async (message: OfKind<Kind> & { content: { order: OrderSummary } }) =>
    withInvoice(message, message.content.order)

  const withBenefits = async <D extends object>(
    message: Message,
    found: { details: D; invoice?: OrderInvoice } | NotYet,
  ) => {
    if (isNotYet(found)) return found
    const benefits = await benefitsOf(message)
    return isNotYet(benefits) ? benefits : { ...found, details: { ...found.details, benefits } }
  }

  const withOrder = async (message: Message): Promise<Found<'subscription_resumed'> | NotYet> => {
    const order = await find(message, () => laterOrder.find(message), null)
    if (isNotYet(order)) return order
    if (!order) return { details: { order, invoice: null } }
    const found = await withInvoice(message, order)
    return isNotYet(found) ? found : { ...found, details: { ...found.details, order } }
  }

  const accessOf = (message: OfKind<'subscription_past_due'>, graceDays: number | null) => {
    if (graceDays === null) return null
    if (graceDays === 0) return 'paused' as const
    const until = Date.parse(message.content.pastDueAt) + graceDays * DAY
    // Access ends at Polar's next check, which may be days later, so a day that is over is not named.
    return until > clock.now() ? { until: new Date(until).toISOString() } : null
  }

  const pastDue = async (
    message: OfKind<'subscription_past_due'>,
  ): Promise<Found<'subscription_past_due'> | NotYet> => {
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
      const charge = {
        nextAttemptAt: order?.nextAttemptAt ?? null,
        deadline: message.content.deadline,
        isHard: isHardDecline(failed?.declineReason),
        wasCharged,
        renews: organization?.renews ?? true,
      }
      return {
        amount: order && { value: order.due, currency: order.currency },
        card: failed?.card ?? (wasCharged ? (methods?.card ?? null) : null),
        decline,
        nextChargeAt: nextChargeOf(charge, clock.now()),
        access: accessOf(message, organization?.graceDays ?? null),
      }
    }
    const nothing = { amount: null, card: null, decline: null, nextChargeAt: null, access: null }
    const found = await find<DetailsOf['subscription_past_due']>(message, read, nothing, MAX_WAIT)
    if (isNotYet(found)) return found
    return { details: { ...found, amount: found.amount ?? (await known.due(message)) } }
  }

  type Overdue = OfKind<'payment_reminder' | 'payment_final_notice'>

  /** Decides the course by the oldest open order: its deadline is that of the subscription. */
  const overdue = async (message: Overdue): Promise<Found<Overdue['kind']> | NotYet> => {
    const read = async (): Promise<DetailsOf['payment_reminder']> => {
      const { subscriptionId, recipient, content } = message
      const orders = (subscriptionId ? await polar.openOrders(subscriptionId) : null) ?? []
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
    if (found.owed.length > 0) return { details: found }
    const due = await known.due(message)
    return { details: { ...found, owed: due ? [{ ...due, number: null }] : [] } }
  }

  const cardThatPaid = (message: OfKind<'order_refunded'>) =>
    find<Card | null>(
      message,
      async () => {
        const payment = await polar.payment(message.target.replace(/^order:/, ''), 'succeeded')
        return payment === 'unknown' ? null : (payment?.card ?? null)
      },
      null,
    )

  const nextPlan = (
    message: OfKind<'subscription_change_scheduled' | 'subscription_renewal_reminder'>,
  ) => {
    const id = message.content.nextProductId
    return find<string | null>(
      message,
      async () => (id ? ((await polar.product(id))?.name ?? null) : null),
      null,
      MAX_WAIT,
    )
  }

  type Reminder = OfKind<'subscription_renewal_reminder' | 'subscription_trial_conversion_reminder'>

  /** The next charge as Polar computes it, or else the price, unless a change is scheduled. */
  const nextChargeOfSubscription = async (message: Reminder): Promise<NextCharge | null> => {
    const price = await known.price(message)
    const total = message.subscriptionId ? await polar.nextCharge(message.subscriptionId) : null
    if (total !== null && price) return { value: total, currency: price.currency, isTotal: true }
    const changes = message.kind === 'subscription_renewal_reminder' && changesWithRenewal(message)
    return price && !changes ? { ...price, isTotal: false } : null
  }

  /** The amount of the next charge, and how many payment methods there are with the one that is charged. */
  const charge = (message: Reminder) =>
    find(
      message,
      async () => {
        const [amount, methods] = await Promise.all([
          nextChargeOfSubscription(message),
          polar.methods(message.recipient.customerId),
        ])
        // Polar does not say which of several cards a subscription is charged to.
        const card = methods?.count === 1 ? methods.card : null
        return { amount, card, hasNone: methods?.count === 0 }
      },
      { amount: null, card: null, hasNone: false },
      MAX_WAIT,
    )

  /** The details that the kind of a message needs, or when to try again. */
  return async (message: Message): Promise<Found<Kind> | NotYet> => {
    switch (message.kind) {
      case 'order_confirmation':
      case 'subscription_confirmation':
        return withBenefits(message, await receipt(message))
      case 'trial_started':
        return withBenefits(message, { details: {} })
      case 'subscription_cycled':
      case 'subscription_cycled_after_trial':
      case 'subscription_usage_invoice':
      case 'subscription_final_invoice':
      case 'payment_recovered':
        return receipt(message)
      case 'subscription_updated':
        return withBenefits(message, await withOrder(message))
      case 'subscription_resumed':
        return withOrder(message)
      case 'subscription_past_due':
        return pastDue(message)
      case 'subscription_change_scheduled': {
        const found = await nextPlan(message)
        return isNotYet(found) ? found : { details: { nextPlan: found } }
      }
      case 'subscription_renewal_reminder': {
        const [found, plan] = [await charge(message), await nextPlan(message)]
        if (isNotYet(found)) return found
        if (isNotYet(plan)) return plan
        const { amount, card } = found
        return { details: { amount, card, nextPlan: plan } }
      }
      case 'subscription_trial_conversion_reminder': {
        const found = await charge(message)
        if (isNotYet(found)) return found
        const { amount, card, hasNone } = found
        return { details: { amount, card: hasNone ? 'none' : card } }
      }
      case 'payment_reminder':
      case 'payment_final_notice':
        return overdue(message)
      case 'order_refunded': {
        const found = await cardThatPaid(message)
        return isNotYet(found) ? found : { details: { card: found } }
      }
      case 'subscription_cancellation':
      case 'subscription_uncanceled':
      case 'subscription_revoked':
      case 'subscription_paused':
      case 'payment_method_expiration_reminder':
        return { details: {} }
      default:
        return message satisfies never
    }
  }
}
