// Stores links in Redis, each in its customer's slot. Opening a link reads all that a visit is
// judged by, in one script.

import { createCompareAndSet } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, HOUR, MINUTE, SECOND } from '../runtime/clock.ts'
import { type Claims, deleteAt, type Link, type Revoked, slotOf } from './link.ts'
import { createRevocations, type Revocations, revocationsKey, revokedBy } from './revocations.ts'

/** The count of fetches is forgotten this long after the last fetch. */
const FETCHES_TTL = 10 * MINUTE

/** The openings of a link are counted in windows of this length. */
const OPENINGS_WINDOW = 10 * MINUTE

const TOGETHER_TTL = HOUR

/**
 * Reads a link with its customer's revocations and the time it was mailed, and counts this fetch.
 * Also returns how many links of its message were fetched lately, the fetches since a person last
 * signed in by it, and its openings. A link without a message has no other links.
 */
const OPEN = `
local link = redis.call('GET', KEYS[1])
if not link then return false end
if not string.find(link, '"messageId":null', 1, true) then
  redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
  redis.call('EXPIRE', KEYS[2], ${TOGETHER_TTL / SECOND})
end
local fetches = redis.call('INCR', KEYS[3])
redis.call('EXPIRE', KEYS[3], ${FETCHES_TTL / SECOND})
local opened = 0
if ARGV[4] == '1' then opened = redis.call('INCR', KEYS[6]) end
if opened == 1 then redis.call('EXPIRE', KEYS[6], ${OPENINGS_WINDOW / SECOND}) end
return {
  link, redis.call('HGETALL', KEYS[5]), redis.call('GET', KEYS[4]),
  redis.call('ZCOUNT', KEYS[2], '(' .. ARGV[3], '+inf'), fetches,
  opened, redis.call('TTL', KEYS[6])
}`

/** Takes one off the count, unless its window is over. */
const UNCOUNT = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end`

/** A link and the facts that a visit is judged by. */
export type OpenedLink = {
  link: Link
  /** `null` while the link is alive. */
  revoked: Revoked | null
  /** Milliseconds; `null` until the email with it is known to be accepted. */
  mailedAt: number | null
  /** Links of its message that were fetched lately, this one included. */
  fetchedTogether: number
  /**
   * Fetches since a person last signed in by it, this one included. Older than ten minutes they may
   * be forgotten.
   */
  fetches: number
  /**
   * Visits in the current window that may sign in, this one included, and the seconds until the
   * window ends.
   */
  openings: { count: number; secondsLeft: number }
}

export const createLinkStore = (redis: RedisClient, clock: Clock) => {
  const run = createScript(redis, OPEN)
  const uncount = createScript(redis, UNCOUNT)
  const compareAndSet = createCompareAndSet(redis)
  const { revision, revoke } = createRevocations(redis, clock)
  const keyOf = (customer: string, id: string) => customerSlot(customer, 'link', id)
  const mailedKey = (customer: string, id: string) => customerSlot(customer, 'mailed', id)
  const fetchesKey = (customer: string, id: string) => customerSlot(customer, 'fetches', id)
  const openingsKey = (customer: string, id: string) => customerSlot(customer, 'opened', id)
  const parse = (text: string | null) => (text === null ? null : (JSON.parse(text) as Link))

  return {
    keyOf: (link: Link) => keyOf(slotOf(link), link.linkId),
    /**
     * The key with the time (ms) when the email with a link was accepted or, once known, delivered.
     */
    mailedKey,
    load: async (customer: string, id: string): Promise<Link | null> =>
      parse(await redis.get(keyOf(customer, id))),
    revision,
    /** Stores a link without a message. Redis deletes it some time after it has expired. */
    add: async (link: Link) => {
      const key = keyOf(slotOf(link), link.linkId)
      await redis.set(key, JSON.stringify(link), 'PXAT', deleteAt(link) ?? link.expiresAt)
    },
    /**
     * Loads the link of a verified token and counts the fetch; `null` if it has no record.
     * @param since links of its message that were fetched after this time (ms) count as fetched
     * together.
     * @param isCounted whether this visit may sign in, and counts as an opening.
     */
    open: async (claims: Claims, since: number, isCounted: boolean): Promise<OpenedLink | null> => {
      const slot = slotOf(claims)
      // The token has no message id. The links of one message share the second they were made in
      // and the recipient.
      const together = customerSlot(slot, 'fetched', `${claims.createdAt}`, claims.memberId ?? '')
      const found = (await run(
        [
          keyOf(slot, claims.linkId),
          together,
          fetchesKey(slot, claims.linkId),
          mailedKey(slot, claims.linkId),
          revocationsKey(slot),
          openingsKey(slot, claims.linkId),
        ],
        [claims.linkId, clock.now(), since, isCounted ? '1' : '0'],
      )) as [string, Revocations, string | null, number, number, number, number] | null
      if (!found) return null
      const [text, revocations, mailedAt, fetchedTogether, fetches, count, secondsLeft] = found
      const link = JSON.parse(text) as Link
      return {
        link,
        revoked: revokedBy(link, revocations),
        mailedAt: mailedAt === null ? null : Number(mailedAt),
        fetchedTogether,
        fetches,
        openings: { count, secondsLeft },
      }
    },
    /** Takes back the count of an opening that asked for no session. */
    uncountOpening: async (link: Link) => {
      await uncount([openingsKey(slotOf(link), link.linkId)], [])
    },
    /** Starts the count of fetches anew, after a person has come. */
    resetFetches: async (link: Link) => {
      await redis.del(fetchesKey(slotOf(link), link.linkId))
    },
    /** Revokes one link; `false` if there is none. A revoked link keeps its first reason. */
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
    revoke,
  }
}

export type LinkStore = ReturnType<typeof createLinkStore>
