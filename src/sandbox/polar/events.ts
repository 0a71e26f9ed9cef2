// Builds single events in their full shape, without a story around them. The world does not change.

import { randomUUID } from 'node:crypto'
import { type Clock, systemClock } from '../../runtime/clock.ts'
import { createStamp } from './instants.ts'
import { envelope } from './scripts/ground.ts'
import { type CustomerInput, customer, type MemberInput, member } from './shapes/customer.ts'
import { type Money, order } from './shapes/order.ts'
import { orderedProduct, type ProductInput, product } from './shapes/product.ts'
import type { Customer, Order, PolarEvent, Product, Subscription } from './shapes/rows.ts'
import { orderedSubscription, subscription } from './shapes/subscription.ts'

type EventInput = Money & {
  customer?: CustomerInput
  product?: ProductInput
  subscription?: Partial<Subscription>
  order?: Partial<Order>
}

export const createEvents = ({
  clock = systemClock,
  organizationId = '3ceaaf30-8142-48ea-91d9-3080f9b439fc',
  slug = 'acme',
}: {
  clock?: Clock
  organizationId?: string
  slug?: string
} = {}) => {
  const stamp = createStamp(clock)

  const parts = (input: EventInput, recurring: boolean) => {
    const money = {
      ...(input.amount !== undefined && { amount: input.amount }),
      ...(input.currency !== undefined && { currency: input.currency }),
    }
    const of: Customer = customer(stamp, organizationId, input.customer)
    const bought: Product = product(stamp, organizationId, {
      ...(recurring && { recurring_interval: 'month' as const }),
      ...money,
      ...input.product,
    })
    return { of, bought }
  }

  const orderEvent =
    (verb: 'created' | 'updated' | 'paid' | 'refunded') =>
    (input: EventInput = {}): PolarEvent => {
      const recurring = input.subscription !== undefined
      const { of, bought } = parts(input, recurring)
      const subscribed = recurring
        ? subscription(stamp, { ...input, customer: of, product: bought })
        : null
      const made = order(stamp, {
        ...input,
        customer: of,
        product: bought,
        subscription: subscribed,
        reason: recurring ? 'subscription_cycle' : 'purchase',
        number: 1,
        organizationSlug: slug,
      })
      return envelope(stamp, `order.${verb}`, {
        ...made,
        customer: of,
        product: orderedProduct(bought),
        subscription: orderedSubscription(subscribed),
      })
    }

  const subscriptionEvent =
    (verb: string, says: (at: string) => Partial<Subscription> = () => ({})) =>
    (input: EventInput = {}): PolarEvent => {
      const { of, bought } = parts(input, true)
      const made = subscription(stamp, { ...input, customer: of, product: bought })
      const data = {
        ...made,
        ...says(stamp()),
        ...input.subscription,
        customer: of,
        product: bought,
      }
      return envelope(stamp, `subscription.${verb}`, data)
    }

  const ended = (at: string) =>
    ({ status: 'canceled', canceled_at: at, ends_at: at, ended_at: at }) as const

  return {
    /** Any data in Polar's envelope. */
    raw: (type: string, data: object): PolarEvent => envelope(stamp, type, data),
    orderCreated: orderEvent('created'),
    orderUpdated: orderEvent('updated'),
    orderPaid: orderEvent('paid'),
    orderRefunded: orderEvent('refunded'),
    subscriptionCreated: subscriptionEvent('created'),
    subscriptionActive: subscriptionEvent('active'),
    subscriptionUpdated: subscriptionEvent('updated'),
    subscriptionCycled: subscriptionEvent('cycled'),
    subscriptionPastDue: subscriptionEvent('past_due', (at) => ({
      status: 'past_due',
      past_due_at: at,
    })),
    subscriptionCanceled: subscriptionEvent('canceled', (at) => ({
      cancel_at_period_end: true,
      canceled_at: at,
    })),
    subscriptionUncanceled: subscriptionEvent('uncanceled'),
    subscriptionRevoked: subscriptionEvent('revoked', ended),
    subscriptionPaused: subscriptionEvent('paused', (at) => ({ status: 'paused', paused_at: at })),
    subscriptionResumed: subscriptionEvent('resumed'),
    customerCreated: (input: CustomerInput = {}) =>
      envelope(stamp, 'customer.created', customer(stamp, organizationId, input)),
    customerUpdated: (input: CustomerInput = {}) =>
      envelope(stamp, 'customer.updated', {
        ...customer(stamp, organizationId, input),
        modified_at: stamp(),
      }),
    customerDeleted: (input: CustomerInput = {}) =>
      envelope(stamp, 'customer.deleted', {
        ...customer(stamp, organizationId, input),
        deleted_at: stamp(),
      }),
    memberCreated: (customerId: string = randomUUID(), input: MemberInput = {}) =>
      envelope(stamp, 'member.created', member(stamp, customerId, input)),
    memberUpdated: (customerId: string = randomUUID(), input: MemberInput = {}) =>
      envelope(stamp, 'member.updated', {
        ...member(stamp, customerId, input),
        modified_at: stamp(),
      }),
    memberDeleted: (customerId: string = randomUUID(), input: MemberInput = {}) =>
      envelope(stamp, 'member.deleted', {
        ...member(stamp, customerId, input),
        modified_at: stamp(),
      }),
  }
}

export type Events = ReturnType<typeof createEvents>
