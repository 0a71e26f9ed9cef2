// One-time orders, and the payment of any order.

import { type Line, type Money, order, receiptNumber } from '../shapes/order.ts'
import type { Order, PolarEvent, Product } from '../shapes/rows.ts'
import type { CustomerChoice, Ground, ProductChoice } from './ground.ts'

/** The amounts, lines and fields of an order. */
export type BillInput = Money & { lines?: Line[]; order?: Partial<Order> }

type PurchaseInput = BillInput & {
  customer?: CustomerChoice
  product?: ProductChoice
}

/** Marks an order paid: `order.updated`, `order.paid`. */
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

export const createPurchases = (ground: Ground) => {
  const bought = (
    input: BillInput,
    product: Product | null,
    { customer, events }: ReturnType<Ground['customer']>,
  ) => {
    const made = order(ground.stamp, {
      ...input,
      customer,
      product,
      number: ground.nextOrderNumber(customer.id),
      organizationSlug: ground.world.organization.slug,
    })
    ground.world.orders.set(made.id, made)
    events.push(ground.ofOrder('created', made.id))
    ground.cards.collect(made, 'purchase')
    events.push(...paid(ground, made.id))
    return { customerId: customer.id, orderId: made.id, events }
  }

  return {
    /** order.created (already paid) → order.updated → order.paid */
    purchase: (input: PurchaseInput = {}) => {
      const buyer = ground.customer(input.customer)
      const product = ground.product(withPrice(input.product, input))
      return { ...bought(input, product, buyer), productId: product.id }
    },

    /** Adds money to a customer's wallet: the events of a purchase, without a product. */
    topUp: ({ customer, ...input }: Omit<PurchaseInput, 'product'> = {}) =>
      bought({ amount: 2500, ...input }, null, ground.customer(customer)),
  }
}

/** A new product gets the price of the purchase, unless it has its own. */
export const withPrice = (choice: ProductChoice | undefined, money: Money): ProductChoice => {
  if (typeof choice === 'string') return choice
  return {
    ...(money.amount !== undefined && { amount: money.amount }),
    ...(money.currency !== undefined && { currency: money.currency }),
    ...choice,
  }
}
