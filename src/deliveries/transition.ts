// Every change of a delivery: what may happen in each state, what follows, and what the history keeps. Pure; the store applies
// it.

import { isNewerReport } from '../resend/report.ts'
import {
  type Delivery,
  type Happening,
  type HistoryEntry,
  hasEnded,
  type State,
} from './delivery.ts'

const generationOf = (state: State) => ('generation' in state ? state.generation : 0)

type Of<W extends Happening['what']> = Extract<Happening, { what: W }>

/** A report on an email is proof that Resend has it, whatever we believed. */
const reported = (
  state: State,
  { report, providerId, acceptedAt }: Of<'reported'>,
): State | null => {
  const proven: State = { state: 'accepted', at: acceptedAt, providerId, reported: report }
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
    case 'accepted':
    case 'adopted': {
      const { providerId } = happening
      return state.state === 'accepted' ? null : { state: 'accepted', at, providerId }
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
    case 'sent_again':
      return hasEnded(state) ? state : null
    default:
      return happening satisfies never
  }
}

/** The first and the latest entries say most: a message that is retried for a day has some hundreds in between. */
const MAX_FIRST = 8
const MAX_LATEST = 24

/** The history keeps beside the time: a reason, the kind of a report, or the id of the message that followed. */
const reasonIn = (happening: Happening): string | null => {
  switch (happening.what) {
    case 'reported':
      return happening.report.is
    case 'sent_again':
      return happening.as
    default:
      return 'because' in happening ? happening.because : null
  }
}

const withEntry = (history: Delivery['history'], happening: Happening): Delivery['history'] => {
  const { at, what } = happening
  const because = reasonIn(happening)
  const says = happening.what === 'reported' ? happening.report.says : undefined
  const entry: HistoryEntry = { at, what, ...(because && { because }), ...(says && { says }) }
  const all = [...history, entry]
  return all.length <= MAX_FIRST + MAX_LATEST
    ? all
    : [...all.slice(0, MAX_FIRST), ...all.slice(-MAX_LATEST)]
}

/** The delivery after `happening`; `null` where it cannot happen to a delivery in this state. */
export const transition = (delivery: Delivery, happening: Happening): Delivery | null => {
  const { history, sentAgain: before, ...state } = delivery
  const next = nextState(state, happening)
  const { at } = happening
  const sentAgain = happening.what === 'sent_again' ? { at, as: happening.as } : before
  return (
    next && { ...next, history: withEntry(history, happening), ...(sentAgain && { sentAgain }) }
  )
}

/** Whether the email stays stored as it was frozen: it may be sent again, or it was sent and can be read. */
export const keepsEmail = (state: State): boolean => {
  switch (state.state) {
    case 'sending':
    case 'batched':
    case 'unconfirmed':
    case 'accepted':
      return true
    case 'held':
      return state.because === 'unconfirmed' // a report on it can come any day
    default:
      return false
  }
}
