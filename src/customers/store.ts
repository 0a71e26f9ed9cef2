// Customer state in Redis, on the customer's shard. One record holds the customer and its first subscriptions; a further
// subscription has a record of its own, so that an event costs the same however many there are. A subscription stays in the
// record that it began in.

import { createHash } from 'node:crypto'
import type { Guard, Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerKey, customerSlot } from '../redis/keys.ts'
import type { Packing } from '../redis/packing.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Exported, exported } from './export.ts'
import { isForgettable, knownAt } from './forget.ts'
import { customerFrom, customerRecord, subscriptionFrom, subscriptionRecord } from './record.ts'
import { type CustomerState, newCustomer, type SubscriptionState } from './state.ts'

/** More people have one subscription than four. */
const MAX_INSIDE = 3

/** Records that are read at once where all of a customer are needed. */
const PORTION = 100

/** A subscription with a record of its own, or one that gets such a record. */
type Own = { id: string; guard: Stored }

type Stored = { key: string; expected: Buffer | null }

/** The state with its first subscriptions and the one that was asked for, as far as they are known. */
export type Loaded = { state: CustomerState; customer: Stored; own: Own | null }

/** Writes for a compare-and-set, and the records that must still be what was read. */
export type Update = { guards: readonly Guard[]; writes: readonly Write[] }

type OwnRecord = { id: string } & Parameters<typeof subscriptionFrom>[0]

/** Everything of a customer. */
type Whole = {
  customer: Stored
  /** The digests of the subscriptions that have a record of their own, one after another. */
  list: Stored
  state: CustomerState
  owns: readonly (Own & { subscription: SubscriptionState })[]
}

/** Collisions within one customer are as good as impossible. */
const DIGEST_BYTES = 8

const digestOf = (subscriptionId: string): Buffer =>
  createHash('sha256').update(subscriptionId).digest().subarray(0, DIGEST_BYTES)

/** `customer` is a `customerKey`. */
const stateKey = (customer: string) => customerSlot(customer, 'state')
const listKey = (customer: string) => customerSlot(customer, 'subs')
const ownKey = (customer: string, digest: Buffer) =>
  customerSlot(customer, 'sub', digest.toString('base64url'))

const isSameCustomer = (one: CustomerState, other: CustomerState) =>
  one.deletedAt === other.deletedAt &&
  one.externalId === other.externalId &&
  one.lastSeenAt === other.lastSeenAt &&
  one.address === other.address &&
  one.members === other.members

export const createCustomerStore = (
  redis: Pick<RedisClient, 'mgetBuffer'>,
  clock: Pick<Clock, 'now'>,
  packing: Pick<Packing, 'pack' | 'unpack'>,
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
  const replaced = ({ key, expected }: Stored, record: object): Write[] => {
    const set = packing.pack(record)
    return expected !== null && set.equals(expected) ? [] : [{ key, set }]
  }

  const replacedOwn = ({ id, guard }: Own, subscription: SubscriptionState): Write[] =>
    replaced(guard, { id, ...subscriptionRecord(subscription) })

  const loadWhole = async (customer: string): Promise<Whole> => {
    const keys = [stateKey(customer), listKey(customer)]
    const [record = null, list = null] = await redis.mgetBuffer(keys)
    const count = (list?.length ?? 0) / DIGEST_BYTES
    const digests = Array.from({ length: count }, (_, n) =>
      (list as Buffer).subarray(n * DIGEST_BYTES, (n + 1) * DIGEST_BYTES),
    )
    const owns: Whole['owns'][number][] = []
    for (let at = 0; at < count; at += PORTION) {
      const ownKeys = digests.slice(at, at + PORTION).map((digest) => ownKey(customer, digest))
      for (const [n, expected] of (await redis.mgetBuffer(ownKeys)).entries())
        if (expected) owns.push({ ...ownIn(expected), guard: { key: ownKeys[n] ?? '', expected } })
    }
    const state = stateIn(record)
    return {
      customer: { key: stateKey(customer), expected: record },
      list: { key: listKey(customer), expected: list },
      state,
      owns,
    }
  }

  const withOwns = ({ state, owns }: Whole): CustomerState => ({
    ...state,
    subscriptions: {
      ...state.subscriptions,
      ...Object.fromEntries(owns.map(({ id, subscription }) => [id, subscription])),
    },
  })

  /** The writes that remove everything but the customer's record. */
  const deletesOf = ({ list, owns }: Whole): Write[] =>
    [...owns.map(({ guard }) => guard), list]
      .filter(({ expected }) => expected !== null)
      .map(({ key }) => ({ key, delete: true }))

  return {
    load: async (customerId: string, subscriptionId: string | null): Promise<Loaded> => {
      const key = customerKey(customerId)
      const keys = [stateKey(key)]
      if (subscriptionId !== null) keys.push(ownKey(key, digestOf(subscriptionId)))
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
    },

    /**
     * The writes that turn the loaded state into `next`: only of records that differ. The guards are the records that were
     * read, save one: while only a subscription with a record of its own changes, events of other subscriptions may change the
     * customer's record. It is then as if this event had come before them.
     */
    update: (customerId: string, { state, customer, own }: Loaded, next: CustomerState): Update => {
      const before = Object.entries(state.subscriptions).filter(([id]) => id !== own?.id)
      const inside = Object.entries(next.subscriptions).filter(([id]) => id !== own?.id)
      const isSame =
        isSameCustomer(state, next) &&
        inside.length === before.length &&
        inside.every(([id, one]) => one === state.subscriptions[id])
      const nextState = { ...next, subscriptions: Object.fromEntries(inside) }
      const writes = isSame ? [] : replaced(customer, customerRecord(nextState))
      if (!own) return { guards: [customer], writes }
      const isAlone = writes.length === 0 && own.guard.expected !== null
      const guards = isAlone ? [own.guard] : [customer, own.guard]
      const subscription = next.subscriptions[own.id]
      if (!subscription || subscription === state.subscriptions[own.id]) return { guards, writes }
      const list = { key: listKey(customerKey(customerId)), append: digestOf(own.id) }
      const listed = own.guard.expected === null ? [list] : []
      return { guards, writes: [...writes, ...replacedOwn(own, subscription), ...listed] }
    },

    /**
     * Forgets what has been over for long: the details of subscriptions, and in the end the whole customer.
     * @param customer a `customerKey`.
     * @param retainMs how long a customer is kept after its last event.
     */
    compact: async (customer: string, retainMs: number): Promise<Update> => {
      const whole = await loadWhole(customer)
      const { customer: record, list, state, owns } = whole
      if (record.expected === null) return { guards: [], writes: [] }
      if (isForgettable(withOwns(whole), clock.now(), retainMs))
        return {
          guards: [record, list],
          writes: [...deletesOf(whole), { key: record.key, delete: true }],
        }
      const writes = [
        ...replaced(record, customerRecord(state)),
        ...owns.flatMap((own) => replacedOwn(own, own.subscription)),
      ]
      const changed = new Set(writes.map(({ key }) => key))
      const guards = [record, ...owns.map(({ guard }) => guard)]
      return { guards: guards.filter(({ key }) => changed.has(key)), writes }
    },

    /** Everything that is kept in customer state, as a person reads it; `null` where that is nothing. */
    export: async (customerId: string): Promise<Exported | null> => {
      const whole = await loadWhole(customerKey(customerId))
      return whole.customer.expected === null ? null : exported(customerId, withOwns(whole))
    },

    /**
     * Erases a customer: only the mark stays that it is deleted. By that mark, late events are mailed to nobody, and nothing is
     * learned from them.
     */
    erase: async (customerId: string): Promise<Update> => {
      const whole = await loadWhole(customerKey(customerId))
      const { customer, list, state } = whole
      const deletedAt = state.deletedAt ?? new Date(clock.now()).toISOString()
      const mark = customerRecord({ ...newCustomer, deletedAt })
      return {
        guards: [customer, list],
        writes: [...replaced(customer, mark), ...deletesOf(whole)],
      }
    },
  }
}

export type CustomerStore = ReturnType<typeof createCustomerStore>
