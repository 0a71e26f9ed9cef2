// Why a message has not reached its recipient, in a sentence: for lists in the console and of commands.

import type { Delivery, HistoryEntry } from '../deliveries/delivery.ts'
import { HELD, NOT_SENT } from './words.ts'

/** What put a message off that is still to go out. */
const PUT_OFF: readonly HistoryEntry['what'][] = ['retry_scheduled', 'requeued', 'unconfirmed']

/** The latest attempt that failed; `null` where none has, or a later one is under way. */
const lastFailure = ({ history }: Delivery): string | null => {
  const last = history.at(-1)
  return last?.because && PUT_OFF.includes(last.what)
    ? `The last attempt failed: ${last.because}`
    : null
}

/** `null` where its state says it all, or nothing is wrong. */
export const reasonOf = (delivery: Delivery): string | null => {
  switch (delivery.state) {
    case 'not_sent':
      return NOT_SENT[delivery.because] ?? delivery.because
    case 'held':
      return HELD[delivery.because] ?? delivery.because
    case 'failed':
      return `Refused for good: ${delivery.because}`
    case 'accepted':
      return delivery.reported?.is === 'suppressed'
        ? 'Its address is on Resend’s own list of suppressions.'
        : null
    case 'waiting':
    case 'sending':
    case 'batched':
    case 'unconfirmed':
      return lastFailure(delivery)
    default:
      return delivery satisfies never
  }
}
