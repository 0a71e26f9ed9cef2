// Finds what an email says beyond its event: benefits, the card, the bank's reason, an order that comes a little later, the
// invoice. Data that Polar has not written yet is tried again; data that Polar denies is left out.

import type { Card, DetailsOf, Kind, NextCharge, OrderSummary } from '../../emails/index.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { type Find, isNotYet, MAX_WAIT } from './find.ts'
import type { Invoices, OrderInvoice } from './invoices.ts'
import type { KnownAmounts } from './known-amounts.ts'
import type { Message, NotYet, OfKind } from './message.ts'
import type { RetrySchedule } from './retry-schedule.ts'
import { createUnpaid, type UnpaidParts } from './unpaid.ts'

export type Found<K extends Kind> = { details: DetailsOf[K]; invoice?: OrderInvoice }

type DetailsParts = {
  polar: UnpaidParts['polar'] & Pick<PolarClient, 'product' | 'nextCharge'>
  /** The order that came after the event. */
  laterOrder: { find: (message: Message) => Promise<OrderSummary | NotYet | null> }
  known: KnownAmounts
  invoices: Pick<Invoices, 'of'>
  retries: RetrySchedule
  clock: Pick<Clock, 'now'>
}

/** Polar may be away for a moment. An email waits no longer than this for data that it can do without. */
const AWAY = [2 * SECOND, 8 * SECOND]

const changesWithRenewal = ({ content }: OfKind<'subscription_renewal_reminder'>): boolean =>
  content.nextProductId !== null || content.nextQuantity !== null

export const createDetails = (parts: DetailsParts) => {
  const { polar, laterOrder, known, invoices, retries, clock } = parts

  const find: Find = async (message, read, otherwise, patience = 0) => {
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

  const { pastDue, overdue } = createUnpaid({ polar, known, retries, find, clock })

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
