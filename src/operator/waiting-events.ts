// The events that are stored and not interpreted yet. The cost of a look does not grow with their number.

import type { StoredEvent, WaitingEvent } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import type { Due } from '../redis/due.ts'
import { PAGE } from './listing.ts'

/** `first` has the next fifty of each priority, the oldest first; `count` is of all. */
export type WaitingEvents = { count: number; first: WaitingEvent[] }

type WaitingEventsParts = {
  due: Pick<Due, 'first' | 'size'>
  events: Pick<EventStore, 'load'>
}

const isWaiting = (event: StoredEvent | null): event is WaitingEvent => event?.outcome === null

export const createWaitingEvents =
  ({ due, events }: WaitingEventsParts) =>
  async (): Promise<WaitingEvents> => {
    const [size, ids] = await Promise.all([due.size(), due.first(PAGE)])
    const loaded = await Promise.all(ids.map(events.load))
    const first = loaded.filter(isWaiting).toSorted((a, b) => a.receivedAt - b.receivedAt)
    // An entry may be left of an event that is interpreted, so where all records are read, they are counted.
    return { count: size > ids.length ? size : first.length, first }
  }

export type ReadWaitingEvents = ReturnType<typeof createWaitingEvents>
