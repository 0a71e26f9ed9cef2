// Puts together the stores on a customer's shard: the messages, their deliveries, the index by which they are found, and the
// state of customers. Each process has them once for each connection to Redis.

import { createCustomerLifetimes } from '../customers/lifetimes.ts'
import { createCustomerStore } from '../customers/store.ts'
import { createBodyPacking, type Samples } from '../deliveries/body-packing.ts'
import { type Delivery, hasEnded } from '../deliveries/delivery.ts'
import { DELIVERY_LABELS } from '../deliveries/labels.ts'
import { createDeliveryStore, type OnChange } from '../deliveries/store.ts'
import { createRecordList } from '../records/list.ts'
import { recordPacking } from '../records/packing.ts'
import { createRecordStore } from '../records/store.ts'
import { createTermDigests } from '../records/terms.ts'
import { createCompareAndSet, type Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { createOnce } from '../redis/once.ts'
import { createRecordIndex } from '../redis/record-index.ts'
import type { Clock } from '../runtime/clock.ts'
import { messagePriority } from './priority.ts'
import { createMessageStore, KIND_LABELS } from './store.ts'
import { createUnfinished } from './unfinished.ts'

type StoresParts = {
  redis: RedisClient
  /** The due set of the deliveries. */
  due: Due
  /** The secrets that the index is keyed with; without them nothing is found by a term, and no message can be decided. */
  secrets: readonly Buffer[]
  /** For a process that sends: the emails that others are packed by. */
  samples?: Samples
  /** Receives each change of a delivery. */
  onChange?: OnChange | undefined
  /** The writes that end all that is scheduled for a customer and these subscriptions. */
  unschedule: (customerId: string, subscriptionIds: readonly string[]) => Write[]
  clock: Clock
}

export const createStores = (parts: StoresParts) => {
  const { redis, due, secrets, samples, onChange, unschedule, clock } = parts
  const compareAndSet = createCompareAndSet(redis)
  const records = createRecordStore({
    ...{ redis, compareAndSet, clock },
    packing: recordPacking,
    isAtRest: ({ delivery }) => delivery === undefined || hasEnded(delivery as Delivery),
  })
  const index = createRecordIndex(redis, 'messages', {
    digestsOf: createTermDigests(secrets),
    labels: [...KIND_LABELS, ...DELIVERY_LABELS],
  })
  const once = createOnce(redis, 'messages')
  const list = createRecordList({ records, index })
  const customers = createCustomerStore(redis, clock, recordPacking)
  return {
    compareAndSet,
    records,
    index,
    list,
    customers,
    customerLifetimes: createCustomerLifetimes({
      ...{ customers, compareAndSet, clock },
      packing: recordPacking,
      hasUnfinished: createUnfinished({ index, list, clock }),
      unschedule,
    }),
    messages: createMessageStore({ records, compareAndSet, index, once, due, clock }),
    deliveries: createDeliveryStore({
      redis,
      records,
      index,
      due,
      bodies: createBodyPacking({ redis, clock, ...(samples && { samples }) }),
      priorityOf: messagePriority,
      onChange,
    }),
  }
}

export type Stores = ReturnType<typeof createStores>
