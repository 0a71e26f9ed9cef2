// A message: one email to one person about one business fact, as it was decided. A message never changes; its delivery does.

import { createHash } from 'node:crypto'
import type { ContentOf, Kind } from '../../emails/index.ts'
import type { Target } from '../links/link.ts'
import { customerKey } from '../redis/keys.ts'

/** The person who gets the message: the customer, or one of its members. */
export type Recipient = {
  customerId: string
  memberId: string | null
  address: string
  name: string | null
  locale: string | null
}

type MessageOf<K extends Kind> = {
  v: 1
  /** `msg_`, the customer's key (22 characters), a digest of kind, fact and recipient (22). */
  id: string
  kind: K
  /** The business fact, readable, such as `order/<id>/purchase`: one message per fact and recipient, for ever. */
  fact: string
  /** The `webhook-id` of the event that caused it. */
  eventId: string
  /** When it was decided, in milliseconds. */
  plannedAt: number
  recipient: Recipient
  content: ContentOf[K]
  /** The portal page that the button of the email leads to. */
  target: Target
  subscriptionId: string | null
  productId: string | null
  /** The message that an operator sent again; this one is about a fact of its own. */
  resendOf?: string
  /** The last change of the subscription that its content shows, in milliseconds. */
  asOf?: number
}

/** A union over the kinds, so that kind and content always fit. */
export type Message = { [K in Kind]: MessageOf<K> }[Kind]

/** The email cannot be composed yet; `retryAt` is in milliseconds. */
export type NotYet = { retryAt: number }

const digest = (...parts: string[]) =>
  createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16).toString('base64url')

/** The same for the same kind, fact and recipient (a customer's or a member's id, never an address). */
export const messageId = (
  kind: Kind,
  fact: string,
  recipient: Pick<Recipient, 'customerId' | 'memberId'>,
) =>
  `msg_${customerKey(recipient.customerId)}${digest(kind, fact, recipient.memberId ?? recipient.customerId)}`

const MESSAGE_ID = /^msg_([\w-]{22})[\w-]{22}$/

export const isMessageId = (text: string): boolean => MESSAGE_ID.test(text)

/** The key of the customer whom a message id belongs to; `null` for any other text. */
export const customerIn = (text: string): string | null => MESSAGE_ID.exec(text)?.[1] ?? null

/**
 * The same for a text that must be a message id.
 * @throws {Error} for any other text, so that no key is ever made of it.
 */
export const customerKeyOf = (id: string): string => {
  const key = customerIn(id)
  if (key === null) throw new Error('not a message id')
  return key
}

export const factDigest = (kind: Kind, fact: string) => digest(kind, fact)
