// Customer state in Redis: one record per customer, replaced only where it is still what was read.

import type { Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerKey, customerSlot } from '../redis/keys.ts'
import { type CustomerState, newCustomer } from './state.ts'

export const createCustomerStore = (redis: RedisClient) => {
  const keyOf = (customerId: string) => customerSlot(customerKey(customerId), 'state')

  return {
    keyOf,
    /** The state, and the stored text that a compare-and-set must still find (`null`: nothing is stored). */
    load: async (
      customerId: string,
    ): Promise<{ state: CustomerState; expected: string | null }> => {
      const expected = await redis.get(keyOf(customerId))
      const state = expected === null ? newCustomer : (JSON.parse(expected) as CustomerState)
      return { state, expected }
    },
    writes: (customerId: string, state: CustomerState): Write[] => [
      { key: keyOf(customerId), set: JSON.stringify(state) },
    ],
  }
}

export type CustomerStore = ReturnType<typeof createCustomerStore>
