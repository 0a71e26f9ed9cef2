// Shared steps of all scripts: they find or make customers and products, change rows and build events.

import type { Cards } from '../cards.ts'
import type { Stamp } from '../instants.ts'
import { type CustomerInput, customer, type MemberInput, member } from '../shapes/customer.ts'
import { type ProductInput, product } from '../shapes/product.ts'
import type {
  Customer,
  Member,
  Order,
  PolarEvent,
  Product,
  Refund,
  Subscription,
} from '../shapes/rows.ts'
import type { World } from '../world.ts'

/** A script's events in Polar's order, and the change that Polar makes only after sending them. */
export type Script = { events: PolarEvent[]; afterwards?: () => void }

/** An existing customer by id, or a new one. A team has one owner unless it says otherwise. */
export type CustomerChoice = string | (CustomerInput & { members?: MemberInput[] })
/** An existing product by id, or a new one. */
export type ProductChoice = string | ProductInput

export const envelope = (stamp: Stamp, type: string, data: object): PolarEvent => ({
  type,
  timestamp: stamp(),
  api_version: '2026-10',
  data: { ...data },
})

// Invented names, used in turn, so that two customers are two people.
const NAMES = [
  'Mara Lindqvist',
  'Theo Okafor',
  'Ines Carvalho',
  'Jonas Feld',
  'Aiko Tanabe',
  'Priya Raman',
  'Luca Moretti',
  'Nora Haugen',
]

export const createGround = (world: World, cards: Cards, stamp: Stamp) => {
  const organizationId = world.organization.id
  const orderCounts = new Map<string, number>()

  const nextName = () => {
    const round = Math.floor(world.customers.size / NAMES.length)
    const name = NAMES[world.customers.size % NAMES.length] ?? 'Customer'
    return round === 0 ? name : `${name} ${round + 1}`
  }

  const event = (type: string, data: object) => envelope(stamp, type, data)

  const order = (id: string): Order => found(world.orders.get(id), 'order', id)
  const subscription = (id: string): Subscription =>
    found(world.subscriptions.get(id), 'subscription', id)

  const ofSubscription = (verb: string, id: string) =>
    event(`subscription.${verb}`, found(world.subscriptionView(id), 'subscription', id))

  return {
    world,
    cards,
    stamp,
    event,
    order,
    subscription,
    ofOrder: (verb: string, id: string) =>
      event(`order.${verb}`, found(world.orderView(id), 'order', id)),
    ofSubscription,
    /** Events about a subscription in its present state. */
    eventsOf: (subscriptionId: string, ...verbs: string[]) => {
      const { customer_id, product_id } = subscription(subscriptionId)
      return {
        customerId: customer_id,
        productId: product_id,
        subscriptionId,
        events: verbs.map((verb) => ofSubscription(verb, subscriptionId)),
      }
    },
    member: (id: string): Member => found(world.members.get(id), 'member', id),
    refund: (id: string): Refund => found(world.refunds.get(id), 'refund', id),
    changeOrder: (id: string, change: Partial<Order>) => {
      world.orders.set(id, { ...order(id), modified_at: stamp(), ...change })
    },
    changeSubscription: (id: string, change: Partial<Subscription>) => {
      world.subscriptions.set(id, { ...subscription(id), modified_at: stamp(), ...change })
    },
    nextOrderNumber: (customerId: string) => {
      const number = (orderCounts.get(customerId) ?? 0) + 1
      orderCounts.set(customerId, number)
      return number
    },
    /** Finds or makes the customer. A new team and its members have events; an individual has none. */
    customer: (choice: CustomerChoice = {}): { customer: Customer; events: PolarEvent[] } => {
      if (typeof choice === 'string') {
        return { customer: found(world.customers.get(choice), 'customer', choice), events: [] }
      }
      const { members, ...input } = choice
      const named = input.type === 'team' ? input : { name: nextName(), ...input }
      const made = customer(stamp, organizationId, named)
      world.customers.set(made.id, made)
      const listed = members ?? (made.type === 'team' ? [{}] : [])
      const events = made.type === 'team' ? [event('customer.created', made)] : []
      for (const one of listed) {
        events.push(event('member.created', world.addMember(member(stamp, made.id, one))))
      }
      return { customer: made, events }
    },
    product: (choice: ProductChoice = {}): Product => {
      if (typeof choice === 'string') return found(world.products.get(choice), 'product', choice)
      const made = product(stamp, organizationId, choice)
      world.products.set(made.id, made)
      return made
    },
  }
}

export type Ground = ReturnType<typeof createGround>

const found = <T>(value: T | undefined, noun: string, id: string): T => {
  if (value === undefined) throw new Error(`The simulated Polar has no ${noun} ${id}`)
  return value
}
