// Reads orders and invoices from Polar. Answers are validated strictly, because emails show them.

import { SECOND } from '../runtime/clock.ts'
import { instant, PAGE_SIZE, text } from './answers.ts'
import {
  type Caller,
  DEFAULT_TIMEOUT,
  nullIfRefused,
  PolarRefusedError,
  PolarUnavailableError,
  throwAsUnavailable,
} from './call.ts'

type OpenOrder = {
  id: string
  /** The number of its invoice. */
  number: string | null
  /** The amount to pay, in the currency's smallest unit. */
  due: number
  currency: string
  /** ISO 8601; null if no charge is scheduled. */
  nextAttemptAt: string | null
}

/** An invoice has a page or two. A larger file is not one. */
const MAX_INVOICE_BYTES = 5 * 1024 * 1024

const DOWNLOAD_TIMEOUT = 5 * SECOND

/**
 * With these statuses Polar says that an order has no invoice: it is of a kind without one, or
 * lacks billing details.
 */
const NO_INVOICE = new Set([409, 422])

/** Polar refuses an order's customer after so many attempts (server/polar/config.py). */
const CUSTOMER_ATTEMPTS = 5

const pendingOf = (subscriptionId: string) => ({
  ...{ subscription_id: subscriptionId, status: ['pending' as const] },
  sorting: ['-created_at' as const],
})

const openOrderIn = (order: {
  id: unknown
  invoice_number?: unknown
  due_amount: unknown
  currency: unknown
  next_payment_attempt_at?: unknown
}): OpenOrder => {
  const due = Number.isInteger(order.due_amount) ? Number(order.due_amount) : Number.NaN
  if (Number.isNaN(due)) throw new TypeError('not an amount')
  return {
    ...{ id: text(order.id), due, currency: text(order.currency) },
    number: typeof order.invoice_number === 'string' ? order.invoice_number : null,
    nextAttemptAt: instant(order.next_payment_attempt_at),
  }
}

const readAtMost = async (response: Response, maxBytes: number): Promise<Buffer> => {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > maxBytes) throw new Error('too large') // leaving the loop ends the download
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const download = async (url: string): Promise<Buffer> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT) })
  const file = await readAtMost(response, MAX_INVOICE_BYTES)
  if (!response.ok || file.subarray(0, 5).toString() !== '%PDF-') throw new Error('no PDF')
  return file
}

export const createOrders = ({ sdk, request }: Caller) => ({
  /**
   * The id of the customer's unpaid order that the customer can pay in the portal; `null` if there is none, if there are several,
   * or if the customer has used up Polar's attempts.
   * @throws {PolarUnavailableError}
   */
  retryableOrder: (customerId: string, timeoutMs = DEFAULT_TIMEOUT): Promise<string | null> => {
    const until = performance.now() + timeoutMs
    return request(async (options) => {
      const { items } = await sdk.orders.list(
        { customer_id: customerId, status: ['pending'] },
        options,
      )
      const [order, ...others] = items.filter((one) => one.next_payment_attempt_at !== null)
      return order && others.length === 0 ? text(order.id) : null
    }, timeoutMs)
      .then(async (id) => {
        if (id === null) return null
        const attempts = await request(async (options) => {
          const query = { order_id: id, status: 'failed', limit: PAGE_SIZE } as const
          const { items } = await sdk.payments.list(query, options)
          return items.filter(({ trigger }) => trigger === 'retry_customer').length
        }, until - performance.now()).catch(() => 0) // without payments:read the order is the better guess
        return attempts < CUSTOMER_ATTEMPTS ? id : null
      })
      .catch(throwAsUnavailable)
  },

  /**
   * An order in the shape of Polar's events.
   * @throws {PolarUnavailableError} also if it does not exist yet.
   */
  order: (id: string): Promise<unknown> =>
    request((options) => sdk.orders.get(id, options)).catch(throwAsUnavailable),

  /**
   * The newest order of a subscription, in the shape of Polar's events.
   * @throws {PolarUnavailableError}
   */
  newestOrder: (subscriptionId: string): Promise<unknown> =>
    request(async (options) => {
      const { items } = await sdk.orders.list(
        { subscription_id: subscriptionId, sorting: ['-created_at'], limit: 1 },
        options,
      )
      return items[0] ?? null
    }).catch(nullIfRefused),

  /**
   * The newest unpaid renewal order of a subscription.
   * @throws {PolarUnavailableError}
   */
  openOrder: (subscriptionId: string): Promise<OpenOrder | null> =>
    request(async (options) => {
      const { items } = await sdk.orders.list(pendingOf(subscriptionId), options)
      const order = items.find(({ billing_reason }) => billing_reason === 'subscription_cycle')
      return order ? openOrderIn(order) : null
    }).catch(nullIfRefused),

  /**
   * The unpaid orders of a subscription that Polar means to collect, newest first: a past-due subscription goes on renewing.
   * `null` if they may not be read.
   * @throws {PolarUnavailableError}
   */
  openOrders: (subscriptionId: string): Promise<readonly OpenOrder[] | null> =>
    request(async (options) => {
      const { items } = await sdk.orders.list(
        { ...pendingOf(subscriptionId), limit: PAGE_SIZE },
        options,
      )
      return items.filter((order) => order.next_payment_attempt_at !== null).map(openOrderIn)
    }).catch(nullIfRefused),

  /**
   * The invoice of an order as a PDF. `making`: Polar is generating it. `none`: the order has none.
   * `withheld`: it may not be read.
   * @param isRequested whether Polar was asked to generate it before.
   * @throws {PolarUnavailableError}
   */
  invoice: async (
    orderId: string,
    isRequested: boolean,
  ): Promise<Buffer | 'making' | 'none' | 'withheld'> => {
    try {
      const url = await request(async (options) =>
        text((await sdk.orders.invoice(orderId, options)).url),
      )
      return await download(url).catch((cause: unknown) => {
        throw new PolarUnavailableError('Polar: the invoice could not be downloaded', undefined, {
          cause,
        })
      })
    } catch (error) {
      if (!(error instanceof PolarRefusedError)) throw error
      if (error.status !== 404) return NO_INVOICE.has(error.status) ? 'none' : 'withheld'
    }
    if (isRequested) return 'making'
    try {
      // The SDK takes Polar's 202 without a body for broken JSON.
      await request((options) =>
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
