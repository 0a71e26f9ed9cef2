// Subscriptions that are cancelled, uncancelled or ended.

import { INSUFFICIENT_FUNDS } from '../cards.ts'
import type { PolarEvent, Subscription } from '../shapes/rows.ts'
import type { Billing, Failing } from './billing.ts'
import type { Ground } from './ground.ts'
import type { BillInput } from './purchases.ts'

type Reason = {
  reason?: Subscription['customer_cancellation_reason']
  comment?: string | null
}

export const createEndings = (ground: Ground, billing: Billing) => {
  const { cards, stamp } = ground

  /** A cancelled subscription does not pause any more. */
  const leaving = ({ reason, comment }: Reason): Partial<Subscription> => ({
    pause_at_period_end: false,
    resumes_at: null,
    ...(reason !== undefined && { customer_cancellation_reason: reason }),
    ...(comment !== undefined && { customer_cancellation_comment: comment }),
  })

  /** Ends a subscription and voids its unpaid orders: subscription.updated → .canceled → .revoked → order.updated (void) */
  const over = (subscriptionId: string, change: Partial<Subscription>) => {
    ground.changeSubscription(subscriptionId, { status: 'canceled', ...change })
    const ended = ground.eventsOf(subscriptionId, 'updated', 'canceled', 'revoked')
    const open = ground.world
      .ordersOf(ended.customerId)
      .filter((order) => order.subscription_id === subscriptionId && order.status === 'pending')
    for (const { id } of open)
      ground.changeOrder(id, { status: 'void', next_payment_attempt_at: null })
    const voided: PolarEvent[] = open.map(({ id }) => ground.ofOrder('updated', id))
    return { ...ended, events: [...ended.events, ...voided] }
  }

  const revoke = (subscriptionId: string, input: Reason = {}) => {
    const now = stamp()
    return over(subscriptionId, {
      ...leaving(input),
      canceled_at: now,
      ends_at: now,
      ended_at: now,
    })
  }

  return {
    /** At the end of the period: subscription.updated → .canceled, still active. */
    cancel: (subscriptionId: string, input: Reason = {}) => {
      const { current_period_end } = ground.subscription(subscriptionId)
      ground.changeSubscription(subscriptionId, {
        ...leaving(input),
        cancel_at_period_end: true,
        canceled_at: stamp(),
        ends_at: current_period_end,
      })
      return ground.eventsOf(subscriptionId, 'updated', 'canceled')
    },

    /** subscription.updated → .uncanceled */
    uncancel: (subscriptionId: string) => {
      ground.changeSubscription(subscriptionId, {
        cancel_at_period_end: false,
        canceled_at: null,
        ends_at: null,
        customer_cancellation_reason: null,
        customer_cancellation_comment: null,
      })
      return ground.eventsOf(subscriptionId, 'updated', 'uncanceled')
    },

    /** Ends it at once, before the paid period is over: subscription.updated → .canceled → .revoked */
    revoke,

    /**
     * Ends a cancelled period, now if called early: subscription.updated → .canceled again → .revoked.
     * `usage` is billed: order.created (pending, subscription_cycle) → order.updated → order.paid. With `failing` its charge
     * fails: there is only the first of these events, and Polar does not charge again.
     */
    end: (
      subscriptionId: string,
      { usage, failing, ...input }: BillInput & { usage?: number; failing?: Failing } = {},
    ) => {
      const before = ground.subscription(subscriptionId)
      const now = stamp()
      const ends = before.current_period_end > now ? now : before.current_period_end
      const script = over(subscriptionId, {
        canceled_at: before.canceled_at ?? now,
        current_period_end: ends,
        ends_at: ends,
        ended_at: now,
      })
      if (usage === undefined) return { ...script, orderId: undefined }
      const label = before.meters[0]?.meter.name ?? 'Usage'
      const lines = [{ label, amount: usage }]
      if (failing !== undefined) {
        const due = billing.due(subscriptionId, { lines, ...input }, 'subscription_cycle')
        cards.decline(before.customer_id, failing.decline ?? INSUFFICIENT_FUNDS)
        cards.charge(due.order, 'subscription_cycle')
        return { ...script, orderId: due.order.id, events: [...script.events, ...due.events] }
      }
      const billed = billing.billPaid(subscriptionId, { lines, ...input }, 'subscription_cycle')
      return { ...script, orderId: billed.orderId, events: [...script.events, ...billed.events] }
    },

    /** The last retry failed: subscription.updated → .canceled → .revoked → order.updated (void) */
    giveUp: (orderId: string) => {
      const { subscription_id } = ground.order(orderId)
      return { ...revoke(subscription_id ?? ''), orderId }
    },

    /** Cancels a past-due subscription, which ends its dunning as well. The events are those of `giveUp`. */
    cancelPastDue: revoke,
  }
}

export type Endings = ReturnType<typeof createEndings>
