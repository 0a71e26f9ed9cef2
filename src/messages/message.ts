// A message: one email to one person about one business fact, as it was decided. A message never changes; its delivery does.

import type { ContentOf, Kind } from '../../emails/index.ts'
import type { Target } from '../links/link.ts'

/** The person who gets the message: the customer, or one of its members. */
export type Recipient = {
  customerId: string
  memberId: string | null
  address: string
  name: string | null
  locale: string | null
  /** The country of the billing address, two letters (ISO 3166-1), if it is known. */
  country?: string
}

type MessageOf<K extends Kind> = {
  /** See records/message-id.ts. */
  id: string
  kind: K
  /** The business fact, readable, such as `order/<id>/purchase`: one message per fact and recipient, for ever. */
  fact: string
  /**
   * The event that caused it: its `webhook-id`, its type, and when it was received, in milliseconds. The schedule's events are
   * not stored, and have no id.
   */
  eventId: string | null
  eventType: string
  receivedAt: number
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
  /** The message whose email is sent once more as it was, rather than composed anew. */
  sameAs?: string
  /** The last change of the subscription that its content shows, in milliseconds. */
  asOf?: number
}

/** A union over the kinds, so that kind and content always fit. */
export type Message = { [K in Kind]: MessageOf<K> }[Kind]

/** The messages of these kinds. */
export type OfKind<K extends Kind> = Extract<Message, { kind: K }>

/** The order of a reminder of an unpaid invoice of usage; `null` for every other message. */
export const usageOrderOf = ({ kind, content, target }: Message): string | null =>
  kind === 'payment_reminder' && content.deadline === null ? target.replace(/^order:/, '') : null

/** The email cannot be composed yet; `retryAt` is in milliseconds. */
export type NotYet = { retryAt: number }
