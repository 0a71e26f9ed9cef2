// Understanding an event: what it adds to what we know, what is to be said, to whom. Safe to repeat at any point.

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
import type { Enqueue, Enqueued } from '../messages/enqueue.ts'
import { type Message, messageId, type Recipient } from '../messages/message.ts'
import type { MessageStore } from '../messages/store.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Event, type ParsedEvent, readEvent, readOrder } from '../polar/event.ts'
import type { Customer } from '../polar/payloads.ts'
import { type CompareAndSet, retryConflicts, type Write } from '../redis/compare-and-set.ts'
import { type Clock, DAY, HOUR, MINUTE } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createTally } from '../runtime/tally.ts'
import { type Plan, type Planned, type Policy, plan } from './plan.ts'
import { recipientsOf } from './recipients.ts'
import type { Ignored } from './row.ts'
import { wentThrough } from './rows/refunds.ts'
import type { EventStore, Outcome, StoredEvent } from './store.ts'
import { createTurns } from './turns.ts'

type InterpretParts = {
  events: EventStore
  customers: CustomerStore
  messages: MessageStore
  /** Sees to it that messages are delivered: durable when it resolves. */
  enqueue: Enqueue
  polar: Pick<PolarClient, 'customer' | 'members' | 'order'>
  /** Told of the address that a customer or a member has instead of another one. */
  addressCorrected: (address: string) => Promise<unknown>
  revokeLinks: RevokeLinks
  /** The write that records a message as not sent, since what it is about happened before going live. */
  withheld: (messageId: string) => Write
  compareAndSet: CompareAndSet
  clock: Clock
  log: Log
  policy: Policy
}

/** What came of an event, and the messages that are to be delivered. */
type Interpretation = { outcome: Outcome; messages: Enqueued[] }

type AskRecipients = (customer: Customer, isOutdated: boolean) => Promise<Recipient[]>

/** Younger than this, a fact is news to its customer. By default going live is as long before the first start. */
const FRESH = HOUR

/** Polar is not asked again about an event any sooner. */
const PUT_OFF = MINUTE

/** What Polar does not tell for so long it never will. */
const MOST_PUT_OFF = DAY

export const createInterpret = ({
  events,
  customers,
  messages,
  enqueue,
  polar,
  addressCorrected,
  revokeLinks,
  withheld,
  compareAndSet,
  clock,
  log,
  policy,
}: InterpretParts) => {
  const droppedFresh = createTally(HOUR, clock, (events) =>
    log.warn(
      { events, live_since: new Date(policy.liveSince) },
      'fresh event not mailed, since it happened before LIVE_SINCE: set an earlier one if it should be',
    ),
  )

  /** Who hears of what is planned, and the writes that record it. */
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

  /** Nothing here waits for anything: what throws once would throw for ever, and is recorded instead. */
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

  /** One try; `null` when another process has interpreted an event of the customer meanwhile. */
  const decide = async (
    event: Event,
    stored: StoredEvent,
    ask: AskRecipients,
  ): Promise<Interpretation | null> => {
    const customerId = event.customer.id
    const loaded = await customers.load(customerId, subscriptionIdIn(event))
    const { state } = loaded
    const { next, decision } = meaning(event, state, stored.id)
    // Before it is known: a crash in between finds the event to be understood, and the address still another one.
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
    const done = writes.length === 0 || (await compareAndSet(loaded.guards, writes))
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
        // Two events of one fact may have been decided side by side: the recipients that were stored first are the fact's.
        const first = done === 'kept' ? await messages.recipients(customerId, kind, fact) : null
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

  /** The event with what it lacks: a refund names neither its customer nor what was bought. */
  const withOrder = async (
    payload: Exclude<ParsedEvent, { about: 'something else' }>,
    { receivedAt }: StoredEvent,
  ): Promise<Event | null> => {
    if (payload.about !== 'refund') return payload
    try {
      const order = readOrder(await polar.order(payload.refund.order_id), payload.occurredAt)
      if (!('unreadable' in order)) return { ...payload, order, customer: order.customer }
      throw new PolarUnavailableError('Polar: an order that cannot be read')
    } catch (error) {
      // Even "no such order" may be said by mistake: it is asked again for a day.
      if (error instanceof PolarUnavailableError && clock.now() > receivedAt + MOST_PUT_OFF)
        return null
      throw error
    }
  }

  const ignore = (ignored: Ignored, because: string): Interpretation => ({
    outcome: { ignored, because },
    messages: [],
  })

  /** The event, and thereby whose it is; or what it means where it is nobody's. */
  const complete = async (
    payload: ReturnType<typeof readEvent>,
    stored: StoredEvent,
  ): Promise<Event | Interpretation> => {
    if ('unreadable' in payload) return ignore('unreadable', payload.unreadable)
    if (payload.about === 'something else') return ignore('not_mapped', payload.type)
    if (payload.about === 'refund' && !wentThrough(payload.refund))
      return ignore('not_mapped', `${payload.type}: ${payload.refund.status}`)
    const event = await withOrder(payload, stored)
    return event ?? ignore('unreadable', 'a refund whose order Polar does not know')
  }

  const interpretEvent = (event: Event, stored: StoredEvent): Promise<Interpretation> => {
    const asked = new Map<boolean, ReturnType<AskRecipients>>()
    const ask: AskRecipients = (customer, isOutdated) => {
      const answer = asked.get(isOutdated) ?? recipientsOf(customer, isOutdated, polar)
      asked.set(isOutdated, answer)
      return answer
    }
    return retryConflicts(() => decide(event, stored, ask))
  }

  const settle = async (id: string, type: string | null, { outcome, messages }: Interpretation) => {
    // A crash here finds the event unsettled: it is understood again, and the same messages are already there.
    await enqueue(messages)
    await events.settle(id, outcome)
    log.info({ event: id, type, ...outcome }, 'event interpreted')
  }

  /** @param inTurn does the work on an event when its customer's turn is its. */
  const interpretStored = async (
    id: string,
    inTurn: (customerId: string, work: () => Promise<void>) => Promise<void>,
  ): Promise<void> => {
    const stored = await events.load(id)
    if (!stored) return
    if (stored.outcome) {
      await events.done(id) // somebody was faster, and this one's putting off came after
      return
    }
    const payload = readEvent(stored)
    const type = 'type' in payload ? payload.type : null
    try {
      const event = await complete(payload, stored)
      if ('outcome' in event) await settle(id, type, event)
      else
        await inTurn(event.customer.id, async () =>
          settle(id, type, await interpretEvent(event, stored)),
        )
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      await events.putOff(id, clock.now() + PUT_OFF)
      log.warn({ event: id, type, ...failure(error) }, 'event put off')
    }
  }

  const turns = createTurns((id) =>
    interpretStored(id, (_, work) => work()).catch((error) =>
      log.error({ id, ...failure(error) }, 'events failed'),
    ),
  )

  return {
    /** Resolves when the event is interpreted, or waits for others of its customer. */
    interpret: async (id: string): Promise<void> => {
      if (turns.isWaiting(id)) return
      await interpretStored(id, (customerId, work) => turns.take(customerId, id, work))
    },
    close: turns.close,
  }
}
