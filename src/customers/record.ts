// Customer state as a record has it: without the fields that are as in a new one, so that a young state is small.

import { isDeepStrictEqual } from 'node:util'
import {
  type CustomerState,
  newCustomer,
  newSnapshot,
  newSubscription,
  type SubscriptionState,
} from './state.ts'

/** Is one field the same as in a new object? Most fields are null or a number. */
const isDefault = (value: unknown, otherwise: unknown) =>
  value === otherwise || (typeof otherwise === 'object' && isDeepStrictEqual(value, otherwise))

const withoutDefaults = <T extends object>(value: T, defaults: T): Partial<T> => {
  const of = defaults as Record<string, unknown>
  const fields = Object.entries(value).filter(([name, field]) => !isDefault(field, of[name]))
  return Object.fromEntries(fields) as Partial<T>
}

type SubscriptionRecord = Partial<SubscriptionState>

export const subscriptionRecord = (subscription: SubscriptionState): SubscriptionRecord => {
  const { snapshot, ...record } = withoutDefaults(subscription, newSubscription)
  // Complete again once it is read.
  const kept = snapshot && (withoutDefaults(snapshot, newSnapshot) as typeof snapshot)
  return kept ? { ...record, snapshot: kept } : record
}

export const subscriptionFrom = ({
  snapshot,
  ...record
}: SubscriptionRecord): SubscriptionState => ({
  ...newSubscription,
  ...record,
  ...(snapshot && { snapshot: { ...newSnapshot, ...snapshot } }),
})

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
    ...withoutDefaults(customer, defaults),
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
