// A store of events as the product makes it, with the later life of its events.

import type { Redis } from 'ioredis'
import { type AgingIndex, EVENT_LABELS } from '../../src/events/entry.ts'
import { createEventLifetimes } from '../../src/events/lifetimes.ts'
import type { Outcome } from '../../src/events/outcome.ts'
import { createEventStore } from '../../src/events/store.ts'
import { readEvent } from '../../src/polar/event.ts'
import { payloadPacking, recordPacking } from '../../src/records/packing.ts'
import { createTermDigests } from '../../src/records/terms.ts'
import { createDue } from '../../src/redis/due.ts'
import { createRecordIndex } from '../../src/redis/record-index.ts'
import { type Clock, systemClock } from '../../src/runtime/clock.ts'

const SECRET = Buffer.alloc(32, 7)

const NOTHING = { digest: Buffer.alloc(16), at: 0, labels: [], terms: [] }

export const eventStoreOn = (redis: Redis, clock: Clock = systemClock) => {
  const due = createDue(redis, 'events', clock)
  const index = createRecordIndex(redis, 'events', {
    digestsOf: createTermDigests([SECRET]),
    labels: EVENT_LABELS,
  })
  /** The terms that were dropped, each with the number of its entry. */
  const dropped: string[] = []
  const aging: AgingIndex = {
    remove: (id, n, labels) => [
      ...index.writes(id, n, NOTHING),
      ...index.relabel(id, n, labels, []),
    ],
    dropTerms: async (_, n, terms) => dropped.push(...terms.map((term) => `${term} ${n}`)),
  }
  const packings = { outlines: recordPacking, payloads: payloadPacking }
  const events = createEventStore({ redis, due, clock, index, packings })
  return {
    due,
    index,
    events,
    dropped,
    lifetimes: createEventLifetimes({ redis, events, due, index: aging }),
    /** Stores a body and settles it with this outcome. */
    settled: async (id: string, body: string | Buffer, outcome: Outcome) => {
      await events.add(id, Buffer.from(body))
      const stored = await events.load(id)
      if (!stored) throw new Error('not stored')
      const { type = null, ids = {} } = readEvent({ ...stored, body: body.toString() })
      await events.settle(stored, { type, ids }, outcome)
    },
  }
}

/** The outcome of an event; `null` until it is interpreted. */
export const outcomeOf = async (redis: Redis, id: string): Promise<Outcome | null> =>
  (await eventStoreOn(redis).events.load(id))?.outcome ?? null
