// Fills a Redis with the history of a merchant: finished messages with their links, reports and clicks, the outlines of their
// events, customer states, once-only keys and index entries. The stores make every write; only the steps in between are left out.

import type { Click } from '../../../src/clicks/store.ts'
import { addressDigest } from '../../../src/customers/digest.ts'
import { newCustomer } from '../../../src/customers/state.ts'
import { type Delivery, type Happening, newDelivery } from '../../../src/deliveries/delivery.ts'
import { CLICKED, labelsOf, outcomesOf } from '../../../src/deliveries/labels.ts'
import { transition } from '../../../src/deliveries/transition.ts'
import { entryOf, labelsOf as eventLabelsOf } from '../../../src/events/entry.ts'
import { createEventRecords, type Outline } from '../../../src/events/record.ts'
import { eventKey } from '../../../src/events/store.ts'
import { type MailedLinks, markOf } from '../../../src/links/link.ts'
import type { Message } from '../../../src/messages/message.ts'
import { payloadPacking, recordPacking } from '../../../src/records/packing.ts'
import { messageKey } from '../../../src/records/store.ts'
import type { Write } from '../../../src/redis/compare-and-set.ts'
import { customerKey, customerSlot } from '../../../src/redis/keys.ts'
import { DAY, MINUTE, SECOND } from '../../../src/runtime/clock.ts'
import { addressOf } from '../polar/customers.ts'
import type { Engine } from './engine.ts'
import { emailIdOf, messageOf, type Template } from './templates.ts'

/** Messages that are written side by side. */
const PORTION = 500

/** The history is so long, however many messages it has. */
const LENGTH = 300 * DAY

/** One message in so many was clicked by a person. */
const CLICKED_EACH = 5

/** So many bounced, however long the history is: the label that is hardest to list. */
export const BOUNCED = 50

const eventRecords = createEventRecords({ outlines: recordPacking, payloads: payloadPacking })

/** A record without a payload: the outline that follows has none either. Its first byte says so (events/record.ts). */
const WITHOUT_PAYLOAD = Buffer.of(4)

const after = (happenings: readonly Happening[]): Delivery =>
  happenings.reduce<Delivery>((delivery, happening) => {
    const next = transition(delivery, happening)
    if (!next) throw new Error(`a delivery cannot be ${happening.what}`)
    return next
  }, newDelivery)

const deliveryOf = (at: number, providerId: string, is: 'delivered' | 'bounced'): Delivery =>
  after([
    { what: 'claimed', at, retryAt: at + 10 * SECOND },
    { what: 'accepted', at: at + SECOND, providerId },
    {
      what: 'reported',
      at: at + 3 * SECOND,
      report: { is, at: at + 3 * SECOND },
      providerId,
      acceptedAt: at,
    },
  ])

const linksOf = (at: number): MailedLinks => ({
  createdAt: Math.floor(at / SECOND),
  expiresAt: at + LENGTH + 90 * DAY, // a click on any of them signs in
  revision: 0,
  gateway: 'none',
  mailedAt: at + 3 * SECOND,
})

const clicksOf = (message: Message, at: number) => {
  const click: Click = {
    ...{ link: markOf(message.target), at: at + 5 * MINUTE, visitor: 'person' },
    ...{ evidence: ['navigation'], ending: 'signed_in', took: 181.4 },
  }
  return { clicks: [click], machines: [], people: ['q7Zx'] }
}

type Finished = {
  message: Message
  at: number
  emailId: string
  isBounced: boolean
  isClicked: boolean
}

/** The write of a message, with its record as it is once all is over, in place of one that is due. */
const messageWrite = async ({ messages, index, records }: Engine, one: Finished) => {
  const { message, at, emailId, isBounced, isClicked } = one
  const { id, ...rest } = message
  const { kind, fact, recipient } = message
  const { customerId } = recipient
  const write = await messages.write({ customerId, kind, fact }, [message], null)
  if (!('once' in write)) throw new Error('a message is written without its once-only key')
  const n = write.value.readUInt32BE()
  const key = messageKey(id)
  const customer = customerKey(customerId)
  const delivery = deliveryOf(at, emailId, isBounced ? 'bounced' : 'delivered')
  const clicks = isClicked && { clicks: clicksOf(message, at) }
  const also = isClicked ? [CLICKED] : []
  const outcomes = [...outcomesOf(newDelivery, delivery), ...also]
  const then: Write[] = [
    ...write.then.filter((other) => other.key !== key && !('add' in other)),
    records.create(key, { n, message: rest, delivery, links: linksOf(at), ...clicks }),
    ...index.relabel(customer, n, labelsOf(newDelivery), [...labelsOf(delivery), ...also]),
    ...index.terms(customer, n, [`email:${emailId}`]),
    ...index.count(
      customer,
      at,
      outcomes.map((outcome) => `${kind}:${outcome}`),
    ),
  ]
  return { ...write, then }
}

/** The customer state that one purchase leaves. */
const stateWrites = ({ customers }: Engine, id: string, at: number): readonly Write[] => {
  const loaded = {
    ...{ state: newCustomer, own: null },
    customer: { key: customerSlot(customerKey(id), 'state'), expected: null },
  }
  const asOf = { changedAt: at, occurredAt: at }
  const address = { hash: addressDigest(addressOf(id)), asOf }
  const state = { ...newCustomer, lastSeenAt: at - (at % DAY), address }
  return customers.update(id, loaded, state).writes
}

const eventWrites = async ({ eventIndex }: Engine, message: Message, at: number) => {
  const { eventId, eventType: type, recipient } = message
  const id = eventId ?? ''
  const outline: Outline = {
    ...{ type, ids: { customer: recipient.customerId }, outcome: { messages: [message.id] } },
    ...{
      receivedAt: at,
      isBackfilled: false,
      interpretedAt: at + 40,
      n: await eventIndex.next(id),
    },
  }
  const stored = { id, record: WITHOUT_PAYLOAD, body: null, ...outline }
  return [
    { key: eventKey(id), set: eventRecords.interpreted(stored, outline) },
    ...eventIndex.writes(id, outline.n, entryOf(id, outline)),
    ...eventIndex.count(id, at, eventLabelsOf(outline)),
  ]
}

/** The part of the history that one process writes. Each writes in the order of time. */
export type Share = 'messages' | 'events'

export type SeedOrder = {
  count: number
  /** When the history ends, in milliseconds. */
  until: number
  templates: readonly Template[]
}

/** The `n`th message, and when it was decided, in milliseconds. */
export const messageAt = ({ count, until, templates }: SeedOrder, n: number) => {
  const at = Math.floor(until - LENGTH + ((n + 1) / count) * LENGTH)
  return { at, message: messageOf(templates, n, at) }
}

/**
 * Writes a share of `count` messages, each to a customer of its own, evenly over 300 days.
 * @param setTime sets the clock of the engine.
 */
export const seed = async (
  engine: Engine,
  order: SeedOrder,
  share: Share,
  setTime: (at: number) => void,
): Promise<void> => {
  const { count } = order
  const everyBounce = Math.max(1, Math.floor(count / BOUNCED))

  const writesOf = async (n: number): Promise<readonly Write[]> => {
    const { at, message } = messageAt(order, n)
    setTime(at) // read before anything is waited for
    if (share === 'events') return eventWrites(engine, message, at)
    const isBounced = n % everyBounce === 0
    const isClicked = n % CLICKED_EACH === 0
    const finished = { message, at, emailId: emailIdOf(n), isBounced, isClicked }
    const state = stateWrites(engine, message.recipient.customerId, at)
    return [await messageWrite(engine, finished), ...state]
  }

  for (let from = 0; from < count; from += PORTION) {
    const portion = Array.from({ length: Math.min(PORTION, count - from) }, (_, at) => from + at)
    await Promise.all(portion.map(async (n) => engine.compareAndSet([], await writesOf(n))))
  }
}
