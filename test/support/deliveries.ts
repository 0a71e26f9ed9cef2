// Deliveries that are stored as they are, without the transitions that lead there.

import type { Redis } from 'ioredis'
import type { Delivery, State } from '../../src/deliveries/delivery.ts'
import { createDeliveryStore } from '../../src/deliveries/store.ts'
import { customerKeyOf } from '../../src/messages/message.ts'
import { createDue } from '../../src/redis/due.ts'
import { customerSlot } from '../../src/redis/keys.ts'
import { type Clock, systemClock } from '../../src/runtime/clock.ts'

export const deliveryStore = (redis: Redis, clock: Clock = systemClock) =>
  createDeliveryStore(redis, createDue(redis, 'deliveries', clock, customerKeyOf), customerKeyOf)

/** A delivery in this state, of which nothing is recorded before. */
export const inState = (state: State): Delivery => ({ ...state, history: [] })

/** A delivery without its history. */
export const stateIn = ({ history: _, ...state }: Delivery): State => state

export const storeDelivery = async (redis: Redis, id: string, state: State): Promise<Delivery> => {
  const delivery = inState(state)
  await redis.set(customerSlot(customerKeyOf(id), 'delivery', id), JSON.stringify(delivery))
  return delivery
}
