// The shape of a row of the plan: an event and a state, and the email that they mean or the reason for none.

import type { ContentOf, Kind } from '../../emails/index.ts'
import type { SubscriptionState } from '../customers/state.ts'
import type { Message } from '../messages/message.ts'
import type { CustomerEvent } from '../polar/event.ts'

/** Why an event leads to no message. */
export const IGNORED = [
  'not_mapped',
  'unreadable',
  'unchanged',
  'folded',
  'stale',
  'free_renewal',
  'switched_off',
  'before_live',
  'too_old',
  'customer_deleted',
  'no_recipient',
] as const

export type Ignored = (typeof IGNORED)[number]

export type Said<K extends Kind> = {
  fact: string
  content: ContentOf[K]
  target: Message['target']
  /** When the fact happened, where that is not the time of the event; ISO 8601. */
  happenedAt?: string | null
}

/** A row gets the subject of the event, the event, and the state of the subscription. */
export type Given<Subject> = {
  subject: Subject
  event: CustomerEvent
  state: SubscriptionState | undefined
}

type Sends<Subject> = {
  kind: Kind
  /** `null` where the event lacks the thing that the email is about. */
  say: (given: Given<Subject>) => Said<Kind> | null
}

export type Row<Subject> = {
  /** The row's name, in words. */
  is: string
  on: string | readonly string[]
  when?: (given: Given<Subject>) => boolean
  /** It may apply beside a row above it: one update can mean two emails. */
  beside?: true
  /** Where its kind is off, the rows below decide, so that a receipt is not lost with an extra. */
  orElse?: true
  means: Exclude<Ignored, 'unreadable' | 'before_live' | 'too_old'> | Sends<Subject>
}

/** An email of this kind, with its fact, its content and the target of its button. */
export const sends = <K extends Kind, Subject>(
  kind: K,
  say: (given: Given<Subject>) => Said<K> | null,
): Sends<Subject> => ({ kind, say })
