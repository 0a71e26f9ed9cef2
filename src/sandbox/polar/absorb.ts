// Learns from events that somebody else wrote, so that what they speak of has a portal to land on.

import { randomUUID } from 'node:crypto'
import type { Cards } from './cards.ts'
import type { Stamp } from './instants.ts'
import { changedAt, filled, isObject, type Loose } from './learned.ts'
import { customer, member } from './shapes/customer.ts'
import { order } from './shapes/order.ts'
import { product } from './shapes/product.ts'
import { refund, refunded } from './shapes/refund.ts'
import type { Customer, Member, Order, Product, Subscription } from './shapes/rows.ts'
import { nextAttempt, subscription } from './shapes/subscription.ts'
import type { World } from './world.ts'

/** Never throws: what has no id, or is of another kind than expected, is passed over. */
export const createAbsorb = (world: World, cards: Cards, stamp: Stamp) => {
  const organizationId = world.organization.id
  /** Rows that stand in for what nobody has told yet: whatever is told of them is newer. */
  const invented = new Set<string>()

  /** The newer of what is known and what is told, with the gaps filled from `blank`. */
  const applyEvent = <T extends object>(
    known: Map<string, T>,
    told: unknown,
    blank: (id: string) => T,
  ) => {
    if (!isObject(told) || typeof told.id !== 'string') return undefined
    const before = known.get(told.id)
    const base = before ?? blank(told.id)
    const isOlder = before !== undefined && changedAt(told) < changedAt(before)
    const wasInvented = invented.delete(told.id)
    if (isOlder && !wasInvented) return before
    const after = filled(base, told)
    known.set(told.id, after)
    return after
  }

  const absorbCustomer = (told: unknown): Customer | undefined => {
    const learned = applyEvent(world.customers, told, (id) =>
      customer(stamp, organizationId, { id }),
    )
    if (learned?.type !== 'individual' || learned.email === null) return learned
    // An individual's owner is the same person: a new address is theirs too.
    const owner = world.membersOf(learned.id).find(({ role }) => role === 'owner')
    if (owner !== undefined) world.members.set(owner.id, { ...owner, email: learned.email })
    return learned
  }

  const absorbProduct = (told: unknown): Product | undefined =>
    applyEvent(world.products, told, (id) =>
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
    return applyEvent(world.subscriptions, told, (id) =>
      subscription(stamp, { customer: buyer, product: bought, subscription: { id } }),
    )
  }

  const absorbOrder = (told: unknown): Order | undefined => {
    if (!isObject(told)) return undefined
    const buyer = absorbCustomer(told.customer) ?? world.customers.get(String(told.customer_id))
    if (buyer === undefined) return undefined
    const bought = absorbProduct(told.product) ?? null
    const of = absorbSubscription(told.subscription) ?? null
    const learned = applyEvent(world.orders, told, (id) =>
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
    if (learned?.paid && !world.paymentsOf(learned.id).some(({ status }) => status === 'succeeded'))
      cards.collect(learned, of === null ? 'purchase' : 'subscription_cycle')
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
      cards.charge(open, 'subscription_cycle')
    }
  }

  /** An order that nobody told of, paid by a customer that nobody told of, as far as a refund of it says. */
  const invent = (id: string, told: Loose): Order => {
    const customerId = typeof told.customer_id === 'string' ? told.customer_id : randomUUID()
    const known = world.customers.get(customerId)
    const buyer =
      known ??
      customer(stamp, organizationId, {
        id: customerId,
        name: 'Customer',
        email: `customer.${customerId.slice(0, 8)}@example.com`,
      })
    const of = world.subscriptions.get(String(told.subscription_id)) ?? null
    const amount = typeof told.amount === 'number' ? told.amount : 0
    const currency = typeof told.currency === 'string' ? told.currency : 'usd'
    const bought =
      world.products.get(of?.product_id ?? '') ??
      product(stamp, organizationId, { amount, currency })
    const made = order(stamp, {
      customer: buyer,
      product: bought,
      subscription: of,
      amount,
      currency,
      tax: typeof told.tax_amount === 'number' ? told.tax_amount : 0,
      number: 1,
      organizationSlug: world.organization.slug,
      order: { id },
    })
    world.customers.set(buyer.id, buyer)
    world.products.set(bought.id, bought)
    world.orders.set(id, made)
    invented.add(id)
    if (known === undefined) invented.add(buyer.id)
    return made
  }

  const absorbRefund = (told: unknown) => {
    if (!isObject(told) || typeof told.order_id !== 'string') return
    const of = world.orders.get(told.order_id) ?? invent(told.order_id, told)
    applyEvent(world.refunds, told, (id) =>
      refund(stamp, { order: of, organizationId, refund: { id } }),
    )
    if (!invented.has(of.id)) return
    const given = world.refundsOf(of.id).filter(({ status }) => status === 'succeeded')
    const amount = given.reduce((sum, one) => sum + one.amount, 0)
    const tax = given.reduce((sum, one) => sum + one.tax_amount, 0)
    const untouched = { ...of, refunded_amount: 0, refunded_tax_amount: 0 }
    world.orders.set(of.id, { ...of, ...refunded(untouched, amount, tax) })
  }

  const absorbOrganization = (told: unknown) => {
    if (!isObject(told) || told.id !== organizationId) return
    const before = world.organization
    world.changeOrganization({
      ...filled(before, told),
      ...(isObject(told.subscription_settings) && {
        subscription_settings: filled(before.subscription_settings, told.subscription_settings),
      }),
    })
  }

  const absorbMember = (type: string, told: unknown): Member | undefined => {
    if (!isObject(told) || typeof told.customer_id !== 'string') return undefined
    if (type === 'member.deleted') {
      world.removeMember(String(told.id))
      return undefined
    }
    const { customer_id } = told
    const learned = applyEvent(world.members, told, (id) => member(stamp, customer_id, { id }))
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
    if (noun === 'refund') absorbRefund(data)
    if (noun === 'organization') absorbOrganization(data)
    if (noun === 'subscription') {
      const learned = absorbSubscription(data)
      if (learned !== undefined) openForRetry(learned)
    }
  }
}
