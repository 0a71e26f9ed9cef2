// Messages that are stored as they are, without the events and transitions that lead there.

import type { Redis } from 'ioredis'
import type { Kind } from '../../emails/index.ts'
import type { Delivery, State } from '../../src/deliveries/delivery.ts'
import { labelsOf } from '../../src/deliveries/labels.ts'
import { customerTerm } from '../../src/messages/store.ts'
import { createStores } from '../../src/messages/stores.ts'
import { customerKeyOf, messageId, partsOfMessageId } from '../../src/records/message-id.ts'
import { messageKey } from '../../src/records/store.ts'
import { createDue } from '../../src/redis/due.ts'
import { type Clock, systemClock } from '../../src/runtime/clock.ts'
import { createUnschedule } from '../../src/schedule/entries.ts'

/** The stores of messages, their deliveries and their index. */
export const storesOn = (redis: Redis, clock: Clock = systemClock) => {
  const due = createDue(redis, 'deliveries', clock, customerKeyOf)
  return {
    ...createStores({
      redis,
      due,
      secrets: [Buffer.alloc(32, 1)],
      unschedule: createUnschedule(redis, clock),
      clock,
    }),
    due,
  }
}

export const deliveryStore = (redis: Redis, clock: Clock = systemClock) =>
  storesOn(redis, clock).deliveries

/** A delivery in this state, of which nothing is recorded before. */
export const inState = (state: State): Delivery => ({ ...state, history: [] })

/** A delivery without its history, and without the message as which it was sent again. */
export const stateIn = ({ history: _, sentAgain: __, ...state }: Delivery): State => state

/** A stored delivery, as it is read. */
export const loadDelivery = async (redis: Redis, id: string) => {
  const loaded = await deliveryStore(redis).load(id)
  if (!loaded) throw new Error(`there is no message ${id}`)
  return loaded
}

type Stored = { customerId: string; kind?: Kind; fact?: string; address?: string; at?: number }

/** Stores a message whose delivery is in this state, with its entry in the index. @returns its id. */
export const storeMessage = async (
  redis: Redis,
  { customerId, kind = 'order_confirmation', fact = 'order/1/purchase', ...rest }: Stored,
  state: State,
): Promise<string> => {
  const { index, records, compareAndSet } = storesOn(redis)
  const { address = 'ann@example.com', at = Date.now() } = rest
  const recipient = { customerId, memberId: null, address, name: null, locale: null }
  const id = messageId(kind, fact, recipient)
  const { customer, recordId } = partsOfMessageId(id)
  const delivery = inState(state)
  const n = await index.next(customer)
  const digest = Buffer.from(recordId, 'base64url')
  const message = { kind, fact, recipient }
  await compareAndSet(
    [],
    [
      records.create(messageKey(id), { n, message, delivery }),
      ...index.writes(customer, n, {
        digest,
        at,
        labels: labelsOf(delivery),
        terms: [customerTerm(customerId)],
      }),
    ],
  )
  return id
}
