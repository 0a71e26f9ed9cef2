// Customer state in a Redis, changed as events change it, and aged and erased.

import type { Redis } from 'ioredis'
import { KEPT_WHOLE } from '../../src/customers/forget.ts'
import { createCustomerLifetimes } from '../../src/customers/lifetimes.ts'
import {
  type CustomerState,
  newSubscription,
  type SubscriptionState,
  withSubscription,
} from '../../src/customers/state.ts'
import { createCustomerStore, type Update } from '../../src/customers/store.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { createCompareAndSet } from '../../src/redis/compare-and-set.ts'
import { customerKey, customerSlot } from '../../src/redis/keys.ts'
import { isPlain } from '../../src/redis/packing.ts'
import { PLANNED, stoppedClock } from './decided.ts'

export const ANN = '9dfb369b-ab13-4fae-a276-55daa05f1119'

/** Its record, the list of its further subscriptions, and what the keys of those begin with. */
export const STATE = customerSlot(customerKey(ANN), 'state')
export const LIST = customerSlot(customerKey(ANN), 'subs')
export const OWN = customerSlot(customerKey(ANN), 'sub', '')

export const ACTIVE = { status: 'active' }

export const over = {
  ...{ status: 'canceled', changeCount: 3, keptUntil: PLANNED + KEPT_WHOLE, free: true },
}

export const remnant = {
  ...newSubscription,
  ...{ status: 'canceled', changeCount: 3, forgottenAt: PLANNED + KEPT_WHOLE },
}

type Change = (state: CustomerState) => CustomerState

export const to =
  (id: string, state: Partial<SubscriptionState>): Change =>
  (customer) =>
    withSubscription(customer, id, (before) => ({ ...before, ...state }))

export const seenAt =
  (lastSeenAt: number): Change =>
  (state) => ({ ...state, lastSeenAt })

const NAMED = {
  externalId: 'user_42',
  address: { hash: 'h'.repeat(8), asOf: { changedAt: 1, occurredAt: 2 } },
}

export const named: Change = (state) => ({
  ...state,
  ...NAMED,
  members: { 'member-1': NAMED.address, 'member-2': { isGone: true } },
})

export const customersIn = (redis: Redis) => {
  const clock = stoppedClock(PLANNED)
  const customers = createCustomerStore(redis, clock, recordPacking)
  const compareAndSet = createCompareAndSet(redis)
  const meanwhile = { once: async () => {} }
  const unfinished = new Set<string>()
  const lifetimes = createCustomerLifetimes({
    ...{ customers, clock, packing: recordPacking },
    compareAndSet: async (...args) => {
      const { once } = meanwhile
      meanwhile.once = async () => {}
      await once()
      return compareAndSet(...args)
    },
    hasUnfinished: async (customerId) => unfinished.has(customerId),
    unschedule: () => [],
  })
  const written = async ({ guards, writes }: Update) => ({
    guards: guards.map(({ key }) => key),
    writes: writes.map(({ key }) => key),
    isDone: (await compareAndSet(guards, writes)) !== null,
  })
  /** Changes what is known of a customer and one of its subscriptions, as an event does. */
  const change = async (id: string | null, by: Change, meanwhile = async () => {}) => {
    const loaded = await customers.load(ANN, id)
    const update = customers.update(ANN, loaded, by(loaded.state))
    await meanwhile()
    return written(update)
  }
  const records = async () => (await redis.keys('*')).filter((key) => key !== LIST)
  const bytesOf = async (key: string) => (await redis.getBuffer(key)) ?? Buffer.alloc(0)
  return {
    ...{ clock, customers, lifetimes, change, written },
    /** Happens just before the next write of a lifetime. */
    meanwhile,
    /** Customers with a message that is unfinished. */
    unfinished,
    subscription: async (id: string) => (await customers.load(ANN, id)).state.subscriptions[id],
    subscribe: async (count: number, state: Partial<SubscriptionState> = ACTIVE) => {
      for (let n = 1; n <= count; n++) await change(`sub-${n}`, to(`sub-${n}`, state))
    },
    /** Every record in Redis, unpacked. */
    stored: async () =>
      JSON.stringify(
        await Promise.all(
          (await records()).map(async (key) => recordPacking.unpack(await bytesOf(key))),
        ),
      ),
    /** The keys of the records that are not packed. */
    plain: async () => {
      const keys = await records()
      const bytes = await Promise.all(keys.map(bytesOf))
      return keys.filter((_, n) => isPlain(bytes[n] ?? Buffer.alloc(0))).toSorted()
    },
  }
}
