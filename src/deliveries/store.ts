// Deliveries in Redis: the state of each, and its frozen email for as long as it is being sent.

import { createCommit } from '../redis/commit.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { type Delivery, type Email, untouched } from './delivery.ts'

/**
 * @param customerKeyOf the customer whose slot a message is kept on.
 */
export const createDeliveryStore = (
  redis: RedisClient,
  customerKeyOf: (messageId: string) => string,
) => {
  const commit = createCommit(redis)
  const stateKey = (id: string) => customerSlot(customerKeyOf(id), 'delivery', id)
  const frozenKey = (id: string) => customerSlot(customerKeyOf(id), 'frozen', id)

  return {
    /** The state, and the stored text of it for the comparison when it is written. */
    load: async (id: string): Promise<{ delivery: Delivery; was: string | null }> => {
      const was = await redis.get(stateKey(id))
      return { delivery: was === null ? untouched : (JSON.parse(was) as Delivery), was }
    },
    frozen: async (id: string): Promise<Email | null> => {
      const found = await redis.get(frozenKey(id))
      return found === null ? null : (JSON.parse(found) as Email)
    },
    /**
     * Moves a delivery on, unless somebody else has meanwhile (`null`).
     * @param email `keep` what is frozen, freeze an email, or `thaw`.
     * @returns the stored text of the new state.
     */
    move: async (
      id: string,
      was: string | null,
      next: Delivery,
      email: Email | 'keep' | 'thaw',
    ) => {
      const text = JSON.stringify(next)
      const moved = await commit({ key: stateKey(id), was }, [
        { key: stateKey(id), set: text },
        ...(email === 'keep'
          ? []
          : email === 'thaw'
            ? [{ key: frozenKey(id), delete: true } as const]
            : [{ key: frozenKey(id), set: JSON.stringify(email) }]),
      ])
      return moved ? text : null
    },
  }
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>
