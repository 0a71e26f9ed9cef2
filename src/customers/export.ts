// Exports customer state as a person reads it. Nothing that is kept is left out, since every field goes through the same rules.

import { type Readable, readable } from '../runtime/readable.ts'
import { customerRecord } from './record.ts'
import type { CustomerState } from './state.ts'

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

/** Objects by id, as a list. */
const listed = (byId: Record<string, object> = {}): Readable[] =>
  Object.entries(byId).map(([id, fields]) => ({ id, ...readable(fields, NAMES) }))

/** @param state with all its subscriptions. */
export const exported = (customerId: string, state: CustomerState): Exported => {
  const { subscriptions, members, ...customer } = customerRecord(state)
  return {
    id: customerId,
    ...readable(customer, NAMES),
    members: listed(members),
    subscriptions: listed(subscriptions),
  }
}
