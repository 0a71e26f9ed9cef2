// Refunds that succeed at once, later, or not at all.

import { refund, refunded } from '../shapes/refund.ts'
import type { PolarEvent, Refund } from '../shapes/rows.ts'
import type { Ground } from './ground.ts'

type RefundInput = {
  /** Without tax, in the smallest unit of the currency. Default: the whole refundable amount. */
  amount?: number
  tax?: number
  /** A `pending` refund ends with `settleRefund` or `failRefund`. */
  status?: 'succeeded' | 'pending'
  reason?: Refund['reason']
}

export const createRefunds = (ground: Ground) => {
  const { world, stamp } = ground

  const about = ({ id, customer_id, order_id }: Refund, events: PolarEvent[]) => ({
    customerId: customer_id,
    orderId: order_id,
    refundId: id,
    events,
  })

  const change = (before: Refund, status: Refund['status']): PolarEvent => {
    const after = { ...before, status, modified_at: stamp() }
    world.refunds.set(after.id, after)
    return ground.event('refund.updated', after)
  }

  /** @param sign −1 reverses the refund. */
  const apply = ({ order_id, amount, tax_amount }: Refund, sign: 1 | -1) =>
    ground.changeOrder(order_id, refunded(ground.order(order_id), sign * amount, sign * tax_amount))

  const succeed = (made: Refund): PolarEvent[] => {
    apply(made, 1)
    return [ground.ofOrder('updated', made.order_id), ground.ofOrder('refunded', made.order_id)]
  }

  return {
    /** refund.created → order.updated → order.refunded; a pending refund has refund.created only. */
    refund: (orderId: string, input: RefundInput = {}) => {
      const { amount, tax, status = 'succeeded', reason = 'customer_request' } = input
      const made = refund(stamp, {
        order: ground.order(orderId),
        organizationId: world.organization.id,
        ...(amount !== undefined && { amount }),
        ...(tax !== undefined && { tax }),
        refund: { status, reason },
      })
      world.refunds.set(made.id, made)
      const created = ground.event('refund.created', made)
      return about(made, status === 'pending' ? [created] : [created, ...succeed(made)])
    },

    /** A pending refund has arrived: refund.updated → order.updated → order.refunded */
    settleRefund: (refundId: string) => {
      const before = ground.refund(refundId)
      const updated = change(before, 'succeeded')
      return about(before, [updated, ...succeed(before)])
    },

    /** The bank returns it: refund.updated, and order.updated if it had succeeded before. */
    failRefund: (refundId: string) => {
      const before = ground.refund(refundId)
      const updated = change(before, 'failed')
      if (before.status !== 'succeeded') return about(before, [updated])
      apply(before, -1)
      return about(before, [updated, ground.ofOrder('updated', before.order_id)])
    },
  }
}
