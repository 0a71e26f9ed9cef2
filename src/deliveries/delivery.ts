// A delivery: how the handing of one message to the provider fares.
//
//   waiting ──claim──▶ sending, batched ──accepted──▶ accepted
//      ▲  │              │  │  └──key no longer trusted──▶ unconfirmed ──Resend knows it──▶ accepted
//      │  │              │  └──refused for good──▶ failed        └──nobody can tell──▶ held
//      │  ├──not wanted any more──▶ not_sent                                            │
//      │  └──too many to one person──▶ held ──┐                                         │
//      └────refused for now (thawed)──────────┴──released by a person───────────────────┘
//
// From its claim until its end is known the email is frozen: stored, and sent byte for byte under the same idempotency key,
// however often; alone under a key of its own (`sending`), or with others under the key of their batch (`batched`).

import type { Kind } from '../../emails/index.ts'
import type { Link } from '../links/link.ts'

/** What a message is about, for log lines and tags: ids of Polar's, nothing of a person. */
export type About = { kind: Kind; order?: string; subscription?: string }

/** An email as the provider takes it, with placeholders where its links stand. */
export type Email = {
  from: string
  replyTo: string | null
  to: string
  subject: string
  html: string
  text: string
  about: About
  /** The content is in base64. */
  attachment: { filename: string; content: string } | null
}

/** Why a message was not sent. */
export type NotSent =
  | 'shadow'
  | 'before_live'
  | 'invalid_address'
  | 'not_allowed'
  | 'suppressed'
  | 'recovered'
  | 'cancelled'
  | 'taken_back'
  | 'ended'
  | 'stale'
  | 'customer_deleted'
  | 'organization_closing'

/** What an email goes without, since Polar did not tell it in time, or does not let us know. */
export type Missing = 'invoice' | 'card' | 'amount' | 'reason' | 'plan' | 'organization'

/** Why a message waits for a person's decision. */
export type Held = 'too_many' | 'unconfirmed'

/** What composing a message comes to; `lookAgainAt` (ms) is when it may be complete. */
export type Composed =
  | {
      email: Email
      /** The links whose placeholders it has, to be stored with the claim. */
      links: readonly Link[]
      /** It is the receipt of money that was paid or given back, which no flood is made of. */
      isReceipt: boolean
    }
  | {
      notSent: NotSent
      /** What the email would have gone without, where one was composed. */
      missing?: readonly Missing[]
    }
  | { retryAt: number }

/** An email cannot be made of what is known; trying again would not change that. */
export class Unrenderable extends Error {
  override readonly name = 'Unrenderable'
}

/** What the provider has told of an email since it accepted it, and when (ms). */
export type Report = {
  is: 'sent' | 'delayed' | 'delivered' | 'failed' | 'suppressed' | 'bounced' | 'complained'
  at: number
}

export type Delivery = { v: 1 } & (
  | {
      state: 'waiting'
      /** Claims so far: each has an idempotency key of its own. */
      generation: number
      /** Not before this time, in milliseconds. */
      notBefore: number
      /** A batch with it was refused as a whole: it gets a verdict of its own. */
      goesAlone?: true
      /** A person has let it go, though its recipient had many. */
      isReleased?: true
    }
  | {
      state: 'sending'
      generation: number
      attempts: number
      firstAttemptAt: number
      /** Until then the try belongs to whoever began it; afterwards to whoever comes. */
      retryAt: number
    }
  | {
      /** Whether it was tried, and how often, is in the batch's record. */
      state: 'batched'
      generation: number
      claimedAt: number
      batch: string
    }
  | {
      /** It was tried and may have been sent; Resend is asked. Both times in milliseconds. */
      state: 'unconfirmed'
      generation: number
      firstAttemptAt: number
      lastAttemptAt: number
    }
  | {
      state: 'accepted'
      at: number
      providerId: string
      /** Ids of the links it carries. */
      links: readonly string[]
      reported?: Report
    }
  | { state: 'not_sent'; at: number; because: NotSent; missing?: readonly Missing[] }
  | { state: 'held'; at: number; because: Held; generation: number }
  | { state: 'failed'; at: number; because: string }
)

export type In<S extends Delivery['state']> = Extract<Delivery, { state: S }>

/** A message nobody has looked at yet has no record. */
export const untouched: Delivery = { v: 1, state: 'waiting', generation: 0, notBefore: 0 }

/** At most 256 characters; one for each claim, since each claim may render other bytes. */
export const idempotencyKey = (messageId: string, generation: number) =>
  `${messageId}.${generation}`
