// The entry of an interpreted event in the index of events: what it can be found by, and what it is counted under.

import type { EventIds } from '../polar/ids.ts'
import { idBytes } from '../redis/keys.ts'
import type { Entry, RecordIndex } from '../redis/record-index.ts'
import type { Outline } from './record.ts'
import { IGNORED } from './row.ts'
import { orderRows } from './rows/orders.ts'
import { refundRows } from './rows/refunds.ts'
import { subscriptionRows } from './rows/subscriptions.ts'

/** The index, as settling an event needs it. The writes go into the step that writes the record. */
export type EventIndex = Pick<RecordIndex, 'next' | 'writes' | 'relabel' | 'terms' | 'count'>

/** The index, as the later life of an event needs it. */
export type AgingIndex = Pick<RecordIndex, 'remove' | 'dropTerms' | 'count'>

const MAPPED = new Set(
  [
    ...orderRows.map(({ on }) => on),
    ...refundRows.map(({ on }) => on),
    ...subscriptionRows.map(({ on }) => on),
  ].flat(),
)

/** Every label that an event may have. */
export const EVENT_LABELS: readonly string[] = [
  ...[...MAPPED].sort().map((type) => `type:${type}`),
  'type:other',
  'outcome:messages',
  ...IGNORED.map((reason) => `outcome:${reason}`),
]

/** Labels of an event by its type and its outcome. Its day is counted under the same words. */
export const labelsOf = ({ type, outcome }: Pick<Outline, 'type' | 'outcome'>): string[] => [
  type !== null && MAPPED.has(type) ? `type:${type}` : 'type:other',
  'ignored' in outcome ? `outcome:${outcome.ignored}` : 'outcome:messages',
]

/** Terms by which an event is found exactly. */
export const termsOf = (ids: EventIds): string[] =>
  Object.entries(ids).map(([name, id]) => `${name}:${id}`)

/** The entry of an event; it can be made again from its record at any time. */
export const entryOf = (id: string, outline: Outline): Entry => ({
  digest: idBytes(id),
  at: outline.interpretedAt,
  labels: labelsOf(outline),
  terms: termsOf(outline.ids),
})
