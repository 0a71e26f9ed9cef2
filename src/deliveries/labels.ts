// The labels of a delivery in the index, by which messages are listed, and the outcomes that are counted by day.

import type { Report } from '../resend/report.ts'
import type { NotSent } from './composed.ts'
import type { State } from './delivery.ts'

/** How far a message has come, as an operator lists it. */
export type Progress =
  | 'waiting'
  | 'unconfirmed'
  | 'held'
  | 'accepted'
  | 'delayed'
  | 'delivered'
  | 'bounced'
  | 'complained'
  | 'undelivered'
  | 'not_sent'
  | 'failed'

const REPORTED: Record<Report['is'], Progress> = {
  sent: 'accepted',
  delayed: 'delayed',
  delivered: 'delivered',
  failed: 'undelivered',
  suppressed: 'undelivered',
  bounced: 'bounced',
  complained: 'complained',
}

export const progressOf = (state: State): Progress => {
  switch (state.state) {
    case 'waiting':
    case 'sending':
    case 'batched':
      return 'waiting'
    case 'accepted':
      return state.reported ? REPORTED[state.reported.is] : 'accepted'
    default:
      return state.state
  }
}

const NOT_SENT: Record<NotSent, true> = {
  shadow: true,
  before_live: true,
  too_old: true,
  invalid_address: true,
  not_allowed: true,
  suppressed: true,
  recovered: true,
  taken_back: true,
  ended: true,
  stale: true,
  customer_deleted: true,
  organization_closing: true,
  not_kept: true,
}

const ALL_PROGRESS: Record<Progress, true> = {
  waiting: true,
  unconfirmed: true,
  held: true,
  accepted: true,
  delayed: true,
  delivered: true,
  bounced: true,
  complained: true,
  undelivered: true,
  not_sent: true,
  failed: true,
}

/** Every progress, from waiting to the ends. */
export const PROGRESS = Object.keys(ALL_PROGRESS) as readonly Progress[]

export const progressLabel = (progress: Progress) => `delivery:${progress}`

export const labelsOf = (state: State): string[] => [
  progressLabel(progressOf(state)),
  ...(state.state === 'not_sent' ? [`not_sent:${state.because}`] : []),
]

/** A person has signed in by one of its links. */
export const CLICKED = 'clicked'

/** Every label that a delivery may have. */
export const DELIVERY_LABELS: readonly string[] = [
  ...PROGRESS.map(progressLabel),
  ...Object.keys(NOT_SENT).map((because) => `not_sent:${because}`),
  CLICKED,
]

/** The outcomes that a change is counted as, on the day of the change. A report may come before the answer to the request. */
export const outcomesOf = (before: State, after: State): string[] => {
  const [was, is] = [progressOf(before), progressOf(after)]
  if (was === is || is === 'waiting' || is === 'unconfirmed') return []
  if (after.state === 'not_sent') return [`not_sent:${after.because}`]
  const isFirst = after.state === 'accepted' && before.state !== 'accepted' && is !== 'accepted'
  return isFirst ? ['accepted', is] : [is]
}
