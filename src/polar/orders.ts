// Orders and what belongs to them: payments, cards, refunds' orders, invoices.

import { SECOND } from '../runtime/clock.ts'
import { type Caller, PATIENCE, PolarRefused, PolarUnavailable, unlessRefused } from './call.ts'
import { orLater } from './sessions.ts'

export type PolarOrder = {
  id: string
  /** What is to be paid, in the currency's smallest unit. */
  due: number
  currency: string
  /** ISO 8601; null where no charge is scheduled. */
  nextAttemptAt: string | null
}

export type PolarPayment = {
  card: { brand: string; last4: string } | null
  declineReason: string | null
}

/** An invoice is a page or two; what is larger is not one. */
const LARGEST_INVOICE = 5 * 1024 * 1024

/** Polar's presigned address lives ten minutes; the file comes from it at once or not in time. */
const DOWNLOAD = 5 * SECOND

const cardOf = (metadata: unknown): PolarPayment['card'] => {
  const { brand, last4 } = (metadata ?? {}) as { brand?: unknown; last4?: unknown }
  return typeof brand === 'string' && typeof last4 === 'string' ? { brand, last4 } : null
}

const download = async (url: string): Promise<Buffer> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD) })
  const length = Number(response.headers.get('content-length') ?? 0)
  if (!response.ok || length > LARGEST_INVOICE) throw new Error(`answered ${response.status}`)
  const file = Buffer.from(await response.arrayBuffer())
  if (file.length > LARGEST_INVOICE || file.subarray(0, 5).toString() !== '%PDF-')
    throw new Error('no PDF')
  return file
}

export const createOrders = ({ sdk, ask }: Caller) => ({
  /**
   * The newest of a customer's unpaid orders that it can pay by itself, if there is one.
   * @throws {PolarUnavailable}
   */
  retryableOrder: async (customerId: string, patience = PATIENCE): Promise<string | null> => {
    const { items } = await ask(
      (options) => sdk.orders.list({ customer_id: customerId, status: ['pending'] }, options),
      patience,
    ).catch(orLater)
    return items.find((order) => order.next_payment_attempt_at !== null)?.id ?? null
  },

  /**
   * An order as Polar tells it in its events; null if there is no such order.
   * @throws {PolarUnavailable}
   */
  order: (id: string): Promise<unknown> =>
    ask((options) => sdk.orders.get(id, options)).catch((error) =>
      error instanceof PolarRefused && error.status === 404 ? null : orLater(error),
    ),

  /**
   * The newest order of a subscription as Polar tells it in its events.
   * @throws {PolarUnavailable}
   */
  newestOrder: async (subscriptionId: string): Promise<unknown> => {
    const found = await ask((options) =>
      sdk.orders.list(
        { subscription_id: subscriptionId, sorting: ['-created_at'], limit: 1 },
        options,
      ),
    ).catch(unlessRefused)
    return found?.items[0] ?? null
  },

  /**
   * The newest unpaid order of a subscription.
   * @throws {PolarUnavailable}
   */
  openOrder: async (subscriptionId: string): Promise<PolarOrder | null> => {
    const found = await ask((options) =>
      sdk.orders.list({ subscription_id: subscriptionId, status: ['pending'] }, options),
    ).catch(unlessRefused)
    const order = found?.items[0]
    return order
      ? {
          id: order.id,
          due: order.due_amount,
          currency: order.currency,
          nextAttemptAt: order.next_payment_attempt_at ?? null,
        }
      : null
  },

  /**
   * The newest payment of an order that ended like this.
   * @throws {PolarUnavailable}
   */
  payment: async (
    orderId: string,
    status: 'failed' | 'succeeded',
  ): Promise<PolarPayment | null> => {
    const found = await ask((options) =>
      sdk.payments.list({ order_id: orderId, status, sorting: ['-created_at'] }, options),
    ).catch(unlessRefused)
    const payment = found?.items[0]
    if (!payment) return null
    return {
      card: cardOf('method_metadata' in payment ? payment.method_metadata : null),
      declineReason: payment.decline_reason,
    }
  },

  /**
   * The cards of a customer, the default one first. `null` where they are not for us to know.
   * @throws {PolarUnavailable}
   */
  cards: async (customerId: string): Promise<{ brand: string; last4: string }[] | null> => {
    const found = await ask((options) =>
      sdk.customers.listPaymentMethods(customerId, {}, options),
    ).catch(unlessRefused)
    if (!found) return null
    return found.items
      .toSorted((one, other) => Number(other.is_default) - Number(one.is_default))
      .map((method) => cardOf('method_metadata' in method ? method.method_metadata : null))
      .filter((card) => card !== null)
  },

  /**
   * The invoice of an order: the file, `making` while Polar writes it, or `none` where there will never be one.
   * @param isAsked whether it was asked to write it before.
   * @throws {PolarUnavailable}
   */
  invoice: async (orderId: string, isAsked: boolean): Promise<Buffer | 'making' | 'none'> => {
    try {
      const { url } = await ask((options) => sdk.orders.invoice(orderId, options))
      return await download(url).catch((cause: unknown) => {
        throw new PolarUnavailable('Polar: the invoice could not be fetched', { cause })
      })
    } catch (error) {
      if (!(error instanceof PolarRefused && error.status === 404))
        return unlessRefused(error) ?? 'none'
    }
    if (isAsked) return 'making'
    // A 202 without a body the SDK reads as broken JSON.
    return ask((options) =>
      sdk.orders.generateInvoice(orderId, options).catch((error: unknown) => {
        if (!(error instanceof SyntaxError)) throw error
      }),
    ).then(
      () => 'making' as const,
      (error) => unlessRefused(error) ?? 'none',
    )
  },
})
