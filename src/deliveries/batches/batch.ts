// A batch: up to a hundred emails that go to Resend in one request, and on every retry the same ones in the same order. This
// file owns its states and every change of them.
//
//   open ──sealed──▶ sealed ──answered──▶ answered ──each message recorded──▶ (gone)
//     │                │
//     └─────undone─────┴──▶ undone ──each message requeued──▶ (gone)
//
// An open batch has never been sent, since it is sealed by a compare-and-set before its first request. So its claims can be
// undone without a question. Only a sealed batch may have been sent: it goes out again byte for byte under its key, and for
// that all its emails stay frozen until its answer is stored.

import type { BatchAnswer } from '../../resend/client.ts'

/** Where the messages of an undone batch go. Times in milliseconds. */
export type Destination =
  | { to: 'waiting'; notBefore: number; goesAlone: boolean; because: string }
  | { to: 'unconfirmed'; firstAttemptAt: number; lastAttemptAt: number; because: string }

type State =
  | {
      state: 'open'
      /** From then on any process undoes it; while it waits for its turn that is put off. */
      until: number
    }
  | { state: 'sealed'; attempts: number; firstAttemptAt: number; retryAt: number }
  /** The answers are in the order of its ids. */
  | { state: 'answered'; answers: readonly BatchAnswer[] }
  | { state: 'undone'; destination: Destination }

/** `at` in milliseconds. */
export type BatchHappening = { at: number } & (
  | { what: 'kept_open'; until: number }
  /** `ids` are those of the messages that could be claimed. */
  | { what: 'sealed'; ids: readonly string[]; retryAt: number }
  | { what: 'repeated'; retryAt: number }
  | { what: 'retry_scheduled'; retryAt: number; because: string }
  | { what: 'answered'; answers: readonly BatchAnswer[] }
  | { what: 'undone'; destination: Destination }
)

type HistoryEntry = { at: number; what: BatchHappening['what']; because?: string }

export type Batch = State & { ids: readonly string[]; history: readonly HistoryEntry[] }

/** Resend takes so many emails in one request (https://resend.com/docs/api-reference/emails/send-batch-emails). */
export const MAX_IN_BATCH = 100

/** A batch that is retried for a day has some hundreds of entries: the latest are kept. */
const MAX_HISTORY = 30

export const openBatch = (ids: readonly string[], until: number): Batch => ({
  state: 'open',
  ids,
  until,
  history: [],
})

const nextState = (state: State, happening: BatchHappening): State | null => {
  const { at } = happening
  switch (happening.what) {
    case 'kept_open':
      return state.state === 'open' ? { state: 'open', until: happening.until } : null
    case 'sealed':
      return state.state === 'open'
        ? { state: 'sealed', attempts: 1, firstAttemptAt: at, retryAt: happening.retryAt }
        : null
    case 'repeated':
      return state.state === 'sealed'
        ? { ...state, attempts: state.attempts + 1, retryAt: happening.retryAt }
        : null
    case 'retry_scheduled':
      return state.state === 'sealed' ? { ...state, retryAt: happening.retryAt } : null
    case 'answered':
      return state.state === 'sealed' ? { state: 'answered', answers: happening.answers } : null
    case 'undone':
      return state.state === 'open' || state.state === 'sealed'
        ? { state: 'undone', destination: happening.destination }
        : null
    default:
      return happening satisfies never
  }
}

/** The batch after `happening`; `null` where it cannot happen to a batch in this state. */
export const batchTransition = (batch: Batch, happening: BatchHappening): Batch | null => {
  const { ids, history, ...state } = batch
  const next = nextState(state, happening)
  if (!next) return null
  const { at, what } = happening
  const because =
    what === 'undone'
      ? happening.destination.because
      : what === 'retry_scheduled'
        ? happening.because
        : undefined
  const entry: HistoryEntry = { at, what, ...(because && { because }) }
  return {
    ...next,
    ids: what === 'sealed' ? happening.ids : ids,
    history: [...history, entry].slice(-MAX_HISTORY),
  }
}
