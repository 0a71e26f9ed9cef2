// What was revoked of a customer's links, beyond single ones: all of them, those to one recipient, those of one message.
// Revocations are counted, not timed: a link is concerned by those that came after it was made, whatever the clocks say.

import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { addressHash } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Link, Revoked } from './link.ts'

/** Which of a customer's links: `to` is a member's id, or `null` for the customer's own. */
type Scope = 'all' | { to: string | null } | { message: string }

/** The field that counts revocations, beside one for each scope with the last that concerns it. */
const COUNT = 'count'

const REVOKE = `
local n = redis.call('HINCRBY', KEYS[1], '${COUNT}', 1)
redis.call('HSET', KEYS[1], ARGV[1], n .. ' ' .. ARGV[2])`

const fieldOf = (scope: Scope): string => {
  if (scope === 'all') return 'all'
  return 'message' in scope ? `message ${scope.message}` : `to ${scope.to ?? ''}`
}

export const revocationsKey = (customer: string) => customerSlot(customer, 'revocations')

/** The fields and values of a customer's revocations, as HGETALL answers in a script. */
export type Revocations = readonly string[]

/** The revocation that concerns a link; `null` for a link that is alive. */
export const revokedBy = (link: Link, revocations: Revocations): Revoked | null => {
  if (link.revoked) return link.revoked
  const scopes: Scope[] = ['all', { to: link.memberId }]
  if (link.messageId) scopes.push({ message: link.messageId })
  const fields = new Set(scopes.map(fieldOf))
  for (let i = 0; i + 1 < revocations.length; i += 2) {
    if (!fields.has(revocations[i] ?? '')) continue
    const [n, at, because, spared] = (revocations[i + 1] ?? '').split(' ')
    if (spared && link.address !== null && addressHash(link.address) === spared) continue
    if (Number(n) > link.revision) return { at: Number(at), because: because as Revoked['because'] }
  }
  return null
}

export const createRevocations = (redis: RedisClient, clock: Clock) => {
  const run = createScript(redis, REVOKE)
  return {
    /** How many there have been: what a link made now says as its revision. `customer` is a customer's key. */
    revision: async (customer: string): Promise<number> =>
      Number((await redis.hget(revocationsKey(customer), COUNT)) ?? 0),
    /**
     * Revokes every link of a scope that was made so far.
     * @param spared an address whose links live on.
     */
    revoke: async (
      customer: string,
      scope: Scope,
      because: Revoked['because'],
      spared: string | null = null,
    ) => {
      const told = [clock.now(), because, ...(spared === null ? [] : [addressHash(spared)])]
      await run([revocationsKey(customer)], [fieldOf(scope), told.join(' ')])
    },
  }
}
