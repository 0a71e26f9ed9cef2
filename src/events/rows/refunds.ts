// Rows for refunds. Each refund is a fact of its own: several may share an order.

import { productOf } from '../../messages/content.ts'
import type { Order, Refund } from '../../polar/payloads.ts'
import { type Row, sends } from '../row.ts'

/** Whether the money goes back; before that a refund is only requested. */
export const wentThrough = (refund: Refund) => refund.status === 'succeeded'

export const refundRows: readonly Row<{ refund: Refund; order: Order }>[] = [
  {
    is: 'a refund that went through',
    on: ['refund.created', 'refund.updated'],
    when: ({ subject: { refund } }) => wentThrough(refund),
    means: sends('order_refunded', ({ subject: { refund, order }, event }) => {
      const value = refund.amount + refund.tax_amount
      return {
        fact: `refund/${refund.id}`,
        content: {
          refund: { value, currency: refund.currency },
          refundedAt:
            refund.modified_at ?? refund.created_at ?? new Date(event.occurredAt).toISOString(),
          isFull: value >= order.total_amount + order.applied_balance_amount,
          product: productOf(order),
          order: {
            number: order.invoice_number,
            date: order.created_at,
            currency: order.currency,
            total: order.total_amount,
          },
        },
        target: `order:${order.id}`,
      }
    }),
  },
]
