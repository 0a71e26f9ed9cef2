// Decides an event: the next customer state and the messages, written in one step. Safe to repeat.

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
import type { Enqueued } from '../messages/enqueue.ts'
import { type Message, messageId, type Recipient } from '../messages/message.ts'
import type { MessageStore } from '../messages/store.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Event } from '../polar/event.ts'
import type { Customer } from '../polar/payloads.ts'
import { type CompareAndSet, retryConflicts, type Write } from '../redis/compare-and-set.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createTally } from '../runtime/tally.ts'
import { type Plan, type Planned, type Policy, plan } from './plan.ts'
import { recipientsOf } from './recipients.ts'
import type { Outcome, StoredEvent } from './store.ts'
import type { Line } from './turns.ts'

export type DecideParts = {
  customers: CustomerStore
  messages: MessageStore
  polar: Pick<PolarClient, 'customer' | 'members'>
  /** Receives the new address of a customer or member whose address was corrected. */
  addressCorrected: (address: string) => Promise<unknown>
  revokeLinks: RevokeLinks
  /** The write that records a message as not sent, because its fact is older than going live. */
  withheld: (messageId: string) => Write
  compareAndSet: CompareAndSet
  clock: Clock
  log: Log
  policy: Policy
}

/** The outcome of an event, and the messages to deliver. */
export type Interpretation = { outcome: Outcome; messages: Enqueued[] }

type AskRecipients = (customer: Customer, isOutdated: boolean) => Promise<Recipient[]>

/** A fact this young should have been mailed. By default, going live is as long before the first start. */
const FRESH = HOUR

const atOnce: Line = (work) => work()

export const createDecide = ({
  customers,
  messages,
  polar,
  addressCorrected,
  revokeLinks,
  withheld,
  compareAndSet,
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

  /** The recipients of a planned message, and the writes that record it. */
  const addressed = async (
    planned: Planned,
    stored: StoredEvent,
    state: CustomerState,
    ask: AskRecipients,
  ) => {
    const { customer, ...decided } = planned
    const { kind, fact } = planned
    const recipients =
      (await messages.recipients(customer.id, kind, fact)) ??
      (await ask(customer, isOutdated(state, customer.email)))
    const decidedMessages = recipients.map(
      (recipient) =>
        ({
          v: 1,
          id: messageId(kind, fact, recipient),
          eventId: stored.id,
          plannedAt: clock.now(),
          recipient,
          ...decided,
        }) as Message, // kind and content come from one row of the plan and fit
    )
    const writes = messages.writes(customer.id, kind, fact, recipients, decidedMessages)
    return { kind, fact, recipients, writes }
  }

  const idsOf = ({ kind, fact, recipients }: Awaited<ReturnType<typeof addressed>>) =>
    recipients.map((recipient) => messageId(kind, fact, recipient))

  /** Pure, so an error would come back at every attempt: it is recorded as the outcome instead. */
  const meaning = (
    event: Event,
    state: CustomerState,
    id: string,
  ): { next: CustomerState; decision: Plan } => {
    try {
      const next = applyEvent(state, event)
      return { next, decision: plan(event, next, policy) }
    } catch (error) {
      log.error({ event: id, ...failure(error) }, 'event not interpreted')
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
    stored: StoredEvent,
    ask: AskRecipients,
  ): Promise<Interpretation | null> => {
    const customerId = event.customer.id
    const loaded = await customers.load(customerId, subscriptionIdIn(event))
    const { state } = loaded
    const { next, decision } = meaning(event, state, stored.id)
    // Before the state is written: a crash in between finds the old address again, and repeats this.
    const move = addressChangeIn(event, state, next)
    if (move) await applyAddressChange(customerId, move)
    const planned =
      'message' in decision
        ? [decision.message, ...(decision.also ?? [])]
        : decision.withheld
          ? [decision.withheld]
          : []
    const all = await Promise.all(planned.map((message) => addressed(message, stored, next, ask)))
    const now = all.reduce((so, { recipients }) => rememberRecipients(so, recipients), next)
    const writes = [
      ...customers.writes(customerId, loaded, now),
      ...all.flatMap((one) => one.writes),
      ...('ignored' in decision ? all.flatMap(idsOf).map(withheld) : []),
    ]
    const done = writes.length === 0 ? [] : await compareAndSet(loaded.guards, writes)
    if (!done) return null
    if ('ignored' in decision) {
      const { ignored, because, happenedAt } = decision
      if (happenedAt !== undefined && stored.receivedAt < happenedAt + FRESH) droppedFresh()
      const withheld = all.flatMap(idsOf)
      const outcome = { ignored, because, ...(withheld.length > 0 && { messages: withheld }) }
      return { outcome, messages: [] }
    }
    const decided = await Promise.all(
      all.map(async ({ kind, fact, recipients }): Promise<Enqueued[]> => {
        // Two events of one fact may be decided side by side: the recipients that were stored first hold.
        const first = done.includes(false)
          ? await messages.recipients(customerId, kind, fact)
          : null
        return (first ?? recipients).map((one) => ({ kind, id: messageId(kind, fact, one) }))
      }),
    )
    const enqueued = decided.flat()
    const outcome: Outcome =
      enqueued.length > 0
        ? { messages: enqueued.map(({ id }) => id) }
        : { ignored: 'no_recipient', because: decision.message.kind }
    return { outcome, messages: enqueued }
  }

  /**
   * @param retry waits until it may be tried again, after another writer changed the state.
   * @throws {PolarUnavailableError} where Polar cannot name the recipients.
   */
  return (event: Event, stored: StoredEvent, retry: Line = atOnce): Promise<Interpretation> => {
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
      return when(() => attempt(event, stored, ask))
    })
  }
}
