// The PDF of an order is drawn.

import type { Ground } from './ground.ts'

export const createInvoicing = (ground: Ground) => ({
  /** order.updated that says so. */
  drawInvoice: (orderId: string) => {
    ground.changeOrder(orderId, { is_invoice_generated: true })
    return {
      customerId: ground.order(orderId).customer_id,
      orderId,
      events: [ground.ofOrder('updated', orderId)],
    }
  },
})
