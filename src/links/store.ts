// Links in Redis, each on its customer's slot: stored with the claim of its message, opened at a click, revoked for good.

import { createCommit } from '../redis/commit.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Claims, type Link, slotOf } from './link.ts'

/** A link, when it was mailed, and how many of its message were fetched since a time: a person reads one page at a time. */
const OPEN = `
local link = redis.call('GET', KEYS[1])
if not link then return false end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], 3600)
return { link, redis.call('ZCOUNT', KEYS[2], '(' .. ARGV[3], '+inf'), redis.call('GET', KEYS[3]) }`

type Revocation = Extract<Link['state'], { is: 'revoked' }>['because']

export const createLinkStore = (redis: RedisClient, clock: Clock) => {
  const open = createScript(redis, OPEN)
  const commit = createCommit(redis)
  const keyOf = (customer: string, id: string) => customerSlot(customer, 'link', id)
  const mailedKey = (customer: string, id: string) => customerSlot(customer, 'mailed', id)

  /** Changes a record; a record that another writer has changed meanwhile is read again. */
  const change = async (customer: string, id: string, changed: (link: Link) => Link) => {
    const key = keyOf(customer, id)
    for (let was = await redis.get(key); was !== null; was = await redis.get(key)) {
      const next = JSON.stringify(changed(JSON.parse(was) as Link))
      if (next === was || (await commit({ key, was }, [{ key, set: next }]))) return
    }
  }

  return {
    keyOf: (link: Link) => keyOf(slotOf(link), link.linkId),
    /** Where it is noted when the email with a link was accepted or, once that is known, delivered (ms). */
    mailedKey,
    load: async (customer: string, id: string): Promise<Link | null> => {
      const found = await redis.get(keyOf(customer, id))
      return found === null ? null : (JSON.parse(found) as Link)
    },
    /**
     * The link of genuine claims, noting that it was fetched.
     * @param since milliseconds: `fetchedTogether` counts the links of its message that were fetched after it.
     * @returns `mailedAt` in milliseconds; `null` until the email with it is known to be accepted.
     */
    open: async (
      claims: Claims,
      since: number,
    ): Promise<{ link: Link; fetchedTogether: number; mailedAt: number | null } | null> => {
      const slot = slotOf(claims)
      const key = keyOf(slot, claims.linkId)
      // The links of one message are issued together: their second and their recipient stand for the message.
      const fetched = customerSlot(slot, 'fetched', `${claims.createdAt}`, claims.memberId ?? '')
      const found = (await open(
        [key, fetched, mailedKey(slot, claims.linkId)],
        [claims.linkId, clock.now(), since],
      )) as [string, number, string | null] | null
      if (!found) return null
      const [link, fetchedTogether, mailedAt] = found
      return {
        link: JSON.parse(link) as Link,
        fetchedTogether,
        mailedAt: mailedAt === null ? null : Number(mailedAt),
      }
    },
    revoke: (link: Link, because: Revocation) =>
      change(slotOf(link), link.linkId, (found) =>
        found.state.is === 'alive'
          ? { ...found, state: { is: 'revoked', at: clock.now(), because } }
          : found,
      ),
  }
}

export type LinkStore = ReturnType<typeof createLinkStore>
