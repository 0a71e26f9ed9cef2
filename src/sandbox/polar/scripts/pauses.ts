// Subscriptions that are paused and resumed.

import { DAY } from '../../../runtime/clock.ts'
import { later } from '../instants.ts'
import type { Billing, Failing } from './billing.ts'
import type { Ground } from './ground.ts'
import type { BillInput } from './purchases.ts'

export const createPauses = (ground: Ground, billing: Billing) => {
  const { stamp } = ground

  return {
    /**
     * Schedules a pause; the subscription stays active: subscription.updated. `resumesAt`: default 60 days after the period
     * ends; `null` for no date.
     */
    schedulePause: (subscriptionId: string, input: { resumesAt?: string | null } = {}) => {
      const { current_period_end } = ground.subscription(subscriptionId)
      const { resumesAt = later(current_period_end, 60 * DAY) } = input
      ground.changeSubscription(subscriptionId, {
        pause_at_period_end: true,
        resumes_at: resumesAt,
      })
      return ground.eventsOf(subscriptionId, 'updated')
    },

    /** Cancels the scheduled pause: subscription.updated */
    unschedulePause: (subscriptionId: string) => {
      ground.changeSubscription(subscriptionId, { pause_at_period_end: false, resumes_at: null })
      return ground.eventsOf(subscriptionId, 'updated')
    },

    /** Ends the period, now if called early, without a next one: subscription.updated → .paused */
    pause: (subscriptionId: string) => {
      const { current_period_end } = ground.subscription(subscriptionId)
      const now = stamp()
      ground.changeSubscription(subscriptionId, {
        status: 'paused',
        paused_at: now,
        pause_at_period_end: false,
        current_period_end: current_period_end > now ? now : current_period_end,
      })
      return ground.eventsOf(subscriptionId, 'updated', 'paused')
    },

    /**
     * Starts a new period now and charges it: subscription.updated → .resumed → order.created (pending,
     * subscription_cycle) → order.updated → order.paid. There is no subscription.cycled. If the charge is `failing`, the last
     * two are subscription.updated → .past_due.
     */
    resume: (
      subscriptionId: string,
      { failing, ...input }: BillInput & { failing?: Failing } = {},
    ) => {
      billing.startPeriod(subscriptionId, stamp(), {
        status: 'active',
        paused_at: null,
        resumes_at: null,
      })
      const script = ground.eventsOf(subscriptionId, 'updated', 'resumed')
      const due = billing.due(subscriptionId, input, 'subscription_cycle')
      const charged =
        failing === undefined
          ? { events: billing.collect(due.order), afterwards: () => {} }
          : billing.fail(due.order, failing)
      return {
        ...script,
        orderId: due.order.id,
        events: [...script.events, ...due.events, ...charged.events],
        afterwards: charged.afterwards,
      }
    },
  }
}
