// A delivery: how the handing of one message to the provider fares.
//
//   waiting ──claim──▶ sending ──accepted──▶ accepted
//      ▲  │               │  └──refused for good, or nobody can tell any more──▶ failed
//      │  └──not wanted any more──▶ not_sent
//      └────refused for now (thawed)────┘
//
// While it is `sending` the email is frozen: stored, and sent byte for byte under the same idempotency key, however often.

import type { Kind } from '../../emails/index.ts'

/** An email as the provider takes it, with placeholders where its links stand. */
export type Email = {
  from: string
  replyTo: string | null
  to: string
  subject: string
  html: string
  text: string
  kind: Kind
  /** The content is in base64. */
  attachment: { filename: string; content: string } | null
}

/** Why a message was not sent. */
export type NotSent =
  | 'shadow'
  | 'not_allowed'
  | 'recovered'
  | 'cancelled'
  | 'taken_back'
  | 'ended'
  | 'customer_deleted'
  | 'organization_closing'

/** What composing a message comes to; `lookAgainAt` (ms) is when it may be complete. */
export type Composed = { email: Email } | { notSent: NotSent } | { lookAgainAt: number }

/** An email cannot be made of what is known; trying again would not change that. */
export class Unrenderable extends Error {
  override readonly name = 'Unrenderable'
}

export type Delivery = { v: 1 } & (
  | {
      state: 'waiting'
      /** Claims so far: each has an idempotency key of its own. */
      claims: number
      /** Not before this time, in milliseconds. */
      notBefore: number
    }
  | {
      state: 'sending'
      claims: number
      tries: number
      firstTriedAt: number
      /** Until then the try belongs to whoever began it; afterwards to whoever comes. */
      nextTryAt: number
    }
  | { state: 'accepted'; at: number; providerId: string }
  | { state: 'not_sent'; at: number; because: NotSent }
  | { state: 'failed'; at: number; because: string }
)

/** A message nobody has looked at yet has no record. */
export const untouched: Delivery = { v: 1, state: 'waiting', claims: 0, notBefore: 0 }

/** At most 256 characters; one for each claim, since each claim may render other bytes. */
export const idempotencyKey = (messageId: string, claims: number) => `${messageId}.${claims}`
