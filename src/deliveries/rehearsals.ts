// An index of the messages that shadow mode composed and did not send, for a summary before going live.

import type { RedisClient } from '../redis/connection.ts'
import { createTimeIndex } from '../redis/time-index.ts'
import type { Missing } from './composed.ts'
import type { DeliveryStore } from './store.ts'

/** `at` in milliseconds. */
export type Rehearsal = { id: string; at: number; missing: readonly Missing[] }

/** Records that are loaded side by side. */
const TOGETHER = 100

export const createRehearsals = (redis: RedisClient, deliveries: Pick<DeliveryStore, 'load'>) => {
  const entries = createTimeIndex(redis, 'rehearsed')

  const load = async (id: string): Promise<Rehearsal[]> => {
    const { delivery } = await deliveries.load(id)
    const isOne = delivery.state === 'not_sent' && delivery.because === 'shadow'
    return isOne ? [{ id, at: delivery.at, missing: delivery.missing ?? [] }] : []
  }

  return {
    /** Call this before the delivery is recorded: then a crash in between leaves no rehearsal unlisted. */
    add: entries.add,
    list: async (): Promise<Rehearsal[]> => {
      const ids = await entries.ids()
      const found: Rehearsal[] = []
      for (let from = 0; from < ids.length; from += TOGETHER)
        found.push(...(await Promise.all(ids.slice(from, from + TOGETHER).map(load))).flat())
      return found
    },
  }
}

export type Rehearsals = ReturnType<typeof createRehearsals>
