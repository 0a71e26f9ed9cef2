// The events of Polar's Events API that scripts cause. They are recorded whether or not there is a webhook endpoint. Raw
// events, which no script made, are not among them.

import { randomUUID } from 'node:crypto'
import type { Clock } from '../../runtime/clock.ts'
import type { Customer, Order, PolarEvent, Subscription } from './shapes/rows.ts'
import type { World } from './world.ts'

export type SystemEvent = {
  id: string
  timestamp: string
  name: string
  customer_id: string
  metadata: Record<string, unknown>
}

/** A script with its name and its last argument, which says what kind of change it is. */
export type Played = { name: string; input: unknown; events: readonly PolarEvent[] }

const SAME_NAME = new Set(
  `order.paid order.refunded customer.created customer.updated customer.deleted subscription.created
  subscription.canceled subscription.uncanceled subscription.cycled subscription.revoked subscription.past_due
  subscription.paused subscription.resumed`.split(/\s+/),
)

/** The name of the system event beside a webhook; `undefined` if there is none. */
const nameOf = ({ type, data }: PolarEvent, { name, input, events }: Played) => {
  if (SAME_NAME.has(type)) return type
  if (type === 'order.updated') return data.status === 'void' ? 'order.voided' : undefined
  if (type === 'subscription.active') {
    const isNew = events.some((other) => other.type === 'subscription.created')
    return isNew ? undefined : 'subscription.reactivated'
  }
  if (type !== 'subscription.updated') return undefined
  if (name === 'clearPendingUpdate') return 'subscription.update_cleared'
  const isChange = name === 'changePlan' || name === 'changeQuantity'
  return isChange && Object(input).proration !== 'next_period' ? type : undefined
}

const ofOrder = (order: Order) => ({
  order_id: order.id,
  amount: order.total_amount,
  currency: order.currency,
  net_amount: order.net_amount,
  tax_amount: order.tax_amount,
  ...(order.product_id !== null && { product_id: order.product_id }),
  ...(order.subscription_id !== null && { subscription_id: order.subscription_id }),
})

const ofSubscription = (of: Subscription) => ({
  subscription_id: of.id,
  product_id: of.product_id,
  amount: of.amount,
  currency: of.currency,
  recurring_interval: of.recurring_interval,
  recurring_interval_count: of.recurring_interval_count,
})

const metadataOf = (name: string, data: unknown, input: unknown): Record<string, unknown> => {
  const order = data as Order
  const of = data as Subscription
  const customer = data as Customer
  switch (name) {
    case 'order.paid':
      return ofOrder(order)
    case 'order.refunded':
      return {
        ...{ order_id: order.id, refunded_amount: order.refunded_amount },
        currency: order.currency,
      }
    case 'order.voided':
      return { order_id: order.id, amount: order.total_amount, currency: order.currency }
    case 'subscription.updated':
      return {
        ...{ subscription_id: of.id, product_id: of.product_id },
        ...{ proration_behavior: Object(input).proration },
        ...(of.seats !== null && { seats: of.seats }),
      }
    case 'subscription.update_cleared':
      return { subscription_id: of.id }
    case 'subscription.past_due':
      return { ...ofSubscription(of), past_due_at: of.past_due_at }
    case 'subscription.paused':
      return { ...ofSubscription(of), paused_at: of.paused_at }
    case 'subscription.canceled':
      return { ...ofSubscription(of), canceled_at: of.canceled_at, ends_at: of.ends_at }
    default:
      if (name.startsWith('subscription.')) return ofSubscription(of)
      return {
        ...{ customer_id: customer.id, customer_email: customer.email },
        ...{ customer_name: customer.name, customer_external_id: customer.external_id },
        ...(name === 'customer.updated' && { updated_fields: {} }),
      }
  }
}

export const createSystemEvents = (clock: Clock, world: World) => {
  const recorded: (SystemEvent & { recordedAt: number })[] = []
  let delay = 0

  const view = ({ id, timestamp, name, customer_id, metadata }: SystemEvent) => {
    const customer = world.customers.get(customer_id)
    return {
      ...{ id, timestamp, name, source: 'system', label: name, metadata },
      ...{ organization_id: world.organization.id, customer_id },
      customer: customer?.deleted_at === null ? customer : null,
      external_customer_id: customer?.external_id ?? null,
      ...{ member_id: null, external_member_id: null, child_count: 0, parent_id: null },
    }
  }

  return {
    record: (played: Played) => {
      for (const event of played.events) {
        const name = nameOf(event, played)
        if (name === undefined) continue
        recorded.push({
          ...{ id: randomUUID(), timestamp: event.timestamp, name },
          customer_id: String(
            name.startsWith('customer.') ? event.data.id : event.data.customer_id,
          ),
          metadata: metadataOf(name, event.data, played.input),
          recordedAt: clock.now(),
        })
      }
    },
    /** Those that can be read by now, oldest first. */
    list: () => recorded.filter(({ recordedAt }) => recordedAt + delay <= clock.now()).map(view),
    /** Milliseconds until a new event can be read: at Polar it goes through a store for analytics. */
    set delay(ms: number) {
      delay = ms
    },
    get delay() {
      return delay
    },
  }
}

export type SystemEvents = ReturnType<typeof createSystemEvents>
