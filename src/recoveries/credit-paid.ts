// Credits the recovered payments of a subscription: reads from Polar what started each, and from the clicks which email had
// brought the customer. Safe to repeat: the step that counts a payment also takes it out of the customer state.

import { isFollowed } from '../clicks/store.ts'
import type { Uncredited } from '../customers/paid-orders.ts'
import { subscriptionIn, withSubscription } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import { pastDueFact } from '../messages/facts.ts'
import type { Fact, MessageStore } from '../messages/store.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { messageKey, type RecordStore } from '../records/store.ts'
import { type CompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import { customerKey } from '../redis/keys.ts'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { type Credit, creditOf, type Email } from './credit.ts'
import type { RecoveryStore } from './store.ts'

/** While Polar cannot be read, it is asked again after so long. */
const AGAIN = 10 * MINUTE

type Ref = { customerId: string; subscriptionId: string }

type CreditParts = {
  customers: Pick<CustomerStore, 'load' | 'update'>
  messages: Pick<MessageStore, 'decided'>
  records: Pick<RecordStore, 'load'>
  recoveries: Pick<RecoveryStore, 'isRecorded' | 'record'>
  polar: Pick<PolarClient, 'trigger'>
  compareAndSet: CompareAndSet
  /** How long the record of a payment is kept, in milliseconds. */
  keptFor: number
  clock: Pick<Clock, 'now'>
  log: Log
}

/** The emails that an episode may have, in order. The final notice has a step like every reminder. */
const emailsOf = (
  { customerId, subscriptionId }: Ref,
  { pastDueAt, lastStep }: Uncredited,
): { email: Email; fact: Fact }[] => {
  const factOf = (kind: Fact['kind'], step?: number) => ({
    ...{ customerId, kind },
    fact: pastDueFact(subscriptionId, pastDueAt, step),
  })
  const steps = Array.from({ length: lastStep }, (_, before) => before + 1)
  return [
    { email: 'subscription_past_due', fact: factOf('subscription_past_due') },
    ...steps.flatMap((step): { email: Email; fact: Fact }[] => [
      { email: `payment_reminder_${step}`, fact: factOf('payment_reminder', step) },
      { email: 'payment_final_notice', fact: factOf('payment_final_notice', step) },
    ]),
  ]
}

export const createCreditPaid = (parts: CreditParts) => {
  const { customers, messages, records, recoveries, polar, compareAndSet, clock, log } = parts

  const wasFollowed = async (fact: Fact, until: number): Promise<boolean> => {
    const ids = (await messages.decided(fact)) ?? []
    const found = await Promise.all(ids.map((id) => records.load(messageKey(id))))
    return found.some((record) => record !== null && isFollowed(record, until))
  }

  const creditFor = async (ref: Ref, paid: Uncredited): Promise<Credit> => {
    const trigger = await polar.trigger(paid.orderId)
    const emails = await Promise.all(
      emailsOf(ref, paid).map(async ({ email, fact }) =>
        (await wasFollowed(fact, paid.paidAt)) ? email : null,
      ),
    )
    return creditOf(
      trigger,
      emails.filter((email) => email !== null),
    )
  }

  /** The next payment that nobody is credited with yet. */
  const nextOf = async ({ customerId, subscriptionId }: Ref): Promise<Uncredited | undefined> => {
    const { state } = await customers.load(customerId, subscriptionId)
    return subscriptionIn(state, subscriptionId)?.uncredited[0]
  }

  const record = (
    { customerId, subscriptionId }: Ref,
    { orderId, amount, currency, paidAt }: Uncredited,
    by: Credit,
  ): Promise<boolean> =>
    retryConflicts(async () => {
      const customer = customerKey(customerId)
      const loaded = await customers.load(customerId, subscriptionId)
      const next = withSubscription(loaded.state, subscriptionId, (one) => ({
        ...one,
        uncredited: one.uncredited.filter((other) => other.orderId !== orderId),
      }))
      const isGone = !subscriptionIn(loaded.state, subscriptionId)?.uncredited.some(
        (other) => other.orderId === orderId,
      )
      if (isGone) return false // another process was faster, or the customer was erased
      const update = customers.update(customerId, loaded, next)
      const isNew = !(await recoveries.isRecorded(customer, orderId))
      const recovery = { amount, currency, by, at: paidAt }
      const { guard, writes } = recoveries.record(customer, orderId, recovery, parts.keptFor)
      const done = isNew
        ? await compareAndSet([...update.guards, guard], [...update.writes, ...writes])
        : await compareAndSet(update.guards, update.writes)
      return done && isNew
    })

  const creditAll = async (ref: Ref): Promise<void> => {
    for (let paid = await nextOf(ref); paid; paid = await nextOf(ref)) {
      const by = await creditFor(ref, paid)
      const isCounted = await record(ref, paid, by)
      if (isCounted) log.info({ order: paid.orderId, by }, 'recovered payment credited')
    }
  }

  /** Resolves with when to come back (ms); `null` where nothing is left to do. */
  return async (ref: Ref): Promise<number | null> => {
    try {
      await creditAll(ref)
      return null
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      log.warn({ subscription: ref.subscriptionId, ...failure(error) }, 'credit put off')
      return clock.now() + AGAIN
    }
  }
}
