// Links in Redis, each on its customer's slot: stored with the claim of its message, opened at a click, revoked for good.

import { createCompareAndSet } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, HOUR, MINUTE, SECOND } from '../runtime/clock.ts'
import { type Claims, forgottenAt, type Link, type Revoked, slotOf } from './link.ts'
import { createRevocations, type Revocations, revocationsKey, revokedBy } from './revocations.ts'

/** How long fetches without a press are counted after the last of them. */
const COUNTED = 10 * MINUTE

/** How long the openings of a link are counted, from the first on. */
const OPENED_WITHIN = 10 * MINUTE

/** How long it is remembered which links of a message were fetched together. */
const TOGETHER_KEPT = HOUR

/**
 * A link and what is noted about it: its customer's revocations, when it was mailed, how many links of its message were
 * fetched since a time (a person reads one page at a time; a link without a message is alone), how often it was fetched
 * since a person came by it, and how often it might have let somebody in.
 */
const OPEN = `
local link = redis.call('GET', KEYS[1])
if not link then return false end
if not string.find(link, '"messageId":null', 1, true) then
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
  redis.call('EXPIRE', KEYS[2], ${TOGETHER_KEPT / SECOND})
end
local fetches = redis.call('INCR', KEYS[3])
redis.call('EXPIRE', KEYS[3], ${COUNTED / SECOND})
local opened = 0
if ARGV[4] == '1' then opened = redis.call('INCR', KEYS[6]) end
if opened == 1 then redis.call('EXPIRE', KEYS[6], ${OPENED_WITHIN / SECOND}) end
return {
  link, redis.call('HGETALL', KEYS[5]), redis.call('GET', KEYS[4]),
  redis.call('ZCOUNT', KEYS[2], '(' .. ARGV[3], '+inf'), fetches,
  opened, redis.call('TTL', KEYS[6])
}`

/** What was counted is counted back, if it still is. */
const UNCOUNT = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end`

/** A link as a click finds it. */
export type Opened = {
  link: Link
  /** Why it signs nobody in any more. */
  revoked: Revoked | null
  /** Milliseconds; `null` until the email with it is known to be accepted. */
  mailedAt: number | null
  /** The links of its message that were fetched lately, this one included. */
  fetchedTogether: number
  /** Fetches since a person came by it, this one included; those of ten minutes at least. */
  fetches: number
  /** How often it might have let somebody in, this time included, and for how many seconds that is still counted. */
  opened: { times: number; countedFor: number }
}

export const createLinkStore = (redis: RedisClient, clock: Clock) => {
  const run = createScript(redis, OPEN)
  const uncount = createScript(redis, UNCOUNT)
  const compareAndSet = createCompareAndSet(redis)
  const { revision, revoke } = createRevocations(redis, clock)
  const keyOf = (customer: string, id: string) => customerSlot(customer, 'link', id)
  const mailedKey = (customer: string, id: string) => customerSlot(customer, 'mailed', id)
  const fetchesKey = (customer: string, id: string) => customerSlot(customer, 'fetches', id)
  const openedKey = (customer: string, id: string) => customerSlot(customer, 'opened', id)
  const read = (found: string | null) => (found === null ? null : (JSON.parse(found) as Link))

  return {
    keyOf: (link: Link) => keyOf(slotOf(link), link.linkId),
    /** Where it is noted when the email with a link was accepted or, once that is known, delivered (ms). */
    mailedKey,
    load: async (customer: string, id: string): Promise<Link | null> =>
      read(await redis.get(keyOf(customer, id))),
    revision,
    /** Stores a link that no message carries, until it may be forgotten. */
    add: async (link: Link) => {
      const key = keyOf(slotOf(link), link.linkId)
      await redis.set(key, JSON.stringify(link), 'PXAT', forgottenAt(link) ?? link.expiresAt)
    },
    /**
     * The link of genuine claims, noting that it was fetched.
     * @param since milliseconds: links of its message that were fetched after it are counted as fetched together.
     * @param isCounted whether it may let somebody in.
     */
    open: async (claims: Claims, since: number, isCounted: boolean): Promise<Opened | null> => {
      const slot = slotOf(claims)
      // The links of one message are issued together: their second and their recipient stand for the message.
      const together = customerSlot(slot, 'fetched', `${claims.createdAt}`, claims.memberId ?? '')
      const found = (await run(
        [
          keyOf(slot, claims.linkId),
          together,
          fetchesKey(slot, claims.linkId),
          mailedKey(slot, claims.linkId),
          revocationsKey(slot),
          openedKey(slot, claims.linkId),
        ],
        [claims.linkId, clock.now(), since, isCounted ? '1' : '0'],
      )) as [string, Revocations, string | null, number, number, number, number] | null
      if (!found) return null
      const [text, revocations, mailedAt, fetchedTogether, fetches, times, countedFor] = found
      const link = JSON.parse(text) as Link
      return {
        link,
        revoked: revokedBy(link, revocations),
        mailedAt: mailedAt === null ? null : Number(mailedAt),
        fetchedTogether,
        fetches,
        opened: { times, countedFor },
      }
    },
    /** That a link was opened let nobody in, and does not count. */
    notEntered: async (link: Link) => {
      await uncount([openedKey(slotOf(link), link.linkId)], [])
    },
    /** A person came by it: its fetches are counted anew. */
    passed: async (link: Link) => {
      await redis.del(fetchesKey(slotOf(link), link.linkId))
    },
    /** Revokes one link; `false` where there is none. A revoked one keeps its reason. */
    revokeOne: async (
      customer: string,
      id: string,
      because: Revoked['because'],
    ): Promise<boolean> => {
      const key = keyOf(customer, id)
      for (
        let expected = await redis.get(key);
        expected !== null;
        expected = await redis.get(key)
      ) {
        const link = JSON.parse(expected) as Link
        if (link.revoked) return true
        const next: Link = { ...link, revoked: { at: clock.now(), because } }
        if (await compareAndSet({ key, expected }, [{ key, set: JSON.stringify(next) }]))
          return true
      }
      return false
    },
    /** Revokes all links of a scope that were made so far. `customer` is a customer's key. */
    revoke,
  }
}

export type LinkStore = ReturnType<typeof createLinkStore>
