// An index of the messages that are held one by one until a person decides. An entry may be stale; the delivery decides.

import type { RedisClient } from '../redis/connection.ts'
import { createTimeIndex } from '../redis/time-index.ts'
import type { Delivery, Held } from './delivery.ts'
import type { DeliveryStore } from './store.ts'

/** Records that are loaded side by side. */
const TOGETHER = 100

/** A delivery that has ended is never held again, so its entry can go. */
const hasEnded = ({ state }: Delivery) =>
  state === 'accepted' || state === 'not_sent' || state === 'failed'

/** Held since `at` (ms). */
export type HeldMessage = { id: string; because: Held; at: number }

export const createHeld = (redis: RedisClient, deliveries: Pick<DeliveryStore, 'load'>) => {
  const { add, remove, ids: listed, count } = createTimeIndex(redis, 'held')

  const load = async (id: string): Promise<HeldMessage[]> => {
    const { delivery } = await deliveries.load(id)
    if (delivery.state === 'held') return [{ id, because: delivery.because, at: delivery.at }]
    // In any other state it may be about to be held, since its entry is written first.
    if (hasEnded(delivery)) await remove(id)
    return []
  }

  return {
    /** Call this before the delivery is recorded as held: then a crash in between leaves no held message unlisted. */
    add,
    remove,
    /** The longest held first, all of them or as many as `limit`. */
    list: async (limit = Number.POSITIVE_INFINITY): Promise<HeldMessage[]> => {
      const ids = await listed()
      const found: HeldMessage[] = []
      for (let from = 0; from < ids.length; from += TOGETHER)
        found.push(...(await Promise.all(ids.slice(from, from + TOGETHER).map(load))).flat())
      return found.toSorted((a, b) => a.at - b.at).slice(0, limit)
    },
    /** How many entries there are, stale ones included: cheap, for a gauge. */
    count,
  }
}

export type HeldMessages = ReturnType<typeof createHeld>
