// Keeps what Postern learns from Resend after a gap in its heartbeats: how far the search has come, and which emails were sent
// of which a restored Redis knows no message.

import { partsOfMessageId } from '../records/message-id.ts'
import type { RedisClient } from '../redis/connection.ts'
import { RESEND_KEYS, shardSlot } from '../redis/keys.ts'

/** How far the search through the emails since a gap began has come. */
export type Search = {
  /** The last heartbeat before the gap, in milliseconds. */
  since: number
  /** The email at Resend after which the next page begins. */
  after: string | null
  /** Emails that were adopted so far. */
  adopted: number
}

/** An email that Resend accepted at `at` (ms). */
type Sent = { providerId: string; at: number }

const keyOf = (id: string) => {
  const { customer, recordId } = partsOfMessageId(id)
  return shardSlot(customer, 'adopted', recordId)
}

/** @param keep how long a message may still be decided that was sent, in milliseconds. */
export const createAdoptions = (redis: RedisClient, keep: number) => {
  const { unchecked } = RESEND_KEYS
  return {
    /** Begins a search, unless one is at work. */
    begin: async (since: number): Promise<void> => {
      const search: Search = { since, after: null, adopted: 0 }
      await redis.set(unchecked, JSON.stringify(search), 'NX')
    },
    /** The search at work; `null` where there is none. */
    search: async (): Promise<Search | null> => {
      const text = await redis.get(unchecked)
      return text === null ? null : (JSON.parse(text) as Search)
    },
    /** Keeps how far it has come. Returns `false` where another process has ended it. */
    keep: async (search: Search): Promise<boolean> =>
      (await redis.set(unchecked, JSON.stringify(search), 'XX')) !== null,
    /** Returns `false` where another process has ended it. */
    end: async (): Promise<boolean> => (await redis.del(unchecked)) === 1,
    /** Notes that a message was sent of which Redis has no record. Its facts may come again. */
    note: async (id: string, sent: Sent): Promise<void> => {
      await redis.set(keyOf(id), JSON.stringify(sent), 'PX', keep)
    },
    /** The email of a message that was sent before it was decided again; `null` for nearly all. */
    sentAs: async (id: string): Promise<Sent | null> => {
      const text = await redis.get(keyOf(id))
      return text === null ? null : (JSON.parse(text) as Sent)
    },
  }
}

export type Adoptions = ReturnType<typeof createAdoptions>
