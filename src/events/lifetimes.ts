// The later life of an event: it loses its payload, then it is removed; or it is erased with its customer. Until then an
// operator may have it interpreted again.

import { createCompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { rawRecord } from '../redis/store-once.ts'
import { DAY } from '../runtime/clock.ts'
import { type AgingIndex, labelsOf, termsOf } from './entry.ts'
import { eventPriority } from './priority.ts'
import { ERASED, isInterpreted, withoutPayload } from './record.ts'
import { type EventRef, type EventStore, eventGuard, eventKey } from './store.ts'

/** Polar can redeliver an event for 90 days (server/polar/config.py). An erased one is recognised for that long. */
const ERASED_FOR = 100 * DAY

type LifetimeParts = {
  redis: RedisClient
  events: Pick<EventStore, 'load'>
  due: Pick<Due, 'write' | 'doneWrite'>
  index: AgingIndex
}

export const createEventLifetimes = ({ redis, events, due, index }: LifetimeParts) => {
  const compareAndSet = createCompareAndSet(redis)
  return {
    /**
     * Makes an event due again, as if it had just been stored; the time at which it was received stays.
     * @returns `false` where it waits already, or its payload is gone.
     */
    reopen: (ref: EventRef): Promise<boolean> =>
      retryConflicts(async () => {
        const event = await events.load(ref)
        if (!isInterpreted(event) || event.body === null) return false
        const { id, n, receivedAt } = event
        const body = Buffer.from(event.body)
        const labels = labelsOf(event)
        const writes = [
          { key: eventKey(ref), set: rawRecord({ ...event, body }) },
          due.write(id, receivedAt, eventPriority(body)),
          ...index.remove(id, n, labels),
          ...index.count(id, receivedAt, labels, -1),
        ]
        const done = await compareAndSet(eventGuard(event), writes)
        // Interpreted again, the event gets new terms. A crash here leaves terms that lead to nothing.
        if (done) await index.dropTerms(id, n, termsOf(event.ids))
        return done && true
      }),
    /**
     * Drops the payload of an event; its outline stays. An event that is not interpreted yet keeps it.
     * @returns whether it had one.
     */
    dropPayload: (ref: EventRef): Promise<boolean> =>
      retryConflicts(async () => {
        const event = await events.load(ref)
        if (!isInterpreted(event) || event.body === null) return false
        const write = { key: eventKey(ref), set: withoutPayload(event) }
        return (await compareAndSet(eventGuard(event), [write])) && true
      }),
    /**
     * Removes an event and its entry in the index, whose terms the index compacts itself. An event that is not interpreted
     * yet stays.
     * @returns whether there was one.
     */
    remove: (ref: EventRef): Promise<boolean> =>
      retryConflicts(async () => {
        const event = await events.load(ref)
        if (!isInterpreted(event)) return false
        const entry = index.remove(event.id, event.n, labelsOf(event))
        const writes = [{ key: eventKey(ref), delete: true } as const, ...entry]
        return (await compareAndSet(eventGuard(event), writes)) && true
      }),
    /**
     * Erases an event, interpreted or not, with its entry and its terms. A mark without content stays for as long as Polar
     * may send the event again.
     * @returns whether there was one.
     */
    erase: (ref: EventRef): Promise<boolean> =>
      retryConflicts(async () => {
        const event = await events.load(ref)
        if (!event) return false
        const { id } = event
        const writes = [
          { key: eventKey(ref), set: ERASED, expiresIn: ERASED_FOR },
          due.doneWrite(id),
          ...(isInterpreted(event) ? index.remove(id, event.n, labelsOf(event)) : []),
        ]
        const done = await compareAndSet(eventGuard(event), writes)
        // The record first, since it is found by its terms. A crash here leaves terms that lead to nothing.
        if (done && isInterpreted(event)) await index.dropTerms(id, event.n, termsOf(event.ids))
        return done && true
      }),
  }
}

export type EventLifetimes = ReturnType<typeof createEventLifetimes>
