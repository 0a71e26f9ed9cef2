// Orders and what belongs to them: payments, cards, invoices. Answers are read with suspicion: an email is made of them.

import { SECOND } from '../runtime/clock.ts'
import {
  type Caller,
  orLater,
  PATIENCE,
  PolarRefusedError,
  PolarUnavailableError,
  unlessRefused,
} from './call.ts'

type Card = { brand: string; last4: string }

type OpenOrder = {
  id: string
  /** What is to be paid, in the currency's smallest unit. */
  due: number
  currency: string
  /** ISO 8601; null where no charge is scheduled. */
  nextAttemptAt: string | null
}

/** An invoice is a page or two; what is larger is not one. */
const LARGEST_INVOICE = 5 * 1024 * 1024

/** Polar's presigned address lives ten minutes; the file comes from it at once or not in time. */
const DOWNLOAD = 5 * SECOND

/** Statuses that say that an order has no invoice: it is no such order, or nobody is named to bill. */
const NO_INVOICE = new Set([409, 422])

const text = (value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw new TypeError('not a text')
  return value
}

const instant = (value: unknown): string | null =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null

const cardOf = (method: object): Card | null => {
  const metadata = 'method_metadata' in method ? method.method_metadata : null
  const { brand, last4 } = (metadata ?? {}) as { brand?: unknown; last4?: unknown }
  return typeof brand === 'string' && typeof last4 === 'string' ? { brand, last4 } : null
}

const readUpTo = async (response: Response, most: number): Promise<Buffer> => {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > most) throw new Error('too large') // leaving the loop ends the download
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const download = async (url: string): Promise<Buffer> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD) })
  const file = await readUpTo(response, LARGEST_INVOICE)
  if (!response.ok || file.subarray(0, 5).toString() !== '%PDF-') throw new Error('no PDF')
  return file
}

export const createOrders = ({ sdk, ask }: Caller) => ({
  /**
   * The newest of a customer's unpaid orders that it can pay by itself, if there is one.
   * @throws {PolarUnavailableError}
   */
  retryableOrder: (customerId: string, patience = PATIENCE): Promise<string | null> =>
    ask(async (options) => {
      const { items } = await sdk.orders.list(
        { customer_id: customerId, status: ['pending'] },
        options,
      )
      return items.find((order) => order.next_payment_attempt_at !== null)?.id ?? null
    }, patience).catch(orLater),

  /**
   * An order as Polar tells it in its events.
   * @throws {PolarUnavailableError} also where there is none yet.
   */
  order: (id: string): Promise<unknown> =>
    ask((options) => sdk.orders.get(id, options)).catch(orLater),

  /**
   * The newest order of a subscription as Polar tells it in its events.
   * @throws {PolarUnavailableError}
   */
  newestOrder: (subscriptionId: string): Promise<unknown> =>
    ask(async (options) => {
      const { items } = await sdk.orders.list(
        { subscription_id: subscriptionId, sorting: ['-created_at'], limit: 1 },
        options,
      )
      return items[0] ?? null
    }).catch(unlessRefused),

  /**
   * The newest unpaid order of a subscription's periods.
   * @throws {PolarUnavailableError}
   */
  openOrder: (subscriptionId: string): Promise<OpenOrder | null> =>
    ask(async (options) => {
      const { items } = await sdk.orders.list(
        { subscription_id: subscriptionId, status: ['pending'], sorting: ['-created_at'] },
        options,
      )
      const order = items.find(({ billing_reason }) => billing_reason === 'subscription_cycle')
      if (!order) return null
      const nextAttemptAt = instant(order.next_payment_attempt_at)
      const due = Number.isInteger(order.due_amount) ? order.due_amount : Number.NaN
      if (Number.isNaN(due)) throw new TypeError('not an amount')
      return { id: text(order.id), due, currency: text(order.currency), nextAttemptAt }
    }).catch(unlessRefused),

  /**
   * The newest payment of an order that ended like this: its card, and why it was declined. `null` for none, `unknown`
   * where that is not for us to know.
   * @throws {PolarUnavailableError}
   */
  payment: (
    orderId: string,
    status: 'failed' | 'succeeded',
  ): Promise<{ card: Card | null; declineReason: string | null } | 'unknown' | null> =>
    ask(async (options) => {
      const { items } = await sdk.payments.list(
        { order_id: orderId, status, sorting: ['-created_at'] },
        options,
      )
      const payment = items[0]
      return payment ? { card: cardOf(payment), declineReason: payment.decline_reason } : null
    }).catch((error) => unlessRefused(error) ?? ('unknown' as const)),

  /**
   * The payment methods of a customer: how many there are, and of the cards among them the default one, or else the first.
   * `null` where that is not for us to know.
   * @throws {PolarUnavailableError}
   */
  methods: (customerId: string): Promise<{ count: number; card: Card | null } | null> =>
    ask(async (options) => {
      const { items } = await sdk.customers.listPaymentMethods(customerId, {}, options)
      const cards = items
        .toSorted((one, other) => Number(other.is_default) - Number(one.is_default))
        .map(cardOf)
      return { count: items.length, card: cards.find((card) => card !== null) ?? null }
    }).catch(unlessRefused),

  /**
   * The invoice of an order: the file, `making` while Polar writes it, `none` where there is none to be had, `withheld`
   * where it is not for us to fetch.
   * @param isAsked whether it was asked to write it before.
   * @throws {PolarUnavailableError}
   */
  invoice: async (
    orderId: string,
    isAsked: boolean,
  ): Promise<Buffer | 'making' | 'none' | 'withheld'> => {
    try {
      const url = await ask(async (options) =>
        text((await sdk.orders.invoice(orderId, options)).url),
      )
      return await download(url).catch((cause: unknown) => {
        throw new PolarUnavailableError('Polar: the invoice could not be fetched', undefined, {
          cause,
        })
      })
    } catch (error) {
      if (!(error instanceof PolarRefusedError)) throw error
      if (error.status !== 404) return NO_INVOICE.has(error.status) ? 'none' : 'withheld'
    }
    if (isAsked) return 'making'
    try {
      // A 202 without a body the SDK reads as broken JSON.
      await ask((options) =>
        sdk.orders.generateInvoice(orderId, options).catch((error: unknown) => {
          if (!(error instanceof SyntaxError)) throw error
        }),
      )
      return 'making'
    } catch (error) {
      if (!(error instanceof PolarRefusedError)) throw error
      return NO_INVOICE.has(error.status) ? 'none' : 'withheld'
    }
  },
})
