// A store of events as the product makes it, with the later life of its events.

import type { Outcome } from '../../src/events/outcome.ts'
import { createEventStores } from '../../src/events/stores.ts'
import { readEvent } from '../../src/polar/event.ts'
import type { RedisClient } from '../../src/redis/connection.ts'
import { createDue } from '../../src/redis/due.ts'
import { type Clock, systemClock } from '../../src/runtime/clock.ts'

const SECRET = Buffer.alloc(32, 7)

export const eventStoreOn = (redis: RedisClient, clock: Clock = systemClock) => {
  const due = createDue(redis, 'events', clock)
  const stores = createEventStores({ redis, due, secrets: [SECRET], clock })
  const { events, eventIndex: index, eventLifetimes: lifetimes } = stores
  return {
    ...{ due, index, events, lifetimes },
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
export const outcomeOf = async (redis: RedisClient, id: string): Promise<Outcome | null> =>
  (await eventStoreOn(redis).events.load(id))?.outcome ?? null
