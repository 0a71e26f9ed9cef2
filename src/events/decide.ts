// Decides an event: the next customer state and the messages, written in one step. Safe to repeat.

import type { Kind } from '../../emails/index.ts'
import {
  type AddressChange,
  addressChangeIn,
  isOutdated,
  type RevokeLinks,
  rememberRecipients,
} from '../customers/addresses.ts'
import { applyEvent } from '../customers/apply-event.ts'
import { subscriptionIdIn } from '../customers/forget.ts'
import type { CustomerState } from '../customers/state.ts'
import type { CustomerStore } from '../customers/store.ts'
import type { Message, Recipient } from '../messages/message.ts'
import type { MessageStore, Withheld } from '../messages/store.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Event } from '../polar/event.ts'
import type { Customer } from '../polar/payloads.ts'
import { messageId } from '../records/message-id.ts'
import { type CompareAndSet, retryConflicts, type Write } from '../redis/compare-and-set.ts'
import type { Due } from '../redis/due.ts'
import { type Clock, HOUR, MINUTE } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createTally } from '../runtime/tally.ts'
import { freshSince } from './fresh.ts'
import type { Outcome } from './outcome.ts'
import { type Plan, type Planned, type Policy, plan } from './plan.ts'
import { recipientsOf } from './recipients.ts'
import type { Line } from './turns.ts'

export type DecideParts = {
  customers: CustomerStore
  messages: MessageStore
  polar: Pick<PolarClient, 'customer' | 'members'>
  /** Receives the new address of a customer or member whose address was corrected. */
  addressCorrected: (address: string) => Promise<unknown>
  revokeLinks: RevokeLinks
  /** Customers who are due to be erased. */
  erasures: Pick<Due, 'write' | 'at'>
  /** The writes that schedule what a subscription's new state brings later. */
  reschedule: (
    subscription: SubscriptionRef,
    before: CustomerState,
    after: CustomerState,
  ) => Write[]
  compareAndSet: CompareAndSet
  /** Receives the messages of each fact that is new. */
  onDecided?: ((messages: NewMessages) => void) | undefined
  clock: Clock
  log: Log
  policy: Policy
}

/** The new messages of a fact. `withheld` is why they are not to be sent, if they are not. */
export type NewMessages = { kind: Kind; ids: readonly string[]; withheld: Withheld | null }

/**
 * The event that is decided: a stored one, or one that the schedule made, without an id. `isBackfilled`: its webhook never arrived.
 * Times in milliseconds.
 */
export type Cause = { id: string | null; receivedAt: number; isBackfilled?: boolean }

export type SubscriptionRef = { customerId: string; subscriptionId: string }

/** The outcome of an event, and its messages, for a nudge. */
export type Interpretation = { outcome: Outcome; decided: Decided[] }

/** `isNew`: it was decided just now, and is due already. */
export type Decided = { id: string; kind: Kind; isNew: boolean }

type AskRecipients = (customer: Customer, isOutdated: boolean) => Promise<Recipient[]>

/** A fact this young should have been mailed. By default, going live is as long before the first start. */
const FRESH = HOUR

/** A deleted customer is erased so long after its last event, which is settled by then. */
export const ERASED_AFTER = MINUTE

const atOnce: Line = (work) => work()

export const createDecide = ({
  customers,
  messages,
  polar,
  addressCorrected,
  revokeLinks,
  erasures,
  reschedule,
  compareAndSet,
  onDecided,
  clock,
  log,
  policy,
}: DecideParts) => {
  const droppedFresh = createTally(HOUR, clock, (events) =>
    log.warn(
      { events, live_since: new Date(policy.liveSince) },
      'fresh event not mailed, since it happened before LIVE_SINCE: set an earlier one if it should be',
    ),
  )

  /** The messages of a planned fact, and the write that records them; `null` where that is done already. */
  const addressed = async (
    planned: Planned,
    { id: eventId, receivedAt, type }: Cause & { type: string },
    state: CustomerState,
    ask: AskRecipients,
    withheld: Withheld | null,
  ) => {
    const { customer, ...decided } = planned
    const fact = { customerId: customer.id, kind: planned.kind, fact: planned.fact }
    const ids = await messages.decided(fact)
    if (ids) return { ...fact, ids, recipients: [], write: null }
    const recipients = await ask(customer, isOutdated(state, customer.email))
    const all = recipients.map(
      (recipient) =>
        ({
          id: messageId(planned.kind, planned.fact, recipient),
          eventId,
          eventType: type,
          receivedAt,
          plannedAt: clock.now(),
          recipient,
          ...decided,
        }) as Message, // kind and content come from one row of the plan and fit
    )
    const write = await messages.write(fact, all, state.externalId ?? null, withheld)
    return { ...fact, ids: all.map(({ id }) => id), recipients, write }
  }

  /** Pure, so an error would come back at every attempt: it is recorded as the outcome instead. */
  const meaning = (
    event: Event,
    { isBackfilled }: Cause,
    state: CustomerState,
  ): { next: CustomerState; decision: Plan } => {
    const applied = isBackfilled ? { ...policy, freshSince: freshSince(clock.now()) } : policy
    try {
      const next = applyEvent(state, event)
      return {
        next,
        decision: plan(event, next, applied),
      }
    } catch (error) {
      log.error({ event: event.id, ...failure(error) }, 'event not interpreted')
      return { next: state, decision: { ignored: 'unreadable', because: event.type } }
    }
  }

  const applyAddressChange = async (
    customerId: string,
    { memberId, because, address }: AddressChange,
  ): Promise<void> => {
    await revokeLinks({ customerId, memberId }, because, address)
    if (address) await addressCorrected(address)
  }

  /** One attempt; `null` when the customer or the subscription has changed meanwhile. */
  const attempt = async (
    event: Event,
    cause: Cause,
    ask: AskRecipients,
  ): Promise<Interpretation | null> => {
    const customerId = event.customer.id
    const subscriptionId = subscriptionIdIn(event)
    const loaded = await customers.load(customerId, subscriptionId)
    const { state } = loaded
    const { next, decision } = meaning(event, cause, state)
    // Before the state is written: a crash in between finds the old address again, and repeats this.
    const move = addressChangeIn(event, state, next)
    if (move) await applyAddressChange(customerId, move)
    const withheld = 'withheld' in decision ? decision.ignored : null
    const planned =
      'message' in decision
        ? [decision.message, ...(decision.also ?? [])]
        : 'withheld' in decision
          ? [decision.withheld]
          : []
    const all = await Promise.all(
      planned.map((message) =>
        addressed(message, { ...cause, type: event.type }, next, ask, withheld),
      ),
    )
    const now = all.reduce((so, { recipients }) => rememberRecipients(so, recipients), next)
    const recorded = all.filter(({ write }) => write !== null)
    const update = customers.update(customerId, loaded, now)
    const writes = [
      ...update.writes,
      ...recorded.flatMap(({ write }): Write[] => (write ? [write] : [])),
      ...(subscriptionId ? reschedule({ customerId, subscriptionId }, state, now) : []),
      // Its last events come beside its deletion, and after it: each erasure is for what has come until then.
      ...(now.deletedAt ? [erasures.write(customerId, clock.now() + ERASED_AFTER, 'high')] : []),
    ]
    const done = writes.length === 0 ? [] : await compareAndSet(update.guards, writes)
    if (!done) return null
    // Two events of one fact may be decided side by side: the messages that were recorded first hold.
    const ids = await Promise.all(
      all.map(async ({ kind, ids, write }) => {
        const found = write && done[recorded.findIndex((one) => one.write === write)]
        if (Buffer.isBuffer(found)) return messages.idsOf(customerId, found)
        if (write) onDecided?.({ kind, ids, withheld })
        return ids
      }),
    )
    const named = ids.flat()
    if ('ignored' in decision) {
      const { ignored, because } = decision
      const isFresh =
        decision.ignored === 'before_live' && cause.receivedAt < decision.happenedAt + FRESH
      if (isFresh) droppedFresh()
      const outcome = { ignored, because, ...(named.length > 0 && { messages: named }) }
      return { outcome, decided: [] }
    }
    // A message that an earlier event has decided may wait for what this one says.
    const decided = all.flatMap(({ kind, write }, at) =>
      (ids[at] ?? []).map((id) => ({ id, kind, isNew: write !== null })),
    )
    return named.length > 0
      ? { outcome: { messages: named }, decided }
      : {
          outcome: { ignored: 'no_recipient', because: decision.message.kind },
          decided,
        }
  }

  /**
   * @param retry waits until it may be tried again, after another writer changed the state.
   * @throws {PolarUnavailableError} where Polar cannot name the recipients.
   */
  return (event: Event, cause: Cause, retry: Line = atOnce): Promise<Interpretation> => {
    const asked = new Map<boolean, ReturnType<AskRecipients>>()
    const ask: AskRecipients = (customer, isOutdated) => {
      const answer = asked.get(isOutdated) ?? recipientsOf(customer, isOutdated, polar)
      asked.set(isOutdated, answer)
      return answer
    }
    let isRetry = false
    return retryConflicts(() => {
      const when = isRetry ? retry : atOnce
      isRetry = true
      return when(() => attempt(event, cause, ask))
    })
  }
}

export type Decide = ReturnType<typeof createDecide>
