// Exports customer state as a person reads it. Nothing that is kept is left out, since every field goes through the same rules.

import { type Readable, readable } from '../runtime/readable.ts'
import { without } from './record.ts'
import { type CustomerState, newSubscription, type SubscriptionState } from './state.ts'

export type Exported = Readable

/** Fields that say more under another name. */
const NAMES = {
  episodes: 'failed_charges',
  free: 'is_free',
  hash: 'address_hash',
  n: 'number',
  pending: 'scheduled_change',
  terms: 'plan',
}

export const exportedSubscription = (id: string, subscription: SubscriptionState): Exported => ({
  id,
  ...readable(without(subscription, newSubscription), NAMES),
})

/** A customer with the subscriptions that were loaded with it. */
export const exportedCustomer = (customerId: string, state: CustomerState) => {
  const { subscriptions, members = {}, ...customer } = state
  return {
    id: customerId,
    ...readable(customer, NAMES),
    members: Object.entries(members).map(([id, member]) => ({ id, ...readable(member, NAMES) })),
    subscriptions: Object.entries(subscriptions).map(([id, one]) => exportedSubscription(id, one)),
  }
}
