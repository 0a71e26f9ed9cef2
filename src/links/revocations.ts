// Revokes several links of a customer: all of them, those to one recipient, or those of one
// message. Single links are revoked in store.ts. Revocations are numbered: one applies to the links
// made before it, so clocks do not matter.

import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { addressHash } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Link, Revoked } from './link.ts'

/** Selects links of a customer. `to` is a member's id, or `null` for the customer. */
type Scope = 'all' | { to: string | null } | { message: string }

/**
 * The field with the number of revocations. Each scope has a field of its own, with its last
 * revocation.
 */
const COUNT = 'count'

const REVOKE = `
local n = redis.call('HINCRBY', KEYS[1], '${COUNT}', 1)
redis.call('HSET', KEYS[1], ARGV[1], n .. ' ' .. ARGV[2])`

/** Only this revocation stays, since the others may name a member or hash an address. */
const ERASE = `
local n = redis.call('HINCRBY', KEYS[1], '${COUNT}', 1)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], '${COUNT}', n, 'all', n .. ' ' .. ARGV[1])`

const fieldOf = (scope: Scope): string => {
  if (scope === 'all') return 'all'
  return 'message' in scope ? `message ${scope.message}` : `to ${scope.to ?? ''}`
}

export const revocationsKey = (customer: string) => customerSlot(customer, 'revocations')

/**
 * The fields and values of a customer's revocations, alternating, as HGETALL returns them in a
 * script.
 */
export type Revocations = readonly string[]

/** The revocation that applies to a link; `null` if the link is alive. */
export const revokedBy = (link: Link, revocations: Revocations): Revoked | null => {
  if (link.revoked) return link.revoked
  const scopes: Scope[] = ['all', { to: link.memberId }]
  if (link.messageId) scopes.push({ message: link.messageId })
  const fields = new Set(scopes.map(fieldOf))
  for (let i = 0; i + 1 < revocations.length; i += 2) {
    if (!fields.has(revocations[i] ?? '')) continue
    const [n, at, because, exceptAddress] = (revocations[i + 1] ?? '').split(' ')
    if (exceptAddress && link.address !== null && addressHash(link.address) === exceptAddress)
      continue
    if (Number(n) > link.revision) return { at: Number(at), because: because as Revoked['because'] }
  }
  return null
}

export const createRevocations = (redis: RedisClient, clock: Clock) => {
  const run = createScript(redis, REVOKE)
  const runErase = createScript(redis, ERASE)
  return {
    /**
     * The number of revocations so far, which is the `revision` of a new link. `customer` is a
     * customer's key.
     */
    revision: async (customer: string): Promise<number> =>
      Number((await redis.hget(revocationsKey(customer), COUNT)) ?? 0),
    /** All links with a lower `revision` are revoked; 0 if all were never revoked together. */
    allRevoked: async (customer: string): Promise<number> =>
      Number((await redis.hget(revocationsKey(customer), 'all'))?.split(' ')[0] ?? 0),
    /** Revokes every link of an erased customer, and forgets all that was revoked before. `customer` is a customer's key. */
    erase: async (customer: string) => {
      await runErase([revocationsKey(customer)], [`${clock.now()} customer_gone`])
    },
    /** Whether a customer is gone, so that links answer for good although their records are erased. */
    isGone: async (customer: string): Promise<boolean> =>
      (await redis.hget(revocationsKey(customer), 'all'))?.split(' ')[2] === 'customer_gone',
    /**
     * Revokes every link of a scope that exists now. `customer` is a customer's key.
     * @param exceptAddress links to this address stay alive.
     */
    revoke: async (
      customer: string,
      scope: Scope,
      because: Revoked['because'],
      exceptAddress: string | null = null,
    ) => {
      const value = [
        clock.now(),
        because,
        ...(exceptAddress === null ? [] : [addressHash(exceptAddress)]),
      ]
      await run([revocationsKey(customer)], [fieldOf(scope), value.join(' ')])
    },
  }
}
