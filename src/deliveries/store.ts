// Deliveries in Redis: the state of each, and its frozen email for as long as its end is open.

import { createCompareAndSet, type Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Delivery, type Email, type In, type NotSent, untouched } from './delivery.ts'

/** Claims a message unless its record has changed; all in one step, on one slot. */
const CLAIM = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[3])
for i = 3, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 1], 'NX') end
return 1`

type ClaimOf = {
  id: string
  expected: string | null
  email: Email
  /** Records to be stored with the claim, unless they are there: those of the links. */
  news: readonly { key: string; value: string }[]
}

/**
 * @param customerKeyOf the customer whose slot a message is kept on.
 */
export const createDeliveryStore = (
  redis: RedisClient,
  customerKeyOf: (messageId: string) => string,
) => {
  const compareAndSet = createCompareAndSet(redis)
  const claimScript = createScript(redis, CLAIM)
  const keyOf = (id: string, ...what: string[]) => customerSlot(customerKeyOf(id), ...what)
  const stateKey = (id: string) => keyOf(id, 'delivery', id)
  const frozenKey = (id: string) => keyOf(id, 'frozen', id)

  return {
    /** The state, and the stored text of it for the comparison when it is written. */
    load: async (id: string): Promise<{ delivery: Delivery; expected: string | null }> => {
      const expected = await redis.get(stateKey(id))
      return {
        delivery: expected === null ? untouched : (JSON.parse(expected) as Delivery),
        expected,
      }
    },
    frozen: async (id: string): Promise<Email | null> => {
      const found = await redis.get(frozenKey(id))
      return found === null ? null : (JSON.parse(found) as Email)
    },
    /**
     * Freezes an email and begins to send it, unless somebody else has moved on meanwhile (`null`).
     * @returns the stored text of the new state.
     */
    claim: async (
      { id, expected, email, news }: ClaimOf,
      next: In<'sending' | 'batched'>,
    ): Promise<string | null> => {
      const text = JSON.stringify(next)
      const claimed = await claimScript(
        [stateKey(id), frozenKey(id), ...news.map(({ key }) => key)],
        [expected ?? '', text, JSON.stringify(email), ...news.map(({ value }) => value)],
      )
      return claimed === 1 ? text : null
    },
    /**
     * Moves a delivery on, unless somebody else has meanwhile (`null`).
     * @param frozen whether what is frozen stays or goes.
     * @param more to be written with it.
     * @returns the stored text of the new state.
     */
    move: async (
      id: string,
      expected: string | null,
      next: Delivery,
      frozen: 'keep' | 'thaw',
      more: readonly Write[] = [],
    ) => {
      const text = JSON.stringify(next)
      const moved = await compareAndSet({ key: stateKey(id), expected }, [
        { key: stateKey(id), set: text },
        ...(frozen === 'keep' ? [] : [{ key: frozenKey(id), delete: true } as const]),
        ...more,
      ])
      return moved ? text : null
    },
    /** Records a message as not sent before anybody has looked at it. */
    withhold: (id: string, because: NotSent, at: number): Write => ({
      key: stateKey(id),
      new: JSON.stringify({ v: 1, state: 'not_sent', at, because } satisfies Delivery),
    }),
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
