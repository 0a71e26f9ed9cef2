// A delivery: how one message fares on its way to Resend and after. Its states are here, every change of them is in
// transition.ts.
//
//   state        who brings it back, and when                     after
//   waiting      the sweeper, when `notBefore` has come            a nudge is lost after 10 s
//   sending      the sweeper, when `retryAt` has come              10 s for a request, then a growing backoff
//   batched      its batch (batches/batch.ts)                      as its batch says
//   unconfirmed  the sweeper: Resend is asked what became of it    1 minute between two questions
//   held         a person: npm run release                         an alert after an hour
//   accepted, not_sent, failed                                     nobody: these are ends
//
//   waiting ──claimed──▶ sending, batched ──accepted──▶ accepted ──reported──▶ accepted
//      ▲  │               │  │  └──unconfirmed──▶ unconfirmed ──accepted──▶ accepted
//      │  │               │  └──failed──▶ failed        └──held──▶ held
//      │  ├──not_sent──▶ not_sent                                   │
//      │  └──held──▶ held ──┐                                       │
//      └────requeued────────┴──────released─────────────────────────┘
//   any but accepted ──adopted──▶ accepted
//
// At an end an operator may send the message again: the delivery stays as it is, and names the new message (`sentAgain`).
//
// From its claim until its end is known the email is frozen: stored, and sent byte for byte under the same idempotency key.
// A message that goes alone has a key of its own (`sending`); the others share the key of their batch (`batched`).

import type { Report } from '../resend/report.ts'
import type { Missing, NotSent } from './composed.ts'

/** Why a message waits for a person's decision. */
export type Held = 'too_many' | 'unconfirmed'

/** All times in milliseconds. `generation` counts the claims so far: each has an idempotency key of its own. */
export type State =
  | {
      state: 'waiting'
      generation: number
      notBefore: number
      /** A batch with it was refused as a whole: its next request carries it alone. */
      goesAlone?: true
      /** A person has released it, though its recipient had many. */
      isReleased?: true
    }
  | {
      state: 'sending'
      generation: number
      attempts: number
      firstAttemptAt: number
      /** Until then the attempt belongs to the process that began it; afterwards to any. */
      retryAt: number
    }
  | {
      /** Its batch's record says whether it was sent, and how often. */
      state: 'batched'
      generation: number
      claimedAt: number
      batch: string
    }
  | {
      /** A request may have sent it; Resend is asked. */
      state: 'unconfirmed'
      generation: number
      firstAttemptAt: number
      lastAttemptAt: number
    }
  | {
      state: 'accepted'
      at: number
      providerId: string
      reported?: Report
    }
  | { state: 'not_sent'; at: number; because: NotSent; missing?: readonly Missing[] }
  | { state: 'held'; at: number; because: Held; generation: number }
  | { state: 'failed'; at: number; because: string }

/** `at` (ms) is when it happened, by our clock, or Resend's for a report. */
export type Happening = { at: number } & (
  | { what: 'claimed'; retryAt: number }
  | { what: 'batched'; batch: string }
  /** The same bytes go out again under the same key. */
  | { what: 'repeated'; retryAt: number }
  /** The same bytes are to go out again at `retryAt`. */
  | { what: 'retry_scheduled'; retryAt: number; because: string }
  /** It was surely not sent, and is composed anew, not before `until`. */
  | { what: 'requeued'; until: number; because: string; goesAlone?: boolean }
  | { what: 'unconfirmed'; because: string; firstAttemptAt?: number; lastAttemptAt?: number }
  | { what: 'accepted'; providerId: string }
  /** Resend accepted it at `at`, which Redis has forgotten: it was restored from an older backup. */
  | { what: 'adopted'; providerId: string }
  /** Resend reports on the email `providerId`, which it accepted at `acceptedAt`. */
  | {
      what: 'reported'
      report: Report
      providerId: string
      acceptedAt: number
    }
  | { what: 'not_sent'; because: NotSent; missing?: readonly Missing[] }
  | { what: 'held'; because: Held }
  | { what: 'failed'; because: string }
  | { what: 'released' }
  /** An operator has sent it again, as the message `as`. */
  | { what: 'sent_again'; as: string }
)

/** `says` is Resend's reason in a report. */
export type HistoryEntry = { at: number; what: Happening['what']; because?: string; says?: string }

export type Delivery = State & {
  history: readonly HistoryEntry[]
  /** Only of a delivery that has ended: when an operator sent its message again, and as which message. */
  sentAgain?: { at: number; as: string }
}

export type In<S extends State['state']> = Extract<State, { state: S }>

/** The delivery of a message that was just decided. */
export const newDelivery: Delivery = { state: 'waiting', generation: 0, notBefore: 0, history: [] }

/** At most 256 characters; one for each claim, since each claim may render other bytes. */
export const idempotencyKey = (messageId: string, generation: number) =>
  `${messageId}.${generation}`

/** Whether no work is left for it. */
export const hasEnded = ({ state }: State): boolean =>
  state === 'accepted' || state === 'not_sent' || state === 'failed'
