// Orders that no subscription made, and what may happen to any order once it is paid.

import { randomUUID } from 'node:crypto'
import { type Money, order, receiptNumber } from '../shapes/order.ts'
import type { Order, PolarEvent } from '../shapes/rows.ts'
import type { CustomerChoice, Ground, ProductChoice, Script } from './ground.ts'

type PurchaseInput = Money & {
  customer?: CustomerChoice
  product?: ProductChoice
  order?: Partial<Order>
}

const nothing = () => {}

/** Marks an order paid and tells it: `order.updated`, `order.paid`. */
export const paid = (ground: Ground, orderId: string): PolarEvent[] => {
  const { customer_id, due_amount, invoice_number } = ground.order(orderId)
  const number = Number(invoice_number?.split('-').at(-1) ?? 1)
  ground.changeOrder(orderId, {
    status: 'paid',
    paid: true,
    next_payment_attempt_at: null,
    receipt_number: due_amount > 0 ? receiptNumber(customer_id, number) : null,
  })
  return [ground.ofOrder('updated', orderId), ground.ofOrder('paid', orderId)]
}

export const createPurchases = (ground: Ground) => ({
  /** order.created (already paid) → order.updated → order.paid */
  purchase: (input: PurchaseInput = {}) => {
    const { customer, events } = ground.customer(input.customer)
    const product = ground.product(withPrice(input.product, input))
    const made = order(ground.stamp, {
      ...input,
      customer,
      product,
      number: ground.nextOrderNumber(customer.id),
      organizationSlug: ground.world.organization.slug,
    })
    ground.world.orders.set(made.id, made)
    events.push(ground.ofOrder('created', made.id), ...paid(ground, made.id))
    return {
      customerId: customer.id,
      productId: product.id,
      orderId: made.id,
      events,
      afterwards: nothing,
    } satisfies Script & Record<string, unknown>
  },

  /** refund.created → order.updated → order.refunded. Refunds everything that is left unless told an amount. */
  refund: (orderId: string, input: { amount?: number; tax?: number } = {}) => {
    const before = ground.order(orderId)
    const amount = input.amount ?? before.refundable_amount
    const tax =
      input.tax ??
      Math.round((before.refundable_tax_amount * amount) / (before.refundable_amount || 1))
    const refund = {
      created_at: ground.stamp(),
      modified_at: null,
      id: randomUUID(),
      metadata: {},
      status: 'succeeded',
      reason: 'customer_request',
      amount,
      tax_amount: tax,
      currency: before.currency,
      organization_id: ground.world.organization.id,
      order_id: orderId,
      subscription_id: before.subscription_id,
      customer_id: before.customer_id,
      revoke_benefits: false,
      dispute: null,
    }
    const refunded = before.refunded_amount + amount
    ground.changeOrder(orderId, {
      status: refunded >= before.net_amount ? 'refunded' : 'partially_refunded',
      refunded_amount: refunded,
      refunded_tax_amount: before.refunded_tax_amount + tax,
      refundable_amount: before.net_amount - refunded,
      refundable_tax_amount: before.refundable_tax_amount - tax,
    })
    const events = [
      ground.event('refund.created', refund),
      ground.ofOrder('updated', orderId),
      ground.ofOrder('refunded', orderId),
    ]
    return {
      customerId: before.customer_id,
      orderId,
      refundId: refund.id,
      events,
      afterwards: nothing,
    }
  },
})

/** A new product costs what is bought for, unless it names its own price. */
export const withPrice = (choice: ProductChoice | undefined, money: Money): ProductChoice => {
  if (typeof choice === 'string') return choice
  return {
    ...(money.amount !== undefined && { amount: money.amount }),
    ...(money.currency !== undefined && { currency: money.currency }),
    ...choice,
  }
}
