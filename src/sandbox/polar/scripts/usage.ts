// Subscriptions with usage-based prices.

import { INSUFFICIENT_FUNDS } from '../cards.ts'
import { nextUsageRetry } from '../dunning.ts'
import { meter } from '../shapes/meter.ts'
import type { PolarEvent } from '../shapes/rows.ts'
import { meterPeriod } from '../shapes/subscription.ts'
import type { Billing, Failing, RenewInput } from './billing.ts'
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
  const { world, cards, stamp } = ground
  const begun = (used: { consumed_units: number; amount: number }) =>
    meter(stamp, world.organization.id, used)

  const metered = (input: RenewInput) =>
    billing.subscriptionFor({
      ...input,
      subscription: {
        meters: [begun({ consumed_units: 112.5, amount: 1_350 })],
        ...input.subscription,
      },
    })

  /** The line of the invoice. */
  const used = (subscriptionId: string, amount?: number) => {
    const { meters } = ground.subscription(subscriptionId)
    const sum = meters.reduce((sum, read) => sum + read.amount, 0)
    return [{ label: meters[0]?.meter.name ?? 'Usage', amount: amount ?? sum }]
  }

  const startMeters = (subscriptionId: string) => {
    const of = ground.subscription(subscriptionId)
    ground.changeSubscription(of.id, {
      meters: of.meters.map((read) => ({ ...read, consumed_units: 0, amount: 0 })),
      ...meterPeriod(ground.product(of.product_id), of.current_meter_period_end),
    })
  }

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
      const { of, events } = metered(input)
      const lines = used(of.id, amount)
      const billed = billing.billPaid(of.id, { ...input, lines }, 'subscription_meter_cycle')
      startMeters(of.id)
      return {
        ...ground.eventsOf(of.id),
        orderId: billed.orderId,
        events: [...events, ...billed.events],
      }
    },

    /**
     * The same invoice, whose charge fails: order.created (pending, subscription_meter_cycle), and no event besides. The
     * subscription stays active, and Polar charges again after two days.
     */
    failUsage: ({ amount, decline = INSUFFICIENT_FUNDS, ...input }: RenewInput & Failing = {}) => {
      const { of, events } = metered(input)
      const lines = used(of.id, amount)
      const due = billing.due(of.id, { ...input, lines }, 'subscription_meter_cycle')
      startMeters(of.id)
      cards.decline(of.customer_id, decline)
      cards.charge(due.order, 'subscription_cycle')
      const next_payment_attempt_at = nextUsageRetry(stamp(), 1)
      return {
        ...ground.eventsOf(of.id),
        orderId: due.order.id,
        events: [...events, ...due.events],
        afterwards: () => ground.changeOrder(due.order.id, { next_payment_attempt_at }),
      }
    },
  }
}
