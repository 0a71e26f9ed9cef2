// Notes in the index that a person has clicked in an email, and counts that on its day.

import { CLICKED } from '../deliveries/labels.ts'
import { kindIn } from '../deliveries/store.ts'
import type { LoadedRecord } from '../records/store.ts'
import { customerIn } from '../records/store.ts'
import type { Write } from '../redis/compare-and-set.ts'
import type { RecordIndex } from '../redis/record-index.ts'

export const createFirstClick =
  (index: Pick<RecordIndex, 'relabel' | 'count'>) =>
  /** @param at milliseconds. */
  (record: LoadedRecord, at: number): Write[] => {
    if (!record.parts.message) return [] // a link of the API
    const customer = customerIn(record)
    return [
      ...index.relabel(customer, record.parts.n, [], [CLICKED]),
      ...index.count(customer, at, [`${kindIn(record)}:clicked`]),
    ]
  }
