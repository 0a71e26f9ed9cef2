// Messages in Redis: each in a record with its delivery, and for each business fact a once-only key, for ever.

import { type Kind, kinds } from '../../emails/index.ts'
import type { NotSent } from '../deliveries/composed.ts'
import { type Delivery, newDelivery } from '../deliveries/delivery.ts'
import { CLICKED, labelsOf } from '../deliveries/labels.ts'
import { transition } from '../deliveries/transition.ts'
import type { Listed } from '../records/list.ts'
import {
  customerKeyOf,
  factDigest,
  isMessageId,
  messageIdOf,
  partsOfMessageId,
} from '../records/message-id.ts'
import { bodyKey, type LoadedRecord, messageKey, type RecordStore } from '../records/store.ts'
import type { CompareAndSet, Write } from '../redis/compare-and-set.ts'
import { type Due, NUDGE_LOST } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import type { Once } from '../redis/once.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { comparableAddress } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Message } from './message.ts'
import { messagePriority } from './priority.ts'

/** A business fact of a customer. */
export type Fact = { customerId: string; kind: Kind; fact: string }

/** The value of a once-only key: the number of the fact's first message in the index, and how many there are. */
const onceValue = (n: number, count: number): Buffer => {
  const value = Buffer.alloc(5)
  value.writeUInt32BE(n)
  value.writeUInt8(Math.min(count, 255), 4)
  return value
}

/** Why a message is recorded and not sent: its fact is older than going live, or was found too late. */
export type Withheld = Extract<NotSent, 'before_live' | 'too_old'>

const withheldAt = (at: number, because: Withheld): Delivery =>
  transition(newDelivery, { what: 'not_sent', at, because }) ?? newDelivery

/** Finds the messages to an address. */
export const addressTerm = (address: string) => `address:${comparableAddress(address)}`

/** Finds the messages to a customer and its members. */
export const customerTerm = (customerId: string) => `customer:${customerId}`

/** The order that a message is about. */
export const orderOf = ({ content, target }: Message): string | null =>
  'order' in content && content.order && 'id' in content.order
    ? content.order.id
    : (/^order:(.+)$/.exec(target)?.[1] ?? null)

/** The number of its invoice, where Polar had assigned one when the message was decided. */
const invoiceOf = ({ content }: Message): string | null =>
  'order' in content && content.order && 'number' in content.order ? content.order.number : null

const invoiceTerm = (number: string) => `invoice:${number.toLowerCase()}`

/** The terms by which a message is found. Its event leads to it too. */
const termsOf = (message: Message, externalId: string | null): string[] => {
  const { recipient, subscriptionId } = message
  const order = orderOf(message)
  const invoice = invoiceOf(message)
  return [
    customerTerm(recipient.customerId),
    addressTerm(recipient.address),
    ...(recipient.memberId ? [`member:${recipient.memberId}`] : []),
    ...(externalId ? [`external:${externalId}`] : []),
    ...(subscriptionId ? [`subscription:${subscriptionId}`] : []),
    ...(order ? [`order:${order}`] : []),
    ...(invoice ? [invoiceTerm(invoice)] : []),
  ]
}

/** Whether a text can be an id of Polar's or Resend's. Only a merchant's own ids may look like an address. */
export const isIdLike = (text: string): boolean => !text.includes('@')

/** Every term that a text may be: an address, an invoice number, or an id of Polar's, of Resend's or of the merchant's. */
export const termsNaming = (text: string): string[] => {
  const external = `external:${text}`
  if (!isIdLike(text)) return [addressTerm(text), external]
  const names = ['customer', 'member', 'order', 'subscription', 'email']
  return [...names.map((name) => `${name}:${text}`), invoiceTerm(text), external]
}

export const kindLabel = (kind: Kind) => `kind:${kind}`

export const KIND_LABELS = kinds.map(kindLabel)

/** The message in its record. */
export const messageIn = (id: string, { parts }: LoadedRecord): Message =>
  ({ id, ...(parts.message as Omit<Message, 'id'>) }) as Message

/** The terms of a message in its record: once it is accepted, Resend's id is one of them. */
export const termsIn = (id: string, record: LoadedRecord, externalId: string | null): string[] => {
  const delivery = record.parts.delivery as Delivery
  return [
    ...termsOf(messageIn(id, record), externalId),
    ...(delivery.state === 'accepted' ? [`email:${delivery.providerId}`] : []),
  ]
}

type MessageStoreParts = {
  records: RecordStore
  compareAndSet: CompareAndSet
  index: RecordIndex
  once: Once
  due: Due
  clock: Clock
}

export const createMessageStore = (parts: MessageStoreParts) => {
  const { records, compareAndSet, index, once, due, clock } = parts

  /** The ids of a fact's messages, from the value of its once-only key. */
  const idsOf = async (customerId: string, value: Buffer): Promise<string[]> => {
    const customer = customerKey(customerId)
    const entries = await index.entries(customer, value.readUInt32BE(), value.readUInt8(4))
    return entries.map(({ digest }) => messageIdOf(customer, digest.toString('base64url')))
  }

  const remove = async ({ id, record }: Listed): Promise<boolean> => {
    const delivery = record.parts.delivery as Delivery
    const labels = [kindLabel(messageIn(id, record).kind), ...labelsOf(delivery), CLICKED]
    const removed = await compareAndSet(record, [
      { key: record.key, delete: true },
      { key: bodyKey(id), delete: true },
      due.doneWrite(id),
      ...index.remove(customerKeyOf(id), record.parts.n, labels),
    ])
    return removed !== null
  }

  return {
    /** `null` where there is no such message, or the text is no message id. */
    load: async (id: string): Promise<Message | null> => {
      if (!isMessageId(id)) return null
      const record = await records.load(messageKey(id))
      return record && messageIn(id, record)
    },
    idsOf,
    /**
     * Removes a message that has grown old, with all that is known of it. Its once-only key stays, and the index compacts its
     * terms.
     * @returns `false` where it has changed since it was read.
     */
    remove,
    /** The same for a message that is erased: its terms go at once. */
    erase: async (listed: Listed): Promise<boolean> => {
      const { id, record } = listed
      if (!(await remove(listed))) return false
      // The record first, since it is found by its terms. A crash here leaves terms that lead to nothing.
      await index.dropTerms(customerKeyOf(id), record.parts.n, termsIn(id, record, null))
      return true
    },
    /** The messages that were decided for a fact; `null` if the fact is new. */
    decided: async ({ customerId, kind, fact }: Fact): Promise<string[] | null> => {
      const value = await once.find(customerKey(customerId), factDigest(customerId, kind, fact))
      return value && idsOf(customerId, value)
    },
    /**
     * The write that records a fact with its messages, and makes them due, unless it is recorded already.
     * @param withheld why they are recorded as not sent, if they are.
     */
    write: async (
      { customerId, kind, fact }: Fact,
      messages: readonly Message[],
      externalId: string | null,
      withheld: Withheld | null = null,
    ): Promise<Write> => {
      const customer = customerKey(customerId)
      const at = clock.now()
      const delivery = withheld ? withheldAt(at, withheld) : newDelivery
      const first = await index.next(customer, messages.length)
      const then = messages.flatMap(({ id, ...message }, offset): Write[] => {
        const n = first + offset
        const digest = Buffer.from(partsOfMessageId(id).recordId, 'base64url')
        const labels = [kindLabel(kind), ...labelsOf(delivery)]
        const terms = termsOf({ id, ...message } as Message, externalId)
        return [
          records.create(messageKey(id), { n, message, delivery }),
          ...index.writes(customer, n, { digest, at, labels, terms }),
          index.total(customer, kind),
          ...(delivery.state === 'waiting'
            ? [due.write(id, at + NUDGE_LOST, messagePriority(kind))]
            : []),
        ]
      })
      const digest = factDigest(customerId, kind, fact)
      const value = onceValue(first, messages.length)
      return { key: once.bucketOf(customer, digest), once: digest, value, then }
    },
  }
}

export type MessageStore = ReturnType<typeof createMessageStore>
