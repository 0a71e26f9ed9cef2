// Events in Redis: each stored raw, once, and on disk before Postern answers 202. When it is interpreted, its record is packed
// and gets an entry in the index, in one step. Its later life is in lifetimes.ts.

import type { EventIds } from '../polar/ids.ts'
import { createCompareAndSet, type Guard, type StartGuard } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due, Priority } from '../redis/due.ts'
import { idSlot, slotOfBytes, uuidOf } from '../redis/keys.ts'
import type { Packing } from '../redis/packing.ts'
import { createStoreOnce, readRaw } from '../redis/store-once.ts'
import type { Clock } from '../runtime/clock.ts'
import { type EventIndex, entryOf, labelsOf, termsOf } from './entry.ts'
import type { Outcome } from './outcome.ts'
import { eventPriority } from './priority.ts'
import { createEventRecords, isInterpreted, type Outline, type StoredEvent } from './record.ts'

type StoreParts = {
  redis: RedisClient
  due: Due
  clock: Clock
  index: EventIndex
  /** Packs outlines, and the payloads of events. */
  packings: { outlines: Packing; payloads: Packing }
}

/** An event by its `webhook-id`, or as the index found it. */
export type EventRef = string | { shard: number; digest: Buffer }

const NAME = 'event'

export const eventKey = (ref: EventRef): string =>
  typeof ref === 'string' ? idSlot(ref, NAME) : slotOfBytes(ref.shard, ref.digest, NAME)

/** A raw record is known by its start; any other is compared as a whole. */
export const eventGuard = ({ id, record }: StoredEvent): Guard | StartGuard => {
  const key = eventKey(id)
  const raw = readRaw(record)
  return raw ? { key, startsWith: raw.start } : { key, expected: record }
}

export const createEventStore = ({ redis, due, clock, index, packings }: StoreParts) => {
  const add = createStoreOnce(redis, clock)
  const compareAndSet = createCompareAndSet(redis)
  const records = createEventRecords(packings)

  /** The writes that bring the index from the outline before to the one after. */
  const indexed = (id: string, before: Outline | null, after: Outline) => {
    const { n, receivedAt } = after
    const labels = labelsOf(after)
    if (!before)
      return [...index.writes(id, n, entryOf(id, after)), ...index.count(id, receivedAt, labels)]
    const old = labelsOf(before)
    const known = termsOf(before.ids)
    const others = (some: string[], than: string[]) => some.filter((one) => !than.includes(one))
    return [
      ...index.relabel(id, n, old, labels),
      ...index.terms(id, n, others(termsOf(after.ids), known)),
      ...index.count(id, receivedAt, others(old, labels), -1),
      ...index.count(id, receivedAt, others(labels, old)),
    ]
  }

  return {
    /**
     * Stores a signed event, raw as it came. Once this resolves the event is as durable as Redis is.
     * @param isBackfilled its webhook never arrived, and the backfill found it.
     * @returns the priority of its nudge; `null` if the event was stored before.
     */
    add: async (id: string, body: Uint8Array, isBackfilled = false): Promise<Priority | null> => {
      const priority = eventPriority(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
      return (await add({ id, key: eventKey(id), body, due, priority, isBackfilled }))
        ? priority
        : null
    },
    /** Whether an event was ever stored under this id, an erased one included. */
    has: async (id: string): Promise<boolean> => (await redis.exists(eventKey(id))) === 1,
    /** @returns `null` where no such event is stored, or it was erased. */
    load: async (ref: EventRef): Promise<StoredEvent | null> => {
      const record = await redis.getBuffer(eventKey(ref))
      return record && records.read(typeof ref === 'string' ? ref : uuidOf(ref.digest), record)
    },
    /**
     * Records the outcome of an event and packs it; nothing more is due for it. An event that is interpreted again keeps its
     * entry in the index.
     */
    settle: async (
      event: StoredEvent,
      { type, ids }: { type: string | null; ids: EventIds },
      outcome: Outcome,
    ): Promise<void> => {
      const { id, receivedAt, isBackfilled } = event
      const before = isInterpreted(event) ? event : null
      const n = before?.n ?? (await index.next(id))
      const outline = {
        type,
        ids,
        outcome,
        receivedAt,
        isBackfilled,
        interpretedAt: clock.now(),
        n,
      }
      const done = await compareAndSet(eventGuard(event), [
        { key: eventKey(id), set: records.interpreted(event, outline) },
        due.doneWrite(id),
        ...indexed(id, before, outline),
      ])
      // Another process was faster; its outcome holds.
      if (!done) await due.done(id)
    },
    /** Removes the due entry of an event that is settled. */
    done: (id: string) => due.done(id),
    /** Makes an event due again at `time` (ms). */
    putOff: (id: string, time: number) => due.at(id, time),
  }
}

export type EventStore = ReturnType<typeof createEventStore>
