// The ages at which each kind of record changes. A message first loses its email as it was sent, and later goes as a whole;
// an event first loses its payload. The state of a customer is packed while it rests, and goes with the last event about it.

import { keptAfterLastEvent, REST_AFTER } from '../customers/forget.ts'
import type { CustomerLifetimes } from '../customers/lifetimes.ts'
import { type Delivery, hasEnded } from '../deliveries/delivery.ts'
import { linksIn } from '../deliveries/store.ts'
import type { EventLifetimes } from '../events/lifetimes.ts'
import type { EventStore } from '../events/store.ts'
import { messageIn } from '../messages/store.ts'
import type { Stores } from '../messages/stores.ts'
import type { LoadedRecord } from '../records/store.ts'
import type { Found, RecordIndex } from '../redis/record-index.ts'
import { type Clock, DAY } from '../runtime/clock.ts'
import type { Walk } from './walks.ts'

/** How long records are kept, in milliseconds. */
export type Lifetimes = { payloads: number; bodies: number; records: number }

type AgesParts = Pick<Stores, 'index' | 'list' | 'messages' | 'deliveries'> & {
  events: Pick<EventStore, 'load'>
  eventIndex: RecordIndex
  eventLifetimes: Pick<EventLifetimes, 'dropPayload' | 'remove'>
  customerLifetimes: Pick<CustomerLifetimes, 'rest' | 'forgetIdle'>
  lifetimes: Lifetimes
  clock: Clock
}

const deliveryIn = ({ parts }: LoadedRecord) => parts.delivery as Delivery

/** Drops the part of an index in which nothing is left. */
const drop =
  (index: Pick<RecordIndex, 'compactTerms' | 'dropBefore'>) =>
  async (shard: number, n: number): Promise<void> => {
    await index.compactTerms(shard, n)
    await index.dropBefore(shard, n)
  }

export const createAges = (parts: AgesParts): Walk[] => {
  const { index, list, messages, deliveries, events, eventIndex, eventLifetimes } = parts
  const { customerLifetimes, lifetimes, clock } = parts

  /** The last event of a customer is known to the day, and is kept for as long as the setting says. */
  const idle = lifetimes.records - DAY

  /** The ids in an event, as far as it is interpreted. */
  const idsIn = async (found: Found) => {
    const event = await events.load(found)
    return event?.outcome ? event.ids : {}
  }

  return [
    {
      name: 'bodies',
      index,
      age: lifetimes.bodies,
      visit: async (found) => {
        const listed = await list.load(found)
        if (!listed) return true
        if (!hasEnded(deliveryIn(listed.record))) return false
        await deliveries.dropBody(listed.id)
        return true
      },
    },
    {
      name: 'messages',
      index,
      age: lifetimes.records,
      visit: async (found) => {
        const listed = await list.load(found)
        if (!listed) return true
        const links = linksIn(listed.record)
        const isAlive = links !== null && links.expiresAt > clock.now()
        if (isAlive || !hasEnded(deliveryIn(listed.record))) return false
        if (!(await messages.remove(listed))) return false
        // It may have been what still kept its customer.
        const { recipient } = messageIn(listed.id, listed.record)
        await customerLifetimes.forgetIdle(recipient.customerId, idle)
        return true
      },
      emptied: drop(index),
    },
    {
      name: 'payloads',
      index: eventIndex,
      age: lifetimes.payloads,
      visit: async (found) => {
        await eventLifetimes.dropPayload(found)
        return true
      },
    },
    {
      name: 'states',
      index: eventIndex,
      age: REST_AFTER,
      visit: async (found) => {
        const { customer, subscription = null } = await idsIn(found)
        if (customer) await customerLifetimes.rest(customer, subscription)
        return true
      },
    },
    {
      name: 'events',
      index: eventIndex,
      age: keptAfterLastEvent(idle),
      visit: async (found) => {
        const { customer } = await idsIn(found)
        // Before it is removed, since nothing else leads to the customer.
        if (customer) await customerLifetimes.forgetIdle(customer, idle)
        await eventLifetimes.remove(found)
        return true
      },
      emptied: drop(eventIndex),
    },
  ]
}
