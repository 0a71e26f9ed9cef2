// Deliveries in Redis: the state of each, its frozen email for as long as its end is open, and how many a person got of late.

import { createCommit, type Write } from '../redis/commit.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { HOUR } from '../runtime/clock.ts'
import { type Delivery, type Email, type In, untouched } from './delivery.ts'

/** More than this in an hour to one person is no billing any more, but a mistake somewhere. */
const MOST_AN_HOUR = 10

/** Claims a message unless its record has changed, or its recipient has had too many; all in one step, on one slot. */
const CLAIM = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 'lost' end
local id, now, most = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ${HOUR})
if most > 0 and redis.call('ZCARD', KEYS[3]) >= most and not redis.call('ZSCORE', KEYS[3], id) then return 'too_many' end
redis.call('ZADD', KEYS[3], now, id)
redis.call('PEXPIRE', KEYS[3], ${HOUR})
redis.call('SET', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[3])
for i = 4, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 3], 'NX') end
return 'claimed'`

type ClaimOf = {
  id: string
  was: string | null
  email: Email
  /** Records to be stored with the claim, unless they are there: those of the links. */
  news: readonly { key: string; value: string }[]
  recipientId: string
  /** Whether its recipient may have too many. */
  isLimited: boolean
  now: number
}

/**
 * @param customerKeyOf the customer whose slot a message is kept on.
 */
export const createDeliveryStore = (
  redis: RedisClient,
  customerKeyOf: (messageId: string) => string,
) => {
  const commit = createCommit(redis)
  const claimScript = createScript(redis, CLAIM)
  const keyOf = (id: string, ...what: string[]) => customerSlot(customerKeyOf(id), ...what)
  const stateKey = (id: string) => keyOf(id, 'delivery', id)
  const frozenKey = (id: string) => keyOf(id, 'frozen', id)

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
     * Freezes an email and begins to send it, unless somebody else has moved on meanwhile (`lost`), or its recipient has
     * been sent ten within the last hour (`too_many`).
     */
    claim: async (
      { id, was, email, news, recipientId, isLimited, now }: ClaimOf,
      next: In<'sending' | 'batched'>,
    ): Promise<{ text: string } | 'lost' | 'too_many'> => {
      const text = JSON.stringify(next)
      const answer = await claimScript(
        [
          stateKey(id),
          frozenKey(id),
          keyOf(id, 'mailed_of_late', recipientId),
          ...news.map(({ key }) => key),
        ],
        [
          ...[was ?? '', text, JSON.stringify(email), id, now, isLimited ? MOST_AN_HOUR : 0],
          ...news.map(({ value }) => value),
        ],
      )
      return answer === 'claimed' ? { text } : (answer as 'lost' | 'too_many')
    },
    /**
     * Moves a delivery on, unless somebody else has meanwhile (`null`).
     * @param frozen whether what is frozen stays or goes.
     * @param more to be written with it.
     * @returns the stored text of the new state.
     */
    move: async (
      id: string,
      was: string | null,
      next: Delivery,
      frozen: 'keep' | 'thaw',
      more: readonly Write[] = [],
    ) => {
      const text = JSON.stringify(next)
      const moved = await commit({ key: stateKey(id), was }, [
        { key: stateKey(id), set: text },
        ...(frozen === 'keep' ? [] : [{ key: frozenKey(id), delete: true } as const]),
        ...more,
      ])
      return moved ? text : null
    },
    thaw: (id: string) => redis.del(frozenKey(id)),
    /** Drops the frozen email of a delivery that somebody else has found to be accepted. */
    thawAccepted: async (id: string) => {
      const found = await redis.get(stateKey(id))
      if (found && (JSON.parse(found) as Delivery).state === 'accepted')
        await redis.del(frozenKey(id))
    },
  }
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>
