// What a row of the plan is: an event and what is known, and the email that it means or the reason why it means none.

import type { ContentOf, Kind } from '../../emails/index.ts'
import type { SubscriptionState } from '../customers/state.ts'
import type { Message } from '../messages/message.ts'
import type { CustomerEvent } from '../polar/event.ts'

/** Why an event leads to no message. */
export type Ignored =
  | 'not_mapped'
  | 'unreadable'
  | 'unchanged'
  | 'folded'
  | 'stale'
  | 'free_renewal'
  | 'switched_off'
  | 'before_live'
  | 'customer_deleted'
  | 'no_recipient'

export type Said<K extends Kind> = {
  fact: string
  content: ContentOf[K]
  target: Message['target']
  /** When it came about, where that is not when it was told; ISO 8601. */
  happenedAt?: string | null
}

/** What a row sees: the thing that the event is about, the event, and what is known of the subscription. */
export type Given<Subject> = {
  subject: Subject
  event: CustomerEvent
  state: SubscriptionState | undefined
}

type Sends<Subject> = {
  kind: Kind
  /** `null` where the event lacks what the email is about. */
  say: (given: Given<Subject>) => Said<Kind> | null
}

export type Row<Subject> = {
  /** What it is, in words. */
  is: string
  on: string | readonly string[]
  when?: (given: Given<Subject>) => boolean
  /** It may apply beside a row above it: one update can tell two things. */
  beside?: true
  /** Where its kind is switched off, the rows below decide: a receipt is not lost with an extra. */
  orElse?: true
  means: Exclude<Ignored, 'unreadable'> | Sends<Subject>
}

/** An email of this kind, with the fact that it is about, what it says of it and where its button leads. */
export const sends = <K extends Kind, Subject>(
  kind: K,
  say: (given: Given<Subject>) => Said<K> | null,
): Sends<Subject> => ({ kind, say })
