// Puts together the store of events and the index by which they are found.

import { payloadPacking, recordPacking } from '../records/packing.ts'
import { createTermDigests } from '../records/terms.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { createRecordIndex } from '../redis/record-index.ts'
import type { Clock } from '../runtime/clock.ts'
import { EVENT_LABELS } from './entry.ts'
import { createEventLifetimes } from './lifetimes.ts'
import { createEventStore } from './store.ts'

/** `secrets` key the index. */
type StoresParts = { redis: RedisClient; due: Due; secrets: readonly Buffer[]; clock: Clock }

export const createEventStores = ({ redis, due, secrets, clock }: StoresParts) => {
  const index = createRecordIndex(redis, 'events', {
    digestsOf: createTermDigests(secrets),
    labels: EVENT_LABELS,
  })
  const packings = { outlines: recordPacking, payloads: payloadPacking }
  const events = createEventStore({ redis, due, clock, index, packings })
  return {
    events,
    eventIndex: index,
    eventLifetimes: createEventLifetimes({ redis, events, due, index }),
  }
}
