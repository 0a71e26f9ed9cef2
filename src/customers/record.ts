// Customer state as a record has it: without the fields that a new state has, or that repeat another field. Most records are
// of a young customer whose one subscription was last seen as a whole, so little is left.

import { isDeepStrictEqual } from 'node:util'
import type { PaidOrder } from './paid-orders.ts'
import {
  type CustomerState,
  newCustomer,
  newSnapshot,
  newSubscription,
  type Snapshot,
  type SubscriptionState,
} from './state.ts'

/** Is one field the same as in another object? Most fields are null or a number. */
const isSame = (value: unknown, other: unknown) =>
  value === other || (typeof other === 'object' && isDeepStrictEqual(value, other))

/** The fields that differ from the defaults. */
export const without = <T extends object>(value: T, defaults: T): Partial<T> => {
  const of = defaults as Record<string, unknown>
  const fields = Object.entries(value).filter(([name, field]) => !isSame(field, of[name]))
  return Object.fromEntries(fields) as Partial<T>
}

/** An order that was read as nothing special is only its digest. */
type PaidOrderRecord = PaidOrder | string

const paidOrderRecord = (order: PaidOrder): PaidOrderRecord =>
  order.recovers === null && !order.resumes ? order.digest : order

const paidOrderFrom = (order: PaidOrderRecord): PaidOrder =>
  typeof order === 'string' ? { digest: order, recovers: null, resumes: false } : order

/** A snapshot repeats the subscription, as long as it came with its newest event. */
const snapshotDefaults = ({ asOf, status }: Pick<SubscriptionState, 'asOf' | 'status'>) => ({
  ...newSnapshot,
  ...{ asOf, status, intervalCount: 1 },
})

type Terms = NonNullable<SubscriptionState['terms']>

/** The terms repeat the snapshot. */
const termsDefaults = (
  { asOf }: Pick<SubscriptionState, 'asOf'>,
  snapshot: Snapshot | null,
): Terms => ({
  asOf,
  productId: snapshot?.productId ?? '',
  name: snapshot?.name ?? '',
  quantity: snapshot?.quantity ?? null,
  until: snapshot?.periodEndsAt ?? null,
})

type SubscriptionRecord = Partial<
  Omit<SubscriptionState, 'paidOrders' | 'snapshot' | 'terms'> & {
    paidOrders: PaidOrderRecord[]
    snapshot: Partial<Snapshot>
    terms: Partial<Terms>
  }
>

export const subscriptionRecord = (subscription: SubscriptionState): SubscriptionRecord => {
  const defaults = { ...newSubscription, scheduledAsOf: subscription.asOf }
  const { paidOrders, snapshot, terms, ...record } = without(subscription, defaults)
  return {
    ...record,
    ...(paidOrders && { paidOrders: paidOrders.map(paidOrderRecord) }),
    ...(snapshot && { snapshot: without(snapshot, snapshotDefaults(subscription)) }),
    ...(terms && { terms: without(terms, termsDefaults(subscription, subscription.snapshot)) }),
  }
}

export const subscriptionFrom = (record: SubscriptionRecord): SubscriptionState => {
  const { paidOrders = [], snapshot, terms, ...fields } = record
  const asOf = fields.asOf ?? newSubscription.asOf
  const known = { ...newSubscription, scheduledAsOf: asOf, ...fields }
  const whole = snapshot ? { ...snapshotDefaults(known), ...snapshot } : null
  return {
    ...known,
    paidOrders: paidOrders.map(paidOrderFrom),
    snapshot: whole,
    terms: terms ? { ...termsDefaults(known, whole), ...terms } : null,
  }
}

const mapped = <From, To>(all: Record<string, From>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(all).map(([id, one]) => [id, to(one)]))

type CustomerRecord = Partial<Omit<CustomerState, 'subscriptions'>> & {
  subscriptions?: Record<string, SubscriptionRecord>
}

/** The record of a customer with the subscriptions that are kept in it. */
export const customerRecord = ({ subscriptions, ...customer }: CustomerState): CustomerRecord => {
  const { subscriptions: _, ...defaults } = newCustomer
  const inside = mapped(subscriptions, subscriptionRecord)
  return {
    ...without(customer, defaults),
    ...(Object.keys(inside).length > 0 && { subscriptions: inside }),
  }
}

export const customerFrom = ({
  subscriptions = {},
  ...customer
}: CustomerRecord): CustomerState => ({
  ...newCustomer,
  ...customer,
  subscriptions: mapped(subscriptions, subscriptionFrom),
})
