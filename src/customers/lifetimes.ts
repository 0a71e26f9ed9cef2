// The later life of customer state: it is packed while its customer rests, forgotten once nothing about the customer matters
// any more, or erased.
//
// No index leads to the customers. Customer state is made of events, and each event and each message names its customer. So a
// walk over old events and messages, which takes them anyway, meets every customer.

import { type CompareAndSet, retryConflicts, type Write } from '../redis/compare-and-set.ts'
import { isPlain, type Packing } from '../redis/packing.ts'
import type { Clock } from '../runtime/clock.ts'
import { isAtRest, isIdle } from './forget.ts'
import { customerRecord } from './record.ts'
import {
  type CustomerState,
  type Deleter,
  isOver,
  newCustomer,
  type SubscriptionState,
} from './state.ts'
import { type CustomerStore, type Further, recordsOf, type Stored } from './store.ts'

type LifetimeParts = {
  customers: Pick<CustomerStore, 'load' | 'further' | 'subscriptionsIn'>
  compareAndSet: CompareAndSet
  packing: Pick<Packing, 'pack'>
  /** Whether a message of the customer may still be sent, or its links still sign in: both need the state. */
  hasUnfinished: (customerId: string) => Promise<boolean>
  /** The writes that end all that is scheduled for a customer and these subscriptions. */
  unschedule: (customerId: string, subscriptionIds: readonly string[]) => Write[]
  clock: Pick<Clock, 'now'>
}

const isRemnant = ({ forgottenAt }: SubscriptionState) => forgottenAt !== null

const deleted = ({ key }: Pick<Stored, 'key'>): Write => ({ key, delete: true })

/** The writes that delete the records of all further subscriptions, and their list. */
const withoutFurther = ({ list, keys }: Further): Write[] =>
  list.expected === null ? [] : [...keys.map((key) => deleted({ key })), deleted(list)]

/** The mark that a customer is deleted. A first deletion stays as it was. */
const markOf = (state: CustomerState, now: number, by?: Deleter): CustomerState => {
  const { deletedAt, deletedBy, ignoredAt } = state
  if (deletedAt === null)
    return { ...newCustomer, deletedAt: new Date(now).toISOString(), ...(by && { deletedBy: by }) }
  return {
    ...{ ...newCustomer, deletedAt },
    ...(deletedBy && { deletedBy }),
    ...(ignoredAt !== undefined && { ignoredAt }),
  }
}

export const createCustomerLifetimes = (parts: LifetimeParts) => {
  const { customers, compareAndSet, packing, hasUnfinished, unschedule, clock } = parts

  const areAllOver = async (further: Further): Promise<boolean> => {
    for await (const portion of customers.subscriptionsIn(further))
      if (!portion.every(({ subscription }) => isOver(subscription))) return false
    return true
  }

  return {
    /**
     * Packs the records that an event was written to, unless later events have come to them. Of a subscription that has been
     * over for long only its remnant stays. Call it with every event that has become `REST_AFTER` old.
     * @returns whether it wrote.
     */
    rest: (customerId: string, subscriptionId: string | null): Promise<boolean> =>
      retryConflicts(async () => {
        const loaded = await customers.load(customerId, subscriptionId)
        const { state, customer } = loaded
        const hasRemnants = Object.values(state.subscriptions).some(isRemnant)
        const packed = recordsOf(loaded)
          .filter(({ expected }) => expected !== null && (isPlain(expected) || hasRemnants))
          .filter(({ key }) => key !== customer.key || isAtRest(state, clock.now()))
          .map(({ key, expected, record }) => ({ key, expected, set: packing.pack(record) }))
          .filter(({ expected, set }) => !expected?.equals(set))
        if (packed.length === 0) return false
        const writes = packed.map(({ key, set }) => ({ key, set }))
        return (await compareAndSet(packed, writes)) && true
      }),

    /**
     * Forgets a customer of whom no event has come for so long, and about whom nothing matters any more. Call it for the
     * customer of every event and message before it is removed, so that none is missed; an event must be kept for
     * `keptAfterLastEvent`. Whatever keeps a customer brings it back: a later event, or the message that is unfinished.
     * @returns whether it was forgotten.
     */
    forgetIdle: (customerId: string, retainMs: number): Promise<boolean> =>
      retryConflicts(async () => {
        const { state, customer } = await customers.load(customerId, null)
        if (customer.expected === null || !isIdle(state, clock.now(), retainMs)) return false
        const further = await customers.further(customerId)
        if (!(await areAllOver(further)) || (await hasUnfinished(customerId))) return false
        const writes = [...withoutFurther(further), deleted(customer)]
        return (await compareAndSet([customer, further.list], writes)) && true
      }),

    /**
     * Erases a customer: only the mark stays that it is deleted, when and by whom. By that mark, late events are mailed to
     * nobody, and nothing is learned from them.
     * @param by who asks for it; absent where it was asked for before.
     * @returns whether anything else was kept.
     */
    erase: (customerId: string, by?: Deleter): Promise<boolean> =>
      retryConflicts(async () => {
        const { state, customer } = await customers.load(customerId, null)
        const further = await customers.further(customerId)
        const mark = packing.pack(customerRecord(markOf(state, clock.now(), by)))
        const isErased = customer.expected?.equals(mark) && further.list.expected === null
        if (isErased) return false
        const ids = Object.keys(state.subscriptions)
        for await (const portion of customers.subscriptionsIn(further))
          ids.push(...portion.map(({ id }) => id))
        const writes = [
          ...[{ key: customer.key, set: mark }, ...withoutFurther(further)],
          ...unschedule(customerId, ids),
        ]
        const done = await compareAndSet([customer, further.list], writes)
        return done && customer.expected !== null
      }),
  }
}

export type CustomerLifetimes = ReturnType<typeof createCustomerLifetimes>
