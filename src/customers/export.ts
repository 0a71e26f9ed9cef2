// Exports customer state as a person reads it: names in the form of the API, instants as ISO 8601. Nothing that is kept is left
// out, since every field goes through the same rules.

import { customerRecord } from './record.ts'
import type { CustomerState } from './state.ts'

export type Exported = { [name: string]: unknown }

/** Fields that say more under another name. */
const NAMES: Record<string, string> = {
  episodes: 'failed_charges',
  free: 'is_free',
  hash: 'address_hash',
  n: 'number',
  pending: 'scheduled_change',
  terms: 'plan',
}

const nameOf = (field: string) =>
  NAMES[field] ?? field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const IS_INSTANT = /^at$|(?:At|Since|Until)$/

const readableValue = (field: string, value: unknown): unknown => {
  if (typeof value === 'number' && IS_INSTANT.test(field)) return new Date(value).toISOString()
  if (Array.isArray(value)) return value.map((one) => readableValue(field, one))
  return typeof value === 'object' && value !== null ? readable(value) : value
}

const readable = (fields: object): Exported =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [nameOf(field), readableValue(field, value)]),
  )

/** Objects by id, as a list. */
const listed = (byId: Record<string, object> = {}): Exported[] =>
  Object.entries(byId).map(([id, fields]) => ({ id, ...readable(fields) }))

/** @param state with all its subscriptions. */
export const exported = (customerId: string, state: CustomerState): Exported => {
  const { subscriptions, members, ...customer } = customerRecord(state)
  return {
    id: customerId,
    ...readable(customer),
    members: listed(members),
    subscriptions: listed(subscriptions),
  }
}
