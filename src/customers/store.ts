// Customer state in Redis, on the customer's shard. One record holds the customer and its first subscriptions; a further
// subscription has a record of its own, so that an event costs the same however many there are. A subscription stays in the
// record that it began in. Events write records plain, which costs a fifth of the time; lifetimes.ts packs them later.

import type { Guard, Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerKey, customerSlot } from '../redis/keys.ts'
import type { Packing } from '../redis/packing.ts'
import type { Clock } from '../runtime/clock.ts'
import { DIGEST_BYTES, subscriptionDigest } from './digest.ts'
import { type Exported, exportedCustomer, exportedSubscription } from './export.ts'
import { knownAt } from './forget.ts'
import { customerFrom, customerRecord, subscriptionFrom, subscriptionRecord } from './record.ts'
import { type CustomerState, newCustomer, type SubscriptionState, subscriptionIn } from './state.ts'

/** More people have one subscription than four. */
const MAX_INSIDE = 3

/** Records that are read at once where all of a customer are needed. */
const PORTION = 100

/** A record as it was read; `null`: there was none. */
export type Stored = { key: string; expected: Buffer | null }

/** A subscription with a record of its own, or one that gets such a record. */
export type Own = { id: string; guard: Stored }

/** The state with its first subscriptions and the one that was asked for, as far as they are known. */
export type Loaded = { state: CustomerState; customer: Stored; own: Own | null }

/** Writes for a compare-and-set, and the records that must still be what was read. */
export type Update = { guards: readonly Guard[]; writes: readonly Write[] }

/** The records of all further subscriptions of a customer: the list of their digests, and their keys. */
export type Further = { list: Stored; keys: readonly string[] }

type OwnRecord = { id: string } & Parameters<typeof subscriptionFrom>[0]

/** `customer` is a `customerKey`. */
const stateKey = (customer: string) => customerSlot(customer, 'state')
const listKey = (customer: string) => customerSlot(customer, 'subs')
const ownKey = (customer: string, digest: Buffer) =>
  customerSlot(customer, 'sub', digest.toString('base64url'))

const isSameCustomer = (one: CustomerState, other: CustomerState) =>
  one.deletedAt === other.deletedAt &&
  one.deletedBy === other.deletedBy &&
  one.ignoredAt === other.ignoredAt &&
  one.externalId === other.externalId &&
  one.lastSeenAt === other.lastSeenAt &&
  one.address === other.address &&
  one.members === other.members

/** The state without the subscription that has a record of its own. */
const withoutOwn = (state: CustomerState, own: Own | null): CustomerState => {
  if (!own) return state
  const { [own.id]: _, ...subscriptions } = state.subscriptions
  return { ...state, subscriptions }
}

export const ownRecord = (id: string, subscription: SubscriptionState): OwnRecord => ({
  id,
  ...subscriptionRecord(subscription),
})

/** The records of what was loaded. */
export const recordsOf = ({ state, customer, own }: Loaded) => {
  const subscription = subscriptionIn(state, own?.id)
  return [
    { ...customer, record: customerRecord(withoutOwn(state, own)) },
    ...(own && subscription ? [{ ...own.guard, record: ownRecord(own.id, subscription) }] : []),
  ]
}

export const createCustomerStore = (
  redis: Pick<RedisClient, 'mgetBuffer'>,
  clock: Pick<Clock, 'now'>,
  packing: Pick<Packing, 'plain' | 'unpack'>,
) => {
  const unpacked = <T>(bytes: Buffer) => packing.unpack(bytes) as T

  const known = (subscription: SubscriptionState) => knownAt(subscription, clock.now())

  const stateIn = (bytes: Buffer | null): CustomerState => {
    if (bytes === null) return newCustomer
    const state = customerFrom(unpacked(bytes))
    const inside = Object.entries(state.subscriptions).map(([id, one]) => [id, known(one)])
    return { ...state, subscriptions: Object.fromEntries(inside) }
  }

  const ownIn = (bytes: Buffer): { id: string; subscription: SubscriptionState } => {
    const { id, ...record } = unpacked<OwnRecord>(bytes)
    return { id, subscription: known(subscriptionFrom(record)) }
  }

  /** The write that replaces a record, or none where it is the same already. */
  const replaced = ({ key, expected }: Stored, record: Record<string, unknown>): Write[] => {
    const set = packing.plain(record)
    return expected !== null && set.equals(expected) ? [] : [{ key, set }]
  }

  const load = async (customerId: string, subscriptionId: string | null): Promise<Loaded> => {
    const key = customerKey(customerId)
    const keys = [stateKey(key)]
    if (subscriptionId !== null) keys.push(ownKey(key, subscriptionDigest(subscriptionId)))
    const [record = null, expected = null] = await redis.mgetBuffer(keys)
    const state = stateIn(record)
    const customer = { key: stateKey(key), expected: record }
    const isInside =
      subscriptionId === null ||
      Object.hasOwn(state.subscriptions, subscriptionId) ||
      (expected === null && Object.keys(state.subscriptions).length < MAX_INSIDE)
    if (isInside) return { state, customer, own: null }
    const own = { id: subscriptionId, guard: { key: keys[1] ?? '', expected } }
    if (expected === null) return { state, customer, own }
    const { subscription } = ownIn(expected)
    const subscriptions = { ...state.subscriptions, [subscriptionId]: subscription }
    return { state: { ...state, subscriptions }, customer, own }
  }

  const further = async (customerId: string): Promise<Further> => {
    const customer = customerKey(customerId)
    const list = { key: listKey(customer), expected: null as Buffer | null }
    const [digests = null] = await redis.mgetBuffer([list.key])
    const keys = Array.from({ length: (digests?.length ?? 0) / DIGEST_BYTES }, (_, n) =>
      ownKey(customer, (digests as Buffer).subarray(n * DIGEST_BYTES, (n + 1) * DIGEST_BYTES)),
    )
    return { list: { ...list, expected: digests }, keys }
  }

  /** The subscriptions in such records, a portion at a time. */
  async function* subscriptionsIn({ keys }: Further) {
    for (let at = 0; at < keys.length; at += PORTION) {
      const records = await redis.mgetBuffer(keys.slice(at, at + PORTION))
      yield records.filter((record) => record !== null).map(ownIn)
    }
  }

  return {
    load,
    further,
    subscriptionsIn,

    /**
     * The writes that turn the loaded state into `next`: only of records that differ. The guards are the records that were
     * read, save one: while only a subscription with a record of its own changes, events of other subscriptions may change the
     * customer's record. It is then as if this event had come before them.
     */
    update: (customerId: string, { state, customer, own }: Loaded, next: CustomerState): Update => {
      const [before, after] = [withoutOwn(state, own), withoutOwn(next, own)]
      const inside = Object.entries(after.subscriptions)
      const isSame =
        isSameCustomer(before, after) &&
        inside.length === Object.keys(before.subscriptions).length &&
        inside.every(([id, one]) => one === before.subscriptions[id])
      const writes = isSame ? [] : replaced(customer, customerRecord(after))
      if (!own) return { guards: [customer], writes }
      const isAlone = writes.length === 0 && own.guard.expected !== null
      const guards = isAlone ? [own.guard] : [customer, own.guard]
      const subscription = subscriptionIn(next, own.id)
      if (!subscription || subscription === subscriptionIn(state, own.id)) return { guards, writes }
      const list = { key: listKey(customerKey(customerId)), append: subscriptionDigest(own.id) }
      const listed = own.guard.expected === null ? [list] : []
      const changed = replaced(own.guard, ownRecord(own.id, subscription))
      return { guards, writes: [...writes, ...changed, ...listed] }
    },

    /** Everything that is kept in customer state, as a person reads it; `null` where that is nothing. */
    export: async (customerId: string): Promise<Exported | null> => {
      const { state, customer } = await load(customerId, null)
      if (customer.expected === null) return null
      const { subscriptions, ...whole } = exportedCustomer(customerId, state)
      for await (const portion of subscriptionsIn(await further(customerId)))
        for (const one of portion)
          subscriptions.push(exportedSubscription(one.id, one.subscription))
      return { ...whole, subscriptions }
    },
  }
}

export type CustomerStore = ReturnType<typeof createCustomerStore>
