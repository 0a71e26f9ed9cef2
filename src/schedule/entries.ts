// The entries of the due set `schedule`. Of a customer: a subscription that has a reminder ahead, one whose recovered payments are
// to be credited, a card to be looked at, an unpaid invoice of usage. Of all: the sweep over cards, the look at failed payments,
// the backfill, and the long work that an operator started. The entries of a subscription are written in the step that writes its state.

import { type CustomerState, subscriptionIn } from '../customers/state.ts'
import type { SubscriptionRef } from '../events/decide.ts'
import type { Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createDue, type Due } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import type { Clock } from '../runtime/clock.ts'
import { type Appointment, appointmentOf, type ReminderPolicy } from './appointment.ts'

/** No id of Polar's has a slash, or is one of these words. */
const CARD = 'card'
const USAGE = 'usage'

/** Follows the id of a subscription: a payment is to be credited. */
const CREDIT = 'credit'

/** The sweep over all customers' cards. */
export const CARD_SWEEP = 'cards'

/** The search for webhooks that were missed. */
export const BACKFILL = 'backfill'

/** The long work that an operator started. */
export const WORK = 'work'

export const entryOf = ({ customerId, subscriptionId }: SubscriptionRef): string =>
  `${customerId}/${subscriptionId}`

/** The recovered payments of a subscription, which are to be credited. */
const creditEntryOf = (ref: SubscriptionRef): string => `${entryOf(ref)}/${CREDIT}`

/** A look at a customer's card. */
export const cardEntryOf = (customerId: string): string => `${customerId}/${CARD}`

/** The hourly look at failed payments. */
export const FAILED_PAYMENTS = 'payments'

/** An invoice of usage whose charge failed. */
export const usageEntryOf = (customerId: string, orderId: string): string =>
  `${customerId}/${USAGE}/${orderId}`

export type Entry =
  | { what: 'sweep' }
  | { what: 'backfill' }
  | { what: 'payments' }
  | { what: 'work' }
  | { what: 'usage'; customerId: string; orderId: string }
  | { what: 'card'; customerId: string }
  | { what: 'subscription'; ref: SubscriptionRef }
  | { what: 'credit'; ref: SubscriptionRef }

export const readEntry = (entry: string): Entry => {
  if (entry === CARD_SWEEP) return { what: 'sweep' }
  if (entry === BACKFILL) return { what: 'backfill' }
  if (entry === WORK) return { what: 'work' }
  if (entry === FAILED_PAYMENTS) return { what: 'payments' }
  const [customerId = '', second = '', third = ''] = entry.split('/')
  if (second === CARD) return { what: 'card', customerId }
  if (second === USAGE) return { what: 'usage', customerId, orderId: third }
  const ref = { customerId, subscriptionId: second }
  return third === CREDIT ? { what: 'credit', ref } : { what: 'subscription', ref }
}

/** An entry lies on its customer's shard. */
export const shardIdOf = (entry: string): string => customerKey(entry.split('/')[0] ?? '')

/** Makes the writes that end all that is scheduled for a customer and these subscriptions. */
export const createUnschedule = (redis: RedisClient, clock: Clock) => {
  const due = createDue(redis, 'schedule', clock, shardIdOf)
  return (customerId: string, subscriptionIds: readonly string[]): Write[] =>
    [
      cardEntryOf(customerId),
      ...subscriptionIds.flatMap((subscriptionId) => {
        const ref = { customerId, subscriptionId }
        return [entryOf(ref), creditEntryOf(ref)]
      }),
    ].map(due.doneWrite)
}

/** The next reminder of a subscription by the state of its customer. */
export const nextIn = (
  state: CustomerState,
  subscriptionId: string,
  policy: ReminderPolicy,
  now?: number,
): Appointment | null => {
  const subscription = state.deletedAt ? undefined : subscriptionIn(state, subscriptionId)
  return subscription ? appointmentOf(subscription, policy, now) : null
}

type Entries = Pick<Due, 'write' | 'doneWrite'>

/** The write that has newly paid orders credited, at once. */
const creditWrites = (
  due: Entries,
  ref: SubscriptionRef,
  before: CustomerState,
  after: CustomerState,
): Write[] => {
  const known = subscriptionIn(before, ref.subscriptionId)?.uncredited ?? []
  const added = subscriptionIn(after, ref.subscriptionId)?.uncredited.at(-1)
  const isNew = added !== undefined && !known.includes(added)
  return isNew ? [due.write(creditEntryOf(ref), added.paidAt, 'high')] : []
}

export const createReschedule =
  (due: Entries, policy: ReminderPolicy) =>
  /** The writes that move a subscription's entries from one state to the next; none while they stay the same. */
  (ref: SubscriptionRef, before: CustomerState, after: CustomerState): Write[] => {
    const credits = creditWrites(due, ref, before, after)
    const [old, next] = [before, after].map((state) => nextIn(state, ref.subscriptionId, policy))
    if (old?.at === next?.at && old?.name === next?.name) return credits
    const entry = entryOf(ref)
    return [...credits, next ? due.write(entry, next.at, 'high') : due.doneWrite(entry)]
  }
