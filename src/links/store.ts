// Reads links and what a visit is judged by, in one script, and revokes single links. The records are those of messages, or
// of links without a message.

import { messageIdOf } from '../records/message-id.ts'
import { type LoadedRecord, linkKey, messageKey, type RecordStore } from '../records/store.ts'
import { createCompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerSlot } from '../redis/keys.ts'
import { createBinaryScript, createScript } from '../redis/script.ts'
import { type Clock, HOUR, MINUTE, SECOND } from '../runtime/clock.ts'
import {
  type AppLink,
  appLink,
  type Claims,
  KEPT_AFTER_EXPIRY,
  type Link,
  type LinkRef,
  linkIdOf,
  type MailedLinks,
  mailedLink,
  markOf,
  type Revoked,
  slotOf,
  type Target,
} from './link.ts'
import { createRevocations, revocationsKey, revokedBy } from './revocations.ts'

/** The count of fetches is forgotten this long after the last fetch. */
const FETCHES_TTL = 10 * MINUTE

/** The openings of a link are counted in windows of this length. */
const OPENINGS_WINDOW = 10 * MINUTE

const TOGETHER_TTL = HOUR

/** Length of the id of a link's record. */
const ID_BYTES = 16

/** Records that are deleted in one command. */
const TOGETHER = 100

/**
 * Reads a link's record with its customer's revocations, and counts this fetch. Also returns how many links of its message
 * were fetched lately, the fetches since a person last signed in by it, and its openings. A link without a message has no
 * other links.
 */
const OPEN = `
local mailed = redis.call('GET', KEYS[1])
local record = mailed or redis.call('GET', KEYS[2])
if not record then return false end
if mailed then
  redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
  redis.call('EXPIRE', KEYS[3], ${TOGETHER_TTL / SECOND})
end
local fetches = redis.call('INCR', KEYS[4])
redis.call('EXPIRE', KEYS[4], ${FETCHES_TTL / SECOND})
local opened = 0
if ARGV[4] == '1' then opened = redis.call('INCR', KEYS[6]) end
if opened == 1 then redis.call('EXPIRE', KEYS[6], ${OPENINGS_WINDOW / SECOND}) end
return {
  record, mailed and 1 or 0, redis.call('HGETALL', KEYS[5]),
  redis.call('ZCOUNT', KEYS[3], '(' .. ARGV[3], '+inf'), fetches,
  opened, redis.call('TTL', KEYS[6])
}`

/** Stores a link without a message, and its id with those of its customer, which are kept as long as the longest of them. */
const ADD = `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('APPEND', KEYS[2], ARGV[3])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[2], ARGV[2]) end`

/** Takes one off the count, unless its window is over. */
const UNCOUNT = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end`

/** A link and the facts that a visit is judged by. */
export type OpenedLink = {
  link: Link
  /** `null` while the link is alive. */
  revoked: Revoked | null
  /** Links of its message that were fetched lately, this one included. */
  fetchedTogether: number
  /** Fetches since a person last signed in by it, this one included. Older than ten minutes they may be forgotten. */
  fetches: number
  /** Visits in the current window that may sign in, this one included, and the seconds until the window ends. */
  openings: { count: number; secondsLeft: number }
}

type Mailed = { message: Parameters<typeof mailedLink>[2] }

/** The link of verified claims in its record. */
const linkIn = (claims: Claims, { parts }: LoadedRecord, isMailed: boolean): Link | null => {
  if (!parts.links) return null
  return isMailed
    ? mailedLink(claims, parts.links as MailedLinks, (parts as Mailed).message)
    : appLink(claims, parts.links as AppLink)
}

/** The marks of the links in a record. */
const marksIn = ({ parts }: LoadedRecord): string[] => {
  const { message, links } = parts as { message?: { target: Target }; links?: { target?: Target } }
  const targets: (Target | undefined)[] = message ? [message.target, 'overview'] : [links?.target]
  return targets.flatMap((target) => (target ? [markOf(target)] : []))
}

/** The ids of records that lie one behind the other. */
const recordIdsIn = (ids: Buffer | null): string[] =>
  Array.from({ length: (ids?.length ?? 0) / ID_BYTES }, (_, at) =>
    (ids as Buffer).toString('base64url', at * ID_BYTES, (at + 1) * ID_BYTES),
  )

type LinkStoreParts = { redis: RedisClient; records: RecordStore; clock: Clock }

export const createLinkStore = ({ redis, records, clock }: LinkStoreParts) => {
  const run = createBinaryScript(redis, OPEN)
  const uncount = createScript(redis, UNCOUNT)
  const add = createBinaryScript(redis, ADD)
  const compareAndSet = createCompareAndSet(redis)
  const revocations = createRevocations(redis, clock)
  const keysOf = (customer: string, recordId: string) => [
    messageKey(messageIdOf(customer, recordId)),
    linkKey(customer, recordId),
  ]
  /** The ids of a customer's links without a message, 16 bytes each. */
  const ownLinksKey = (customer: string) => customerSlot(customer, 'links')
  const fetchesKey = (claims: Claims) => customerSlot(slotOf(claims), 'fetches', linkIdOf(claims))
  const openingsKey = (claims: Claims) => customerSlot(slotOf(claims), 'opened', linkIdOf(claims))

  /** The record that a link is in: its message's, or its own. */
  const recordOf = async ({ customer, recordId }: Omit<LinkRef, 'mark'>) => {
    const [mailed = '', own = ''] = keysOf(customer, recordId)
    return (await records.load(mailed)) ?? records.load(own)
  }

  const ownLinkIds = (customer: string): Promise<Buffer | null> =>
    redis.getBuffer(ownLinksKey(customer))

  return {
    recordOf,
    revision: revocations.revision,
    revoke: revocations.revoke,
    isGone: revocations.isGone,
    allRevoked: revocations.allRevoked,
    /** Stores a link without a message. Redis deletes it some time after it has expired. */
    add: async (claims: Claims, link: AppLink) => {
      const customer = slotOf(claims)
      const deleteAt = link.expiresAt + KEPT_AFTER_EXPIRY
      const life = deleteAt - clock.now()
      await add(
        [linkKey(customer, claims.recordId), ownLinksKey(customer)],
        [
          records.pack({ n: 0, links: link }, deleteAt),
          life,
          Buffer.from(claims.recordId, 'base64url'),
        ],
      )
    },
    /** The ids of the records of a customer's links without a message. `customer` is a customer's key. */
    ownLinks: async (customer: string): Promise<string[]> =>
      recordIdsIn(await ownLinkIds(customer)),
    /** Erases the links of a customer, with their clicks, and revokes those in messages. Returns how many had no message. */
    eraseAll: async (customer: string): Promise<number> => {
      await revocations.erase(customer)
      let count = 0
      await retryConflicts(async () => {
        const ids = await ownLinkIds(customer)
        const keys = recordIdsIn(ids).map((recordId) => linkKey(customer, recordId))
        for (let at = 0; at < keys.length; at += TOGETHER)
          count += await redis.unlink(...keys.slice(at, at + TOGETHER))
        // A link may have been made meanwhile: then the list has one more.
        const key = ownLinksKey(customer)
        return (await compareAndSet({ key, expected: ids }, [{ key, delete: true }])) && true
      })
      return count
    },
    /**
     * Loads the link of a verified token and counts the fetch; `null` if it has no record.
     * @param since links of its message that were fetched after this time (ms) count as fetched together.
     * @param isCounted whether this visit may sign in, and counts as an opening.
     */
    open: async (claims: Claims, since: number, isCounted: boolean): Promise<OpenedLink | null> => {
      const slot = slotOf(claims)
      const [mailed = '', own = ''] = keysOf(slot, claims.recordId)
      const found = (await run(
        [
          ...[mailed, own, customerSlot(slot, 'fetched', claims.recordId)],
          ...[fetchesKey(claims), revocationsKey(slot), openingsKey(claims)],
        ],
        [markOf(claims.target), clock.now(), since, isCounted ? '1' : '0'],
      )) as [Buffer, 0 | 1, Buffer[], number, number, number, number] | null
      if (!found) return null
      const [bytes, isMailed, revocations, fetchedTogether, fetches, count, secondsLeft] = found
      const record = records.read(isMailed ? mailed : own, bytes)
      const link = record && linkIn(claims, record, isMailed === 1)
      if (!link) return null
      const revoked = revokedBy(link, revocations.map(String))
      return { link, revoked, fetchedTogether, fetches, openings: { count, secondsLeft } }
    },
    /** Takes back the count of an opening that asked for no session. */
    uncountOpening: async (link: Link) => {
      await uncount([openingsKey(link)], [])
    },
    /** Starts the count of fetches anew, after a person has come. */
    resetFetches: async (link: Link) => {
      await redis.del(fetchesKey(link))
    },
    /** Revokes one link; `false` if there is none. A revoked link keeps its first reason. */
    revokeOne: (ref: LinkRef, because: Revoked['because']): Promise<boolean> =>
      retryConflicts(async () => {
        const record = await recordOf(ref)
        const links = record?.parts.links as MailedLinks | AppLink | undefined
        if (!record || !links || !marksIn(record).includes(ref.mark)) return false
        if (links.revoked?.[ref.mark]) return true
        const revoked = { ...links.revoked, [ref.mark]: { at: clock.now(), because } }
        return (await records.change(record, 'links', { links: { ...links, revoked } }))
          ? true
          : null
      }),
  }
}

export type LinkStore = ReturnType<typeof createLinkStore>
