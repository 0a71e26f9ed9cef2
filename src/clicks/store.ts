// Clicks in Redis: for each link who came, on what evidence, and how it ended. No address, no user agent.

import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import type { Visitor } from './visitor.ts'

/** How a visit ended. */
export type Ending =
  | 'button_shown'
  | 'signed_in'
  | 'expired'
  | 'revoked'
  | 'address_changed'
  | 'customer_gone'
  | 'no_member'
  | 'polar_unavailable'

export type Click = {
  v: 1
  /** Milliseconds. */
  at: number
  visitor: Visitor['is']
  /** `pressed` is the Continue button. */
  evidence: Visitor['evidence'] | 'pressed'
  ending: Ending
  /** From request to answer, in milliseconds. */
  took: number
}

/** The newest of a link are kept. */
const MOST_PER_LINK = 100

export const createClickStore = (redis: RedisClient) => {
  const keyOf = (customer: string, linkId: string) => customerSlot(customer, 'clicks', linkId)
  return {
    /** `customer` is the key of the customer's slot. */
    add: async (customer: string, linkId: string, click: Click) => {
      const key = keyOf(customer, linkId)
      await redis
        .multi()
        .lpush(key, JSON.stringify(click))
        .ltrim(key, 0, MOST_PER_LINK - 1)
        .exec()
    },
  }
}

export type ClickStore = ReturnType<typeof createClickStore>
