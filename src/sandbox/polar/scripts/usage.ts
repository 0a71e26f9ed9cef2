// Subscriptions with usage-based prices.

import { meter } from '../shapes/meter.ts'
import type { PolarEvent } from '../shapes/rows.ts'
import { meterPeriod } from '../shapes/subscription.ts'
import type { Billing, RenewInput } from './billing.ts'
import type { Ground } from './ground.ts'

type Used = {
  /** Number of subscription.updated events. */
  times?: number
  /** Added each time. */
  units?: number
  /** Added each time, in the smallest unit of the currency. */
  amount?: number
}

export const createUsage = (ground: Ground, billing: Billing) => {
  const { world, stamp } = ground
  const begun = (used: { consumed_units: number; amount: number }) =>
    meter(stamp, world.organization.id, used)

  return {
    /** `times` subscription.updated events that differ only in the meter. */
    recordUsage: (subscriptionId: string, { times = 1, units = 12.5, amount = 150 }: Used = {}) => {
      const events: PolarEvent[] = []
      for (let time = 0; time < times; time++) {
        const { meters } = ground.subscription(subscriptionId)
        const [first = begun({ consumed_units: 0, amount: 0 }), ...others] = meters
        const read = {
          ...first,
          modified_at: stamp(),
          consumed_units: first.consumed_units + units,
          amount: first.amount + amount,
        }
        ground.changeSubscription(subscriptionId, { meters: [read, ...others] })
        events.push(ground.ofSubscription('updated', subscriptionId))
      }
      return { ...ground.eventsOf(subscriptionId), events }
    },

    /**
     * Bills the usage between two renewals: order.created (pending, subscription_meter_cycle) →
     * order.updated → order.paid. Default `amount`: the meter's.
     */
    billUsage: ({ amount, ...input }: RenewInput = {}) => {
      const { of, events } = billing.subscriptionFor({
        ...input,
        subscription: {
          meters: [begun({ consumed_units: 112.5, amount: 1_350 })],
          ...input.subscription,
        },
      })
      const used = amount ?? of.meters.reduce((sum, read) => sum + read.amount, 0)
      const lines = [{ label: of.meters[0]?.meter.name ?? 'Usage', amount: used }]
      const billed = billing.billPaid(of.id, { ...input, lines }, 'subscription_meter_cycle')
      ground.changeSubscription(of.id, {
        meters: of.meters.map((read) => ({ ...read, consumed_units: 0, amount: 0 })),
        ...meterPeriod(ground.product(of.product_id), of.current_meter_period_end),
      })
      return {
        ...ground.eventsOf(of.id),
        orderId: billed.orderId,
        events: [...events, ...billed.events],
      }
    },
  }
}
