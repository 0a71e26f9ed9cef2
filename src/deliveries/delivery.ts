// A delivery: how one message fares on its way to Resend and after. This file owns its states and every change of them.
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
//
// From its claim until its end is known the email is frozen: stored, and sent byte for byte under the same idempotency key.
// A message that goes alone has a key of its own (`sending`); the others share the key of their batch (`batched`).

import type { Link } from '../links/link.ts'
import type { Email } from '../resend/email.ts'
import { isNewerReport, type Report } from '../resend/report.ts'
import { PosternError } from '../runtime/errors.ts'

/** Why a message was not sent. */
export type NotSent =
  | 'shadow'
  | 'before_live'
  | 'invalid_address'
  | 'not_allowed'
  | 'suppressed'
  | 'recovered'
  | 'taken_back'
  | 'ended'
  | 'stale'
  | 'customer_deleted'
  | 'organization_closing'

/** Things that an email goes without, because Polar did not answer in time or denied the call. */
export type Missing = 'invoice' | 'card' | 'amount' | 'reason' | 'plan' | 'organization'

/** Why a message waits for a person's decision. */
export type Held = 'too_many' | 'unconfirmed'

/** The result of composing a message; `retryAt` (ms) is when it may be complete. */
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
export class UnrenderableError extends PosternError {
  override readonly name = 'UnrenderableError'
}

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
      /** Ids of the links it carries. */
      links: readonly string[]
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
  | { what: 'accepted'; providerId: string; links: readonly string[] }
  /** Resend reports on the email `providerId`, which it accepted at `acceptedAt` with the links `links`. */
  | {
      what: 'reported'
      report: Report
      providerId: string
      acceptedAt: number
      links: readonly string[]
    }
  | { what: 'not_sent'; because: NotSent; missing?: readonly Missing[] }
  | { what: 'held'; because: Held }
  | { what: 'failed'; because: string }
  | { what: 'released' }
)

type HistoryEntry = { at: number; what: Happening['what']; because?: string }

export type Delivery = State & { history: readonly HistoryEntry[] }

export type In<S extends State['state']> = Extract<State, { state: S }>

/** A message that nobody has looked at yet has no record. */
export const untouched: Delivery = { state: 'waiting', generation: 0, notBefore: 0, history: [] }

/** At most 256 characters; one for each claim, since each claim may render other bytes. */
export const idempotencyKey = (messageId: string, generation: number) =>
  `${messageId}.${generation}`

const generationOf = (state: State) => ('generation' in state ? state.generation : 0)

type Of<W extends Happening['what']> = Extract<Happening, { what: W }>

/** A report on an email is proof that Resend has it, whatever we believed. */
const reported = (
  state: State,
  { report, providerId, acceptedAt, links }: Of<'reported'>,
): State | null => {
  const proven: State = { state: 'accepted', at: acceptedAt, providerId, links, reported: report }
  switch (state.state) {
    case 'accepted':
      if (state.providerId !== providerId || !isNewerReport(report, state.reported)) return null
      return { ...state, reported: report }
    case 'sending':
    case 'batched':
    case 'unconfirmed':
    case 'failed':
      return proven
    case 'waiting':
    case 'held':
      return state.generation > 0 ? proven : null
    case 'not_sent':
      return null
    default:
      return state satisfies never
  }
}

const unconfirmed = (state: State, happening: Of<'unconfirmed'>): State | null => {
  if (state.state !== 'sending' && state.state !== 'batched') return null
  const { generation } = state
  const { at, lastAttemptAt = at } = happening
  const began = state.state === 'sending' ? state.firstAttemptAt : state.claimedAt
  const { firstAttemptAt = began } = happening
  return { state: 'unconfirmed', generation, firstAttemptAt, lastAttemptAt }
}

const requeued = (state: State, { until, goesAlone }: Of<'requeued'>): State | null =>
  state.state === 'sending' || state.state === 'batched'
    ? {
        state: 'waiting',
        generation: state.generation,
        notBefore: until,
        ...(goesAlone && { goesAlone }),
      }
    : null

/**
 * The state after `happening`, or `null` where it cannot happen in this state. A claim raises the generation; only a claim
 * does.
 */
const nextState = (state: State, happening: Happening): State | null => {
  const { at } = happening
  const isClaimable = state.state === 'waiting'
  const isOpen = state.state === 'sending' || state.state === 'batched' || isClaimable
  const generation = generationOf(state)
  switch (happening.what) {
    case 'claimed': {
      const { retryAt } = happening
      return isClaimable
        ? { state: 'sending', generation: generation + 1, attempts: 1, firstAttemptAt: at, retryAt }
        : null
    }
    case 'batched': {
      const { batch } = happening
      return isClaimable
        ? { state: 'batched', generation: generation + 1, claimedAt: at, batch }
        : null
    }
    case 'repeated':
      return state.state === 'sending'
        ? { ...state, attempts: state.attempts + 1, retryAt: happening.retryAt }
        : null
    case 'retry_scheduled':
      return state.state === 'sending' ? { ...state, retryAt: happening.retryAt } : null
    case 'requeued':
      return requeued(state, happening)
    case 'unconfirmed':
      return unconfirmed(state, happening)
    case 'accepted': {
      const { providerId, links } = happening
      return state.state === 'accepted' ? null : { state: 'accepted', at, providerId, links }
    }
    case 'reported':
      return reported(state, happening)
    case 'not_sent': {
      const { because, missing } = happening
      return isClaimable
        ? { state: 'not_sent', at, because, ...(missing?.length && { missing }) }
        : null
    }
    case 'held': {
      const { because } = happening
      return isClaimable || state.state === 'unconfirmed'
        ? { state: 'held', at, because, generation }
        : null
    }
    case 'failed':
      return isOpen ? { state: 'failed', at, because: happening.because } : null
    case 'released':
      return state.state === 'held'
        ? { state: 'waiting', generation, notBefore: 0, isReleased: true }
        : null
    default:
      return happening satisfies never
  }
}

/** The first and the latest entries say most: a message that is retried for a day has some hundreds in between. */
const MAX_FIRST = 8
const MAX_LATEST = 24

const withEntry = (history: Delivery['history'], happening: Happening): Delivery['history'] => {
  const { at, what } = happening
  const because =
    what === 'reported' ? happening.report.is : 'because' in happening ? happening.because : null
  const entry: HistoryEntry = { at, what, ...(because && { because }) }
  const all = [...history, entry]
  return all.length <= MAX_FIRST + MAX_LATEST
    ? all
    : [...all.slice(0, MAX_FIRST), ...all.slice(-MAX_LATEST)]
}

/** The delivery after `happening`; `null` where it cannot happen to a delivery in this state. */
export const transition = (delivery: Delivery, happening: Happening): Delivery | null => {
  const { history, ...state } = delivery
  const next = nextState(state, happening)
  return next && { ...next, history: withEntry(history, happening) }
}

/**
 * Whether the frozen email stays stored. A batch that is sent again needs the bytes of all its members, so a report leaves
 * them to the process that records the batch's answer.
 */
export const keepsFrozen = (before: State, next: State, { what }: Happening): boolean => {
  switch (next.state) {
    case 'sending':
    case 'batched':
    case 'unconfirmed':
      return true
    case 'held':
      return next.because === 'unconfirmed' // a report on it can come any day, and names its links
    case 'accepted':
      return what === 'reported' && (before.state === 'batched' || before.state === 'accepted')
    default:
      return false
  }
}

/** Whether no work is left for it. */
export const hasEnded = ({ state }: State): boolean =>
  state === 'accepted' || state === 'not_sent' || state === 'failed'
