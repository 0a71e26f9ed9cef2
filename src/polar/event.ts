// Reads the body of a webhook event from Polar. Only the fields that Postern needs are read, so
// unknown fields and types do no harm.

import type { z } from 'zod'
import { type EventIds, idsIn } from './ids.ts'
import {
  type Customer,
  customer,
  envelope,
  invalidFields,
  type Member,
  member,
  type Order,
  order,
  type Refund,
  refund,
  type Subscription,
  seat,
  subscription,
} from './payloads.ts'

type Common = {
  /** Its `webhook-id`. */
  id: string
  /** Polar's type, such as `order.paid`. */
  type: string
  ids: EventIds
  /** When it happened, by Polar's clock (ms). */
  occurredAt: number
  /** When Postern received it, by our clock (ms). */
  receivedAt: number
}

export type ExpiringCard = {
  card: { id: string; brand: string; last4: string; month: number; year: number }
  plans: readonly string[]
}

type OfOrder = { about: 'order'; order: Order; customer: Customer }
type OfSubscription = {
  about: 'subscription'
  subscription: Subscription
  customer: Customer
  /** The reminder that this event is to decide, by the name that the schedule gives it. */
  remindsOf?: string
}
type OfCustomer = {
  about: 'customer'
  customer: Customer
  /** The card that is about to expire, and the names of the subscriptions that it pays. */
  expiring?: ExpiringCard
}
/** A member names only the id of its customer. */
type OfMember = { about: 'member'; member: Member; customer: Pick<Customer, 'id'> }
/** The event has neither the order nor the customer. Both are read from Polar. */
type OfRefund = { about: 'refund'; refund: Refund; order: Order; customer: Customer }

/** An event about a customer. */
export type Event = Common & (OfOrder | OfSubscription | OfCustomer | OfMember | OfRefund)

export type MemberEvent = Extract<Event, { about: 'member' }>
/** An event with its whole customer. */
export type CustomerEvent = Exclude<Event, { about: 'member' }>

/** An event as its body alone gives it, without calls to Polar. */
export type ParsedEvent =
  | (Common & (OfOrder | OfSubscription | OfCustomer | OfMember))
  | (Common & { about: 'refund'; refund: Refund })
  | (Common & { about: 'something else' })

type Unreadable = { unreadable: string }

/** An event that cannot be read; its type and ids are known unless it is no event at all. */
type UnreadableEvent = Unreadable & Partial<Pick<Common, 'type' | 'ids'>>

/** The stored parts of an event. */
type Received = {
  id: string
  /** The raw body. */
  body: string
  /** Used in place of a missing timestamp (ms). */
  receivedAt: number
}

const ofMember = (found: Member): OfMember => ({
  about: 'member',
  member: found,
  customer: { id: found.customer_id },
})

const json = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // not JSON, which the envelope rejects
  }
}

/**
 * Reads an order from an event or from Polar's API. `otherwiseMadeAt` (ms) replaces a missing
 * creation time.
 */
export const readOrder = (data: unknown, otherwiseMadeAt: number): Order | Unreadable => {
  const { data: found, error } = order.safeParse(data)
  if (error) return { unreadable: `order without ${invalidFields(error)}` }
  const created_at = found.created_at ?? found.modified_at
  return { ...found, created_at: created_at ?? new Date(otherwiseMadeAt).toISOString() }
}

/** Reads a subscription from Polar's API. */
export const readSubscription = (data: unknown): Subscription | Unreadable => {
  const { data: found, error } = subscription.safeParse(data)
  return error ? { unreadable: `subscription without ${invalidFields(error)}` } : found
}

/** Events of Postern's own, made of what was read from Polar at `at` (ms). `type` is not one of Polar's. */
const own = (type: string, ids: EventIds, at: number): Common => ({
  ...{ id: `${type}/${ids.subscription ?? ids.customer}`, type, ids },
  ...{ occurredAt: at, receivedAt: at },
})

export const subscriptionEvent = (
  data: unknown,
  type: string,
  at: number,
): (Common & OfSubscription) | Unreadable => {
  const found = readSubscription(data)
  if ('unreadable' in found) return found
  const { id, customer } = found
  const ids = { customer: customer.id, subscription: id }
  return { ...own(type, ids, at), about: 'subscription', subscription: found, customer }
}

export const orderEvent = (
  data: unknown,
  type: string,
  at: number,
): (Common & OfOrder) | Unreadable => {
  const order = readOrder(data, at)
  if ('unreadable' in order) return order
  const { customer, subscription_id } = order
  const ids = { customer: customer.id, ...(subscription_id && { subscription: subscription_id }) }
  return { ...own(type, ids, at), about: 'order', order, customer }
}

export const customerEvent = (
  customer: Customer,
  type: string,
  at: number,
): Common & OfCustomer => ({
  ...{ ...own(type, { customer: customer.id }, at), about: 'customer', customer },
})

/** Reads a stored event. `unreadable` names the missing fields, never a value. */
export const readEvent = ({ id, body, receivedAt }: Received): ParsedEvent | UnreadableEvent => {
  const read = envelope.safeParse(json(body))
  if (!read.success) return { unreadable: 'not an event: no JSON object with a type' }
  const { type, timestamp, data } = read.data
  const occurredAt = timestamp ? Date.parse(timestamp) : receivedAt
  const ids = idsIn(type, data)
  const common = { id, type, ids, occurredAt, receivedAt }
  const without = (what: string, error: z.ZodError) => ({
    unreadable: `${what} without ${invalidFields(error)}`,
    ...{ type, ids },
  })
  switch (type.split('.')[0]) {
    case 'order': {
      const found = readOrder(data, common.occurredAt)
      return 'unreadable' in found
        ? { ...found, type, ids }
        : { ...common, about: 'order', order: found, customer: found.customer }
    }
    case 'subscription': {
      const found = readSubscription(data)
      return 'unreadable' in found
        ? { ...found, type, ids }
        : { ...common, about: 'subscription', subscription: found, customer: found.customer }
    }
    case 'refund': {
      const { data: found, error } = refund.safeParse(data)
      return error ? without('refund', error) : { ...common, about: 'refund', refund: found }
    }
    case 'customer': {
      const { data: found, error } = customer.safeParse(data)
      return error
        ? { ...common, about: 'something else' }
        : { ...common, about: 'customer', customer: found }
    }
    case 'member': {
      const { data: found, error } = member.safeParse(data)
      return error ? without('member', error) : { ...common, ...ofMember(found) }
    }
    // Polar creates the member of an assigned seat, and sends no other event about it.
    case 'customer_seat': {
      const { data: found } = seat.safeParse(data)
      return found
        ? { ...common, ...ofMember(found.member) }
        : { ...common, about: 'something else' }
    }
    default:
      return { ...common, about: 'something else' }
  }
}
