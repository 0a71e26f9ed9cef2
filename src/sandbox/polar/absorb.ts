// Learns from events that somebody else wrote, so that what they speak of has a portal to land on.

import type { Cards } from './cards.ts'
import type { Stamp } from './instants.ts'
import { customer, member } from './shapes/customer.ts'
import { order } from './shapes/order.ts'
import { product } from './shapes/product.ts'
import type { Customer, Member, Order, Product, Subscription } from './shapes/rows.ts'
import { nextAttempt, subscription } from './shapes/subscription.ts'
import type { World } from './world.ts'

type Loose = Record<string, unknown>

/** Never throws: what has no id, or is of another kind than expected, is passed over. */
export const createAbsorb = (world: World, cards: Cards, stamp: Stamp) => {
  const organizationId = world.organization.id

  /** The newer of what is known and what is told, with the gaps filled from `blank`. */
  const learn = <T extends object>(
    known: Map<string, T>,
    told: unknown,
    blank: (id: string) => T,
  ) => {
    if (!isObject(told) || typeof told.id !== 'string') return undefined
    const before = known.get(told.id)
    const base = before ?? blank(told.id)
    if (before !== undefined && changedAt(told) < changedAt(before)) return before
    const after = filled(base, told)
    known.set(told.id, after)
    return after
  }

  const absorbCustomer = (told: unknown): Customer | undefined => {
    const learned = learn(world.customers, told, (id) => customer(stamp, organizationId, { id }))
    if (learned?.type !== 'individual' || learned.email === null) return learned
    // An individual's owner is the same person: a new address is theirs too.
    const owner = world.membersOf(learned.id).find(({ role }) => role === 'owner')
    if (owner !== undefined) world.members.set(owner.id, { ...owner, email: learned.email })
    return learned
  }

  const absorbProduct = (told: unknown): Product | undefined =>
    learn(world.products, told, (id) =>
      product(stamp, organizationId, {
        id,
        is_recurring: isObject(told) && told.is_recurring === true,
      }),
    )

  const absorbSubscription = (told: unknown): Subscription | undefined => {
    if (!isObject(told)) return undefined
    const buyer = absorbCustomer(told.customer) ?? world.customers.get(String(told.customer_id))
    const bought = absorbProduct(told.product) ?? world.products.get(String(told.product_id))
    if (buyer === undefined || bought === undefined) return undefined
    return learn(world.subscriptions, told, (id) =>
      subscription(stamp, { customer: buyer, product: bought, subscription: { id } }),
    )
  }

  const absorbOrder = (told: unknown): Order | undefined => {
    if (!isObject(told)) return undefined
    const buyer = absorbCustomer(told.customer) ?? world.customers.get(String(told.customer_id))
    if (buyer === undefined) return undefined
    const bought = absorbProduct(told.product) ?? null
    const of = absorbSubscription(told.subscription) ?? null
    const learned = learn(world.orders, told, (id) =>
      order(stamp, {
        customer: buyer,
        product: bought,
        subscription: of,
        number: 1,
        organizationSlug: world.organization.slug,
        order: { id },
      }),
    )
    if (of !== null) openForRetry(of)
    return learned
  }

  /** A subscription that is past due has a card that failed and an order that can be paid again. */
  const openForRetry = (of: Subscription) => {
    if (of.status !== 'past_due') return
    const now = Date.parse(stamp())
    for (const open of world.ordersOf(of.customer_id)) {
      if (open.subscription_id !== of.id || open.status !== 'pending') continue
      if (open.next_payment_attempt_at !== null) continue
      const next_payment_attempt_at = nextAttempt(of.past_due_at ?? open.created_at, now)
      world.orders.set(open.id, { ...open, next_payment_attempt_at })
      cards.decline(of.customer_id)
    }
  }

  const absorbMember = (type: string, told: unknown): Member | undefined => {
    if (!isObject(told) || typeof told.customer_id !== 'string') return undefined
    if (type === 'member.deleted') {
      world.removeMember(String(told.id))
      return undefined
    }
    const { customer_id } = told
    const learned = learn(world.members, told, (id) => member(stamp, customer_id, { id }))
    return learned && world.addMember(learned)
  }

  return (event: unknown) => {
    if (!isObject(event) || typeof event.type !== 'string') return
    const { type, data } = event
    const noun = type.split('.')[0]
    if (noun === 'customer' && type !== 'customer.state_changed') absorbCustomer(data)
    if (noun === 'member') absorbMember(type, data)
    if (noun === 'product') absorbProduct(data)
    if (noun === 'order') absorbOrder(data)
    if (noun === 'subscription') {
      const learned = absorbSubscription(data)
      if (learned !== undefined) openForRetry(learned)
    }
  }
}

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** When it changed last: what does not say is taken for new, what says nonsense for old. */
const changedAt = (value: Loose | object): string => {
  const { modified_at, created_at } = value as Loose
  const at = modified_at ?? created_at ?? '9999'
  return Number.isNaN(Date.parse(String(at))) ? '' : String(at)
}

const kind = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

const ALWAYS = ['id', 'created_at', 'type', 'status', 'role', 'currency', 'customer_id']

/** What Polar never leaves empty: without these a page could not be drawn. */
const isNeverNull = (key: string, value: unknown) =>
  ALWAYS.includes(key) || Array.isArray(value) || ['number', 'boolean'].includes(typeof value)

/** `base` with every field of `told` that is of the kind that `base` holds there. */
const filled = <T extends object>(base: T, told: Loose): T => {
  const fitted: Loose = Object.fromEntries(Object.entries(base))
  for (const [key, before] of Object.entries(base)) {
    const now = told[key]
    if (now === undefined) continue
    if (now === null ? !isNeverNull(key, before) : before === null || kind(before) === kind(now))
      fitted[key] = now
  }
  return fitted as T
}
