// The labels of a delivery in the index, by which messages are listed, and the outcomes that are counted by day.

import type { Report } from '../resend/report.ts'
import type { NotSent } from './composed.ts'
import type { Delivery, State } from './delivery.ts'

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

/** An operator has sent it again. */
export const SENT_AGAIN = 'sent_again' as const

/** Those at which a message may have been sent again. */
const ENDS: readonly Progress[] = [
  ...(['accepted', 'delayed', 'delivered', 'bounced', 'complained'] as const),
  ...(['undelivered', 'not_sent', 'failed'] as const),
]

/** The label of messages at this progress that nobody has sent again. */
export const progressLabel = (progress: Progress) => `delivery:${progress}`

const againLabel = (progress: Progress) => `${SENT_AGAIN}:${progress}`

/** The labels of all messages at this progress, whether they were sent again or not. */
export const labelsAt = (progress: Progress): string[] => [
  progressLabel(progress),
  ...(ENDS.includes(progress) ? [againLabel(progress)] : []),
]

export const labelsOf = (delivery: State & Pick<Delivery, 'sentAgain'>): string[] => [
  (delivery.sentAgain ? againLabel : progressLabel)(progressOf(delivery)),
  ...(delivery.state === 'not_sent' ? [`not_sent:${delivery.because}`] : []),
]

/** A person has signed in by one of its links. */
export const CLICKED = 'clicked' as const

/** Every label that a delivery may have. */
export const DELIVERY_LABELS: readonly string[] = [
  ...PROGRESS.flatMap(labelsAt),
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
