// Links in Redis, each on its customer's slot: issued once, opened at a click, revoked for good.

import { createCommit } from '../redis/commit.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Claims, type Link, slotOf } from './link.ts'

/** How many links of one message were fetched since a time: a person reads one page at a time. */
const OPEN = `
local link = redis.call('GET', KEYS[1])
if not link then return false end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], 3600)
return { link, redis.call('ZCOUNT', KEYS[2], '(' .. ARGV[3], '+inf') }`

type Revocation = Extract<Link['state'], { is: 'revoked' }>['because']

export const createLinkStore = (redis: RedisClient, clock: Clock) => {
  const open = createScript(redis, OPEN)
  const commit = createCommit(redis)
  const keyOf = (customer: string, id: string) => customerSlot(customer, 'link', id)

  /** Changes a record; a record that another writer has changed meanwhile is read again. */
  const change = async (customer: string, id: string, changed: (link: Link) => Link) => {
    const key = keyOf(customer, id)
    for (let was = await redis.get(key); was !== null; was = await redis.get(key)) {
      const next = JSON.stringify(changed(JSON.parse(was) as Link))
      if (next === was || (await commit({ key, was }, [{ key, set: next }]))) return
    }
  }

  return {
    /** Stores links that are not there yet; those that are stay as they are. */
    issue: async (links: readonly Link[]) => {
      await Promise.all(
        links.map((link) =>
          redis.set(keyOf(slotOf(link), link.linkId), JSON.stringify(link), 'NX'),
        ),
      )
    },
    load: async (customer: string, id: string): Promise<Link | null> => {
      const found = await redis.get(keyOf(customer, id))
      return found === null ? null : (JSON.parse(found) as Link)
    },
    /**
     * The link of genuine claims, noting that it was fetched.
     * @param since milliseconds: `fetchedTogether` counts the links of its message that were fetched after it.
     */
    open: async (
      claims: Claims,
      since: number,
    ): Promise<{ link: Link; fetchedTogether: number } | null> => {
      const slot = slotOf(claims)
      const key = keyOf(slot, claims.linkId)
      // The links of one message are issued together: their second and their recipient stand for the message.
      const fetched = customerSlot(slot, 'fetched', `${claims.createdAt}`, claims.memberId ?? '')
      const found = (await open([key, fetched], [claims.linkId, clock.now(), since])) as
        | [string, number]
        | null
      return found && { link: JSON.parse(found[0]) as Link, fetchedTogether: found[1] }
    },
    /** Notes when the email that carries a link was accepted. */
    mailed: (customer: string, id: string, at: number) =>
      change(customer, id, (link) => (link.mailedAt === null ? { ...link, mailedAt: at } : link)),
    revoke: (link: Link, because: Revocation) =>
      change(slotOf(link), link.linkId, (found) =>
        found.state.is === 'alive'
          ? { ...found, state: { is: 'revoked', at: clock.now(), because } }
          : found,
      ),
  }
}

export type LinkStore = ReturnType<typeof createLinkStore>
