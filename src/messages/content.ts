// Builds the content of a message from the event that caused it.

import type { OrderSummary, Plan } from '../../emails/index.ts'
import { renewalOf } from '../customers/snapshot.ts'
import { quantityOf } from '../customers/terms.ts'
import type { Order, SubscriptionCore } from '../polar/payloads.ts'

const addressIn = ({ billing_address: address }: Order): OrderSummary['billingAddress'] =>
  address
    ? {
        line1: address.line1,
        line2: address.line2,
        postalCode: address.postal_code,
        city: address.city,
        state: address.state,
        country: address.country,
      }
    : null

export const orderContent = (order: Order): OrderSummary => {
  return {
    id: order.id,
    number: order.invoice_number,
    date: order.created_at,
    currency: order.currency,
    items: order.items.map(({ label, amount, proration }) => ({ label, amount, proration })),
    subtotal: order.subtotal_amount,
    discount: order.discount_amount
      ? {
          label: order.discount?.code ?? order.discount?.name ?? null,
          amount: order.discount_amount,
        }
      : null,
    tax: order.tax_amount,
    total: order.total_amount,
    balance: order.applied_balance_amount,
    paid: Math.max(0, order.total_amount + order.applied_balance_amount),
    billingName: order.billing_name,
    billingAddress: addressIn(order),
  }
}

export const planOf = (subscription: SubscriptionCore, product: Order['product']): Plan => {
  // The order's product is right: its snapshot of the subscription may be older than the change to this product.
  const isOfAnother =
    product != null && subscription.product_id !== null && subscription.product_id !== product.id
  const { recurring_interval, recurring_interval_count } = isOfAnother ? product : subscription
  return {
    name: product?.name ?? '',
    interval: recurring_interval ?? product?.recurring_interval ?? null,
    intervalCount: recurring_interval_count ?? product?.recurring_interval_count ?? 1,
    renewsAt: isOfAnother ? null : renewalOf(subscription),
    quantity: isOfAnother ? null : quantityOf(subscription),
  }
}

/** The name of the thing that was bought. A wallet top-up has no product, so its description names it, or its first item. */
export const productOf = ({ product, description, items }: Order): string =>
  product?.name ?? description ?? items.find(({ label }) => label !== '')?.label ?? ''

/** Whether a renewal is free by its prices. Where they are unknown: nothing was charged, and no credit or discount explains it. */
export const freeRenewal = (order: Order, free: boolean | null): boolean =>
  order.total_amount === 0 &&
  (free ?? (order.applied_balance_amount === 0 && order.discount_amount === 0))
