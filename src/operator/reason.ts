// Why a message has not reached its recipient, and as which it was sent again, in a sentence: for lists in the console and of
// commands.

import type { Delivery, HistoryEntry } from '../deliveries/delivery.ts'
import type { PauseState } from '../resend/pause.ts'
import type { Report } from '../resend/report.ts'
import { PAUSED } from './attention-words.ts'
import type { Says } from './says.ts'
import { HELD, NOT_SENT } from './words.ts'

/** Happenings that put off a message which is still to go out. */
const PUT_OFF: readonly HistoryEntry['what'][] = ['retry_scheduled', 'requeued', 'unconfirmed']

/** The latest attempt that failed; `null` where none has, or a later one is under way. */
const lastFailure = ({ history }: Delivery): string | null => {
  const last = history.at(-1)
  return last?.because && PUT_OFF.includes(last.what)
    ? `The last attempt failed: ${last.because}`
    : null
}

/** Why no mail goes out at all, for a message that is still to go; `null` where that is not why it waits. */
export const standstillOf = ({ state }: Pick<Delivery, 'state'>, pause: PauseState) => {
  const waits = state === 'waiting' || state === 'sending' || state === 'batched'
  if (!pause || !waits) return null
  return 'held' in pause ? 'All mail is on hold.' : `Mail is paused. ${PAUSED[pause.because]}`
}

const reportedReason = (report: Report | undefined): string | null => {
  if (report?.is === 'suppressed') return 'Its address is on Resend’s own list of suppressions.'
  return report?.says ? `Resend says: ${report.says}` : null
}

/** `null` where its state says it all, or nothing is wrong. */
const reasonOf = (delivery: Delivery, pause: PauseState): string | null => {
  switch (delivery.state) {
    case 'not_sent':
      return NOT_SENT[delivery.because] ?? delivery.because
    case 'held':
      return HELD[delivery.because] ?? delivery.because
    case 'failed':
      return `Refused for good: ${delivery.because}`
    case 'accepted':
      return reportedReason(delivery.reported)
    case 'waiting':
    case 'sending':
    case 'batched':
    case 'unconfirmed':
      return (
        [standstillOf(delivery, pause), lastFailure(delivery)].filter(Boolean).join(' ') || null
      )
    default:
      return delivery satisfies never
  }
}

const againSays = ({ sentAgain }: Delivery): Says =>
  sentAgain ? ['Sent again as ', { message: sentAgain.as }, ' at ', { at: sentAgain.at }, '.'] : []

/** Empty where there is nothing to say beside its state. */
export const reasonSays = (delivery: Delivery, pause: PauseState): Says => {
  const reason = reasonOf(delivery, pause)
  const again = againSays(delivery)
  return reason && again.length > 0
    ? [`${reason} `, ...again]
    : [...(reason ? [reason] : []), ...again]
}
