// Applies raw events to the simulated world, so that the orders and customers in them have a portal page.

import { randomUUID } from 'node:crypto'
import type { Cards } from './cards.ts'
import { retryAfter } from './dunning.ts'
import type { Stamp } from './instants.ts'
import { changedAt, type Fields, isObject, merged } from './merge.ts'
import { customer, member } from './shapes/customer.ts'
import { order } from './shapes/order.ts'
import { product } from './shapes/product.ts'
import { refund, refunded } from './shapes/refund.ts'
import type { Customer, Member, Order, Product, Subscription } from './shapes/rows.ts'
import { subscription } from './shapes/subscription.ts'
import type { World } from './world.ts'

/** Never throws: it skips objects without an id and fields of an unexpected type. */
export const createApplyEvent = (world: World, cards: Cards, stamp: Stamp) => {
  const organizationId = world.organization.id
  /** Ids of placeholder rows. Any payload about them is newer. */
  const placeholders = new Set<string>()

  /** Keeps the newer of the stored row and the payload, with missing fields from `blank`. */
  const upsert = <T extends object>(
    rows: Map<string, T>,
    payload: unknown,
    blank: (id: string) => T,
  ) => {
    if (!isObject(payload) || typeof payload.id !== 'string') return undefined
    const before = rows.get(payload.id)
    const base = before ?? blank(payload.id)
    const isOlder = before !== undefined && changedAt(payload) < changedAt(before)
    const wasPlaceholder = placeholders.delete(payload.id)
    if (isOlder && !wasPlaceholder) return before
    const after = merged(base, payload)
    rows.set(payload.id, after)
    return after
  }

  const applyCustomer = (payload: unknown): Customer | undefined => {
    const row = upsert(world.customers, payload, (id) => customer(stamp, organizationId, { id }))
    if (row?.type !== 'individual' || row.email === null) return row
    // The owner of an individual customer is the same person, so a new address is theirs too.
    const owner = world.membersOf(row.id).find(({ role }) => role === 'owner')
    if (owner !== undefined) world.members.set(owner.id, { ...owner, email: row.email })
    return row
  }

  const applyProduct = (payload: unknown): Product | undefined =>
    upsert(world.products, payload, (id) =>
      product(stamp, organizationId, {
        id,
        is_recurring: isObject(payload) && payload.is_recurring === true,
      }),
    )

  const applySubscription = (payload: unknown): Subscription | undefined => {
    if (!isObject(payload)) return undefined
    const buyer =
      applyCustomer(payload.customer) ?? world.customers.get(String(payload.customer_id))
    const bought = applyProduct(payload.product) ?? world.products.get(String(payload.product_id))
    if (buyer === undefined || bought === undefined) return undefined
    return upsert(world.subscriptions, payload, (id) =>
      subscription(stamp, { customer: buyer, product: bought, subscription: { id } }),
    )
  }

  const applyOrder = (payload: unknown): Order | undefined => {
    if (!isObject(payload)) return undefined
    const buyer =
      applyCustomer(payload.customer) ?? world.customers.get(String(payload.customer_id))
    if (buyer === undefined) return undefined
    const bought = applyProduct(payload.product) ?? null
    const of = applySubscription(payload.subscription) ?? null
    const row = upsert(world.orders, payload, (id) =>
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
    if (row?.paid && !world.paymentsOf(row.id).some(({ status }) => status === 'succeeded'))
      cards.collect(row, of === null ? 'purchase' : 'subscription_cycle')
    return row
  }

  /** Gives a past-due subscription a declined card and an order that can be paid again. */
  const openForRetry = (of: Subscription) => {
    if (of.status !== 'past_due') return
    const now = Date.parse(stamp())
    for (const open of world.ordersOf(of.customer_id)) {
      if (open.subscription_id !== of.id || open.status !== 'pending') continue
      if (open.next_payment_attempt_at !== null) continue
      const next_payment_attempt_at = retryAfter(of.past_due_at ?? open.created_at, now)
      world.orders.set(open.id, { ...open, next_payment_attempt_at })
      cards.decline(of.customer_id)
      cards.charge(open, 'subscription_cycle')
    }
  }

  /** Adds a placeholder order, and its customer, for a refund of an unknown order. */
  const addPlaceholder = (id: string, payload: Fields): Order => {
    const customerId = typeof payload.customer_id === 'string' ? payload.customer_id : randomUUID()
    const rows = world.customers.get(customerId)
    const buyer =
      rows ??
      customer(stamp, organizationId, {
        id: customerId,
        name: 'Customer',
        email: `customer.${customerId.slice(0, 8)}@example.com`,
      })
    const of = world.subscriptions.get(String(payload.subscription_id)) ?? null
    const amount = typeof payload.amount === 'number' ? payload.amount : 0
    const currency = typeof payload.currency === 'string' ? payload.currency : 'usd'
    const bought =
      world.products.get(of?.product_id ?? '') ??
      product(stamp, organizationId, { amount, currency })
    const made = order(stamp, {
      customer: buyer,
      product: bought,
      subscription: of,
      amount,
      currency,
      tax: typeof payload.tax_amount === 'number' ? payload.tax_amount : 0,
      number: 1,
      organizationSlug: world.organization.slug,
      order: { id },
    })
    world.customers.set(buyer.id, buyer)
    world.products.set(bought.id, bought)
    world.orders.set(id, made)
    placeholders.add(id)
    if (rows === undefined) placeholders.add(buyer.id)
    return made
  }

  const applyRefund = (payload: unknown) => {
    if (!isObject(payload) || typeof payload.order_id !== 'string') return
    const of = world.orders.get(payload.order_id) ?? addPlaceholder(payload.order_id, payload)
    upsert(world.refunds, payload, (id) =>
      refund(stamp, { order: of, organizationId, refund: { id } }),
    )
    if (!placeholders.has(of.id)) return
    const given = world.refundsOf(of.id).filter(({ status }) => status === 'succeeded')
    const amount = given.reduce((sum, one) => sum + one.amount, 0)
    const tax = given.reduce((sum, one) => sum + one.tax_amount, 0)
    const untouched = { ...of, refunded_amount: 0, refunded_tax_amount: 0 }
    world.orders.set(of.id, { ...of, ...refunded(untouched, amount, tax) })
  }

  const applyOrganization = (payload: unknown) => {
    if (!isObject(payload) || payload.id !== organizationId) return
    const before = world.organization
    world.changeOrganization({
      ...merged(before, payload),
      ...(isObject(payload.subscription_settings) && {
        subscription_settings: merged(before.subscription_settings, payload.subscription_settings),
      }),
    })
  }

  const applyMember = (type: string, payload: unknown): Member | undefined => {
    if (!isObject(payload) || typeof payload.customer_id !== 'string') return undefined
    if (type === 'member.deleted') {
      world.removeMember(String(payload.id))
      return undefined
    }
    const { customer_id } = payload
    const row = upsert(world.members, payload, (id) => member(stamp, customer_id, { id }))
    return row && world.addMember(row)
  }

  return (event: unknown) => {
    if (!isObject(event) || typeof event.type !== 'string') return
    const { type, data } = event
    const noun = type.split('.')[0]
    if (noun === 'customer' && type !== 'customer.state_changed') applyCustomer(data)
    if (noun === 'member') applyMember(type, data)
    if (noun === 'product') applyProduct(data)
    if (noun === 'order') applyOrder(data)
    if (noun === 'refund') applyRefund(data)
    if (noun === 'organization') applyOrganization(data)
    if (noun === 'subscription') {
      const row = applySubscription(data)
      if (row !== undefined) openForRetry(row)
    }
  }
}
