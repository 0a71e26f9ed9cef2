// Customer state in Redis, on the customer's slot: one record of the customer and one of each subscription, so that an event
// costs the same however many subscriptions there are. A compare-and-set guards each record.

import type { Guard, Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerKey, customerSlot } from '../redis/keys.ts'
import type { Clock } from '../runtime/clock.ts'
import { knownAt, type Remnant, remnantOf } from './forget.ts'
import {
  type CustomerState,
  newCustomer,
  newSubscription,
  type SubscriptionState,
} from './state.ts'

/** The state with the one subscription that was loaded, and the guards for a compare-and-set. */
export type Loaded = { state: CustomerState; guards: readonly Guard[] }

export const createCustomerStore = (
  redis: Pick<RedisClient, 'mget'>,
  clock: Pick<Clock, 'now'>,
) => {
  const keyOf = (customerId: string, name: string, ...rest: string[]) =>
    customerSlot(customerKey(customerId), name, ...rest)
  const stateKey = (customerId: string) => keyOf(customerId, 'state')
  const wholeKey = (customerId: string, id: string) => keyOf(customerId, 'subscription', id)
  /** The remnant of an ended subscription, which stays for good. */
  const remnantKey = (customerId: string, id: string) => keyOf(customerId, 'ended', id)

  const subscriptionOf = (
    whole: string | null | undefined,
    remnant: string | null | undefined,
  ): SubscriptionState | null => {
    if (whole != null)
      return knownAt(
        { ...newSubscription, ...(JSON.parse(whole) as SubscriptionState) },
        clock.now(),
      )
    return remnant != null ? { ...newSubscription, ...(JSON.parse(remnant) as Remnant) } : null
  }

  /** The whole record of an ended subscription expires in Redis by itself. */
  const subscriptionWrites = (
    customerId: string,
    id: string,
    subscription: SubscriptionState,
  ): Write[] => {
    const whole = { key: wholeKey(customerId, id), set: JSON.stringify(subscription) }
    if (subscription.keptUntil === null) return [whole]
    const expiresIn = Math.max(1, Math.ceil(subscription.keptUntil - clock.now()))
    const remnant = JSON.stringify(remnantOf(subscription))
    return [
      { ...whole, expiresIn },
      { key: remnantKey(customerId, id), set: remnant },
    ]
  }

  return {
    load: async (customerId: string, subscriptionId: string | null): Promise<Loaded> => {
      const keys = [stateKey(customerId)]
      if (subscriptionId !== null)
        keys.push(wholeKey(customerId, subscriptionId), remnantKey(customerId, subscriptionId))
      const [customer = null, whole = null, remnant] = await redis.mget(keys)
      const subscription = subscriptionOf(whole, remnant)
      return {
        state: {
          ...newCustomer,
          ...(customer !== null && (JSON.parse(customer) as Omit<CustomerState, 'subscriptions'>)),
          subscriptions:
            subscription && subscriptionId !== null ? { [subscriptionId]: subscription } : {},
        },
        guards: [
          { key: stateKey(customerId), expected: customer },
          ...(subscriptionId === null
            ? []
            : [{ key: wholeKey(customerId, subscriptionId), expected: whole }]),
        ],
      }
    },
    /** The writes that turn the loaded state into `next`: only of records that differ. */
    writes: (customerId: string, { state, guards }: Loaded, next: CustomerState): Write[] => {
      const { subscriptions, ...customer } = next
      const set = JSON.stringify(customer)
      const isSame = next === state || guards[0]?.expected === set
      return [
        ...(isSame ? [] : [{ key: stateKey(customerId), set }]),
        ...Object.entries(subscriptions)
          .filter(([id, subscription]) => subscription !== state.subscriptions[id])
          .flatMap(([id, subscription]) => subscriptionWrites(customerId, id, subscription)),
      ]
    },
  }
}

export type CustomerStore = ReturnType<typeof createCustomerStore>
