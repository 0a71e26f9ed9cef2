// Reads payments and payment methods from Polar. Answers are validated strictly, because emails show them.

import { instant, PAGE_SIZE, text } from './answers.ts'
import { type Caller, nullIfRefused } from './call.ts'

/** A failed payment; `trigger` says who started it, and `orderId` is null for a checkout. */
export type FailedPayment = {
  id: string
  createdAt: string
  trigger: string | null
  orderId: string | null
}

type Card = { brand: string; last4: string }

/** Polar's own charges (server/polar/models/payment.py). */
const OWN_TRIGGERS = new Set<string>(['purchase', 'subscription_cycle', 'retry_dunning'])

const cardOf = (method: object): Card | null => {
  const metadata = 'method_metadata' in method ? method.method_metadata : null
  const { brand, last4 } = (metadata ?? {}) as { brand?: unknown; last4?: unknown }
  return typeof brand === 'string' && typeof last4 === 'string' ? { brand, last4 } : null
}

type Expiry = { month: number; year: number }

const expiryOf = (method: object): Expiry | null => {
  const metadata = 'method_metadata' in method ? method.method_metadata : null
  const { exp_month: month, exp_year: year } = (metadata ?? {}) as Record<string, unknown>
  const isMonth = Number.isInteger(month) && Number(month) >= 1 && Number(month) <= 12
  return isMonth && Number.isInteger(year) ? { month: Number(month), year: Number(year) } : null
}

const failedIn = (payment: {
  id: unknown
  created_at: unknown
  trigger: string | null
  order_id: unknown
}): FailedPayment => ({
  ...{ id: text(payment.id), createdAt: text(instant(payment.created_at)) },
  trigger: payment.trigger,
  orderId: typeof payment.order_id === 'string' ? payment.order_id : null,
})

export const createPayments = ({ sdk, request }: Caller) => ({
  /**
   * The failed payments of an order, newest first. `isOwn`: a charge of Polar's own, whose decline decides whether Polar charges
   * again. `null` if payments may not be read.
   * @throws {PolarUnavailableError}
   */
  failures: (
    orderId: string,
  ): Promise<
    readonly { card: Card | null; declineReason: string | null; isOwn: boolean }[] | null
  > =>
    request(async (options) => {
      const { items } = await sdk.payments.list(
        { order_id: orderId, status: 'failed', sorting: ['-created_at'], limit: PAGE_SIZE },
        options,
      )
      return items.map((payment) => ({
        ...{ card: cardOf(payment), declineReason: payment.decline_reason },
        isOwn: payment.trigger === null || OWN_TRIGGERS.has(payment.trigger),
      }))
    }).catch(nullIfRefused),

  /**
   * The failed payments of the organization, newest first, a page at a time. `null` if payments may not be read.
   * @throws {PolarUnavailableError}
   */
  failedPayments: (
    page: number,
  ): Promise<{ items: readonly FailedPayment[]; isLast: boolean } | null> =>
    request(async (options) => {
      const { items, pagination } = await sdk.payments.list(
        { status: 'failed', sorting: ['-created_at'], limit: PAGE_SIZE, page },
        options,
      )
      return { items: items.map(failedIn), isLast: page >= pagination.max_page }
    }).catch(nullIfRefused),

  /**
   * The newest payment of an order with this status: its card and the reason of a decline. `null`
   * if there is none, `unknown` if payments may not be read.
   * @throws {PolarUnavailableError}
   */
  payment: (
    orderId: string,
    status: 'failed' | 'succeeded',
  ): Promise<{ card: Card | null; declineReason: string | null } | 'unknown' | null> =>
    request(async (options) => {
      const { items } = await sdk.payments.list(
        { order_id: orderId, status, sorting: ['-created_at'] },
        options,
      )
      const payment = items[0]
      return payment ? { card: cardOf(payment), declineReason: payment.decline_reason } : null
    }).catch((error) => nullIfRefused(error) ?? ('unknown' as const)),

  /**
   * The trigger of the payment that paid an order, in Polar's words, such as `retry_dunning`. `null` where Polar does not tell.
   * @throws {PolarUnavailableError}
   */
  trigger: (orderId: string): Promise<string | null> =>
    request(async (options) => {
      const { items } = await sdk.payments.list(
        { order_id: orderId, status: 'succeeded', sorting: ['-created_at'] },
        options,
      )
      return items[0]?.trigger ?? null
    }).catch(nullIfRefused),

  /**
   * The number of a customer's payment methods, with its default card, or else its first. `null` if
   * they may not be read.
   * @throws {PolarUnavailableError}
   */
  methods: (customerId: string): Promise<{ count: number; card: Card | null } | null> =>
    request(async (options) => {
      const { items } = await sdk.customers.listPaymentMethods(customerId, {}, options)
      const cards = items
        .toSorted((one, other) => Number(other.is_default) - Number(one.is_default))
        .map(cardOf)
      return { count: items.length, card: cards.find((card) => card !== null) ?? null }
    }).catch(nullIfRefused),

  /**
   * A customer's default card; `null` if there is none, or if payment methods may not be read. The month is 1 to 12.
   * @throws {PolarUnavailableError}
   */
  defaultCard: (customerId: string): Promise<(Card & Expiry & { id: string }) | null> =>
    request(async (options) => {
      const { items } = await sdk.customers.listPaymentMethods(customerId, {}, options)
      const method = items.find((one) => one.is_default)
      const card = method ? cardOf(method) : null
      const expiry = method ? expiryOf(method) : null
      return method && card && expiry ? { id: text(method.id), ...card, ...expiry } : null
    }).catch(nullIfRefused),
})
