// Builds orders in the full shape that Polar sends, with amounts that add up.

import { randomUUID } from 'node:crypto'
import type { Stamp } from '../instants.ts'
import { priceOf } from './product.ts'
import type { Customer, Discount, Order, Product, Subscription } from './rows.ts'

export type Money = {
  /** Before discount and tax, in the smallest unit of the currency. Default: the price. */
  amount?: number
  currency?: string
  tax?: number
  /** Whether the tax is already in the amount. */
  taxInclusive?: boolean
  /** Taken off, in the smallest unit of the currency. */
  discount?: number
  /** The customer's balance applied; negative if it pays a part. */
  balance?: number
}

/** A line item, for orders that bill more than the product. */
export type Line = { label: string; amount: number; proration?: boolean }

type OrderInput = Money & {
  customer: Customer
  product: Product | null
  subscription?: Subscription | null
  reason?: Order['billing_reason']
  lines?: Line[]
  status?: Order['status']
  number: number
  organizationSlug: string
  /** Overrides fields of the order, whether they add up or not. */
  order?: Partial<Order>
}

/** Polar's arithmetic: net = subtotal − discount (− inclusive tax), total = net + tax. */
export const amounts = (money: Required<Omit<Money, 'currency'>>) => {
  const net = money.amount - money.discount - (money.taxInclusive ? money.tax : 0)
  const total = net + money.tax
  return {
    subtotal_amount: money.amount,
    discount_amount: money.discount,
    net_amount: net,
    tax_amount: money.tax,
    total_amount: total,
    applied_balance_amount: money.balance,
    due_amount: Math.max(0, total + money.balance),
    refundable_amount: Math.max(0, net + money.balance),
    refundable_tax_amount: money.tax,
  }
}

export const order = (stamp: Stamp, input: OrderInput): Order => {
  const { customer, product, subscription = null } = input
  const price = priceOf(product ?? { prices: [] })
  const currency = input.currency ?? subscription?.currency ?? price.currency
  const discountAmount = input.discount ?? 0
  const createdAt = stamp()
  const status = input.status ?? 'paid'
  const name = product?.name ?? 'Top-up'
  const lines = input.lines ?? [
    { label: name, amount: input.amount ?? subscription?.amount ?? price.amount },
  ]
  const off =
    discountAmount > 0
      ? discount(createdAt, customer.organization_id, currency, discountAmount)
      : null
  return {
    id: randomUUID(),
    created_at: createdAt,
    modified_at: null,
    status,
    paid: status === 'paid',
    ...amounts({
      amount: lines.reduce((sum, { amount }) => sum + amount, 0),
      tax: input.tax ?? 0,
      taxInclusive: input.taxInclusive ?? false,
      discount: discountAmount,
      balance: input.balance ?? 0,
    }),
    refunded_amount: 0,
    refunded_tax_amount: 0,
    currency,
    billing_reason: input.reason ?? 'purchase',
    billing_name: customer.billing_name,
    billing_address: customer.billing_address,
    invoice_number: numbered(input.organizationSlug, customer.id, input.number),
    is_invoice_generated: false,
    receipt_number: null,
    seats: null,
    units: null,
    customer_id: customer.id,
    product_id: product?.id ?? null,
    discount_id: off?.id ?? null,
    subscription_id: subscription?.id ?? null,
    checkout_id: subscription === null ? randomUUID() : null,
    next_payment_attempt_at: null,
    metadata: {},
    custom_field_data: {},
    platform_fee_amount: 0,
    platform_fee_currency: null,
    discount: off,
    items: lines.map(({ label, amount, proration = false }) => ({
      created_at: createdAt,
      modified_at: null,
      id: randomUUID(),
      label,
      amount,
      tax_amount: 0,
      proration,
      product_price_id: price.id,
      start_timestamp: subscription?.current_period_start ?? null,
      end_timestamp: subscription?.current_period_end ?? null,
    })),
    description: name,
    ...input.order,
  }
}

/** `ACME-7Q2K-0009`: the organization, the customer, and the number of the customer's order. */
const numbered = (slug: string, customerId: string, number: number) =>
  `${slug.slice(0, 4).toUpperCase()}-${customerId.slice(0, 4).toUpperCase()}-${String(number).padStart(4, '0')}`

export const receiptNumber = (customerId: string, number: number) =>
  numbered('rcpt', customerId, number)

const discount = (
  at: string,
  organizationId: string,
  currency: string,
  amount: number,
): Discount => ({
  duration: 'once',
  type: 'fixed',
  amount,
  currency,
  amounts: { [currency]: amount },
  created_at: at,
  modified_at: null,
  id: randomUUID(),
  metadata: {},
  name: 'Welcome back',
  code: 'WELCOME',
  starts_at: null,
  ends_at: null,
  max_redemptions: null,
  max_redemptions_per_customer: null,
  redemptions_count: 1,
  organization_id: organizationId,
})
