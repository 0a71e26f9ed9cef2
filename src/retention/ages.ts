// What age does to each kind of record. A message first loses its email as it was sent, and later goes as a whole; an event
// first loses its payload. The state of a customer goes with the last event that was about it.

import { KEPT_WHOLE } from '../customers/forget.ts'
import type { CustomerStore } from '../customers/store.ts'
import { type Delivery, hasEnded } from '../deliveries/delivery.ts'
import { linksIn } from '../deliveries/store.ts'
import type { EventLifetimes } from '../events/lifetimes.ts'
import type { Stores } from '../messages/stores.ts'
import type { LoadedRecord } from '../records/store.ts'
import { type CompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import { customerKey } from '../redis/keys.ts'
import { BUCKETS, type RecordIndex } from '../redis/record-index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Walk } from './walk.ts'

/** How long records are kept, in milliseconds. */
export type Lifetimes = { payloads: number; bodies: number; records: number }

type AgesParts = Pick<Stores, 'index' | 'list' | 'messages' | 'deliveries'> & {
  eventIndex: RecordIndex
  eventLifetimes: Pick<EventLifetimes, 'dropPayload' | 'remove'>
  customers: Pick<CustomerStore, 'compact'>
  compareAndSet: CompareAndSet
  lifetimes: Lifetimes
  clock: Clock
}

const deliveryIn = ({ parts }: LoadedRecord) => parts.delivery as Delivery

/** Drops the part of an index in which nothing is left. */
const drop =
  (index: Pick<RecordIndex, 'compactTerms' | 'dropBefore'>) =>
  async (shard: number, n: number): Promise<void> => {
    for (let bucket = 0; bucket < BUCKETS; bucket++) await index.compactTerms(shard, bucket, n)
    await index.dropBefore(shard, n)
  }

export const createAges = (parts: AgesParts): Walk[] => {
  const { index, list, messages, deliveries, eventIndex, eventLifetimes, customers } = parts
  const { compareAndSet, lifetimes, clock } = parts

  const compact = (customerId: string) =>
    retryConflicts(async () => {
      const { guards, writes } = await customers.compact(customerKey(customerId), lifetimes.records)
      return writes.length === 0 || ((await compareAndSet(guards, writes)) && true)
    })

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
        return messages.remove(listed)
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
      name: 'events',
      index: eventIndex,
      // An event that Polar redelivers is recognised by its record.
      age: Math.max(lifetimes.records, KEPT_WHOLE),
      visit: async (found) => {
        const removed = await eventLifetimes.remove(found)
        if (removed?.customer) await compact(removed.customer)
        return true
      },
      emptied: drop(eventIndex),
    },
  ]
}
