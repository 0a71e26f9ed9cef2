// Builds refunds in the full shape that Polar sends, and applies one to its order.

import { randomUUID } from 'node:crypto'
import type { Stamp } from '../instants.ts'
import type { Order, Refund } from './rows.ts'

type RefundInput = {
  order: Order
  organizationId: string
  /** Without tax. Default: the whole refundable amount. */
  amount?: number
  /** Default: the same share of the tax. */
  tax?: number
  /** Overrides fields of the refund. */
  refund?: Partial<Refund>
}

export const refund = (stamp: Stamp, input: RefundInput): Refund => {
  const { order } = input
  const amount = input.amount ?? order.refundable_amount
  const part = amount / (order.refundable_amount || 1)
  return {
    created_at: stamp(),
    modified_at: null,
    id: randomUUID(),
    metadata: {},
    status: 'succeeded',
    reason: 'customer_request',
    amount,
    tax_amount: input.tax ?? Math.round(order.refundable_tax_amount * part),
    currency: order.currency,
    organization_id: input.organizationId,
    order_id: order.id,
    subscription_id: order.subscription_id,
    customer_id: order.customer_id,
    revoke_benefits: false,
    dispute: null,
    ...input.refund,
  }
}

/** Polar's arithmetic: refunds `amount` and `tax`, or reverses a refund if they are negative. */
export const refunded = (order: Order, amount: number, tax: number): Partial<Order> => {
  const paid = order.net_amount + order.applied_balance_amount
  const refunded_amount = order.refunded_amount + amount
  const refunded_tax_amount = order.refunded_tax_amount + tax
  return {
    status:
      refunded_amount === 0 ? 'paid' : refunded_amount >= paid ? 'refunded' : 'partially_refunded',
    refunded_amount,
    refunded_tax_amount,
    refundable_amount: Math.max(0, paid - refunded_amount),
    refundable_tax_amount: Math.max(0, order.tax_amount - refunded_tax_amount),
  }
}
