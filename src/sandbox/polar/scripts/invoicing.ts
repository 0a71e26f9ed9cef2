// The invoice PDF of an order.

import type { Ground } from './ground.ts'

export const createInvoicing = (ground: Ground) => ({
  /** The PDF exists from now on: order.updated */
  drawInvoice: (orderId: string) => {
    ground.changeOrder(orderId, { is_invoice_generated: true })
    return {
      customerId: ground.order(orderId).customer_id,
      orderId,
      events: [ground.ofOrder('updated', orderId)],
    }
  },
})
