// The data of the simulated Polar. Each object is stored once, and events are put together from the rows when sent.
// Rows are replaced, never changed in place, because an event shares its parts with the world.

import type { models } from '@polar-sh/sdk/2026-10'
import type { Stamp } from './instants.ts'
import { member } from './shapes/customer.ts'
import { orderedProduct } from './shapes/product.ts'
import type {
  Card,
  Customer,
  Member,
  Order,
  Organization,
  Payment,
  Product,
  Refund,
  Subscription,
} from './shapes/rows.ts'
import { orderedSubscription } from './shapes/subscription.ts'

/** Why the bank declines a card. */
export type Decline = { reason: string; message: string }

export const createWorld = (founded: Organization, stamp: Stamp) => {
  let organization = founded
  const customers = new Map<string, Customer>()
  const members = new Map<string, Member>()
  const products = new Map<string, Product>()
  const orders = new Map<string, Order>()
  const subscriptions = new Map<string, Subscription>()
  const refunds = new Map<string, Refund>()
  const payments = new Map<string, Payment>()
  const cards = new Map<string, Card>()
  /** Declined cards by id, with the reason. */
  const declines = new Map<string, Decline>()
  const membersByCustomer = new Map<string, string[]>()

  const membersOf = (customerId: string): Member[] => {
    const found: Member[] = []
    for (const id of membersByCustomer.get(customerId) ?? []) {
      const known = members.get(id)
      if (known !== undefined) found.push(known)
    }
    return found
  }

  const addMember = (added: Member) => {
    const ids = membersByCustomer.get(added.customer_id) ?? []
    if (!ids.includes(added.id)) membersByCustomer.set(added.customer_id, [...ids, added.id])
    members.set(added.id, added)
    return added
  }

  const orderView = (id: string): models.Order | undefined => {
    const order = orders.get(id)
    const customer = order && customers.get(order.customer_id)
    if (order === undefined || customer === undefined) return undefined
    const { discount, items, description, refundable_amount, refundable_tax_amount, ...head } =
      order
    return {
      ...head,
      customer,
      product: orderedProduct(products.get(order.product_id ?? '')),
      discount,
      subscription: orderedSubscription(subscriptions.get(order.subscription_id ?? '')),
      items,
      description,
      refundable_amount,
      refundable_tax_amount,
    } as models.Order
  }

  const subscriptionView = (id: string): models.Subscription | undefined => {
    const subscription = subscriptions.get(id)
    const customer = subscription && customers.get(subscription.customer_id)
    const product = subscription && products.get(subscription.product_id)
    if (subscription === undefined || customer === undefined || product === undefined)
      return undefined
    return { ...subscription, customer, product }
  }

  return {
    get organization() {
      return organization
    },
    /** Id and slug cannot change, since they are part of every URL. */
    changeOrganization: (change: Partial<Organization>) => {
      const { id, slug } = founded
      organization = { ...organization, ...change, id, slug }
    },
    customers,
    members,
    products,
    orders,
    subscriptions,
    refunds,
    payments,
    cards,
    declines,
    membersOf,
    addMember,
    removeMember: (id: string) => members.delete(id),
    /** The owner of an individual customer, created on first use as Polar does. */
    ownerOf: (customer: Customer): Member | undefined => {
      const owner = membersOf(customer.id).find(({ role }) => role === 'owner')
      if (owner !== undefined || customer.email === null) return owner
      const { email, name, external_id } = customer
      return addMember(member(stamp, customer.id, { email, name, external_id }))
    },
    orderView,
    subscriptionView,
    ordersOf: (customerId: string) =>
      [...orders.values()].filter((order) => order.customer_id === customerId).reverse(),
    refundsOf: (orderId: string) =>
      [...refunds.values()].filter(({ order_id }) => order_id === orderId),
    paymentsOf: (orderId: string) =>
      [...payments.values()].filter(({ order_id }) => order_id === orderId),
    subscriptionsOf: (customerId: string) =>
      [...subscriptions.values()].filter(({ customer_id }) => customer_id === customerId).reverse(),
    cardsOf: (customerId: string) =>
      [...cards.values()].filter((card) => card.customer_id === customerId).reverse(),
    removeCards: (customerId: string) => {
      for (const card of cards.values()) if (card.customer_id === customerId) cards.delete(card.id)
      const customer = customers.get(customerId)
      if (customer === undefined) return
      customers.set(customerId, { ...customer, default_payment_method_id: null })
    },
    defaultCardOf: (customerId: string) =>
      cards.get(customers.get(customerId)?.default_payment_method_id ?? ''),
  }
}

export type World = ReturnType<typeof createWorld>
