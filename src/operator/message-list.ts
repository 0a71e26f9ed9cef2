// Lists messages by state, kind, clicks and time, newest first: for the console and the command alike.

import { type Kind, kinds } from '../../emails/index.ts'
import { isClicked } from '../clicks/store.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import {
  CLICKED,
  labelsAt,
  PROGRESS,
  type Progress,
  progressLabel,
  progressOf,
  SENT_AGAIN,
} from '../deliveries/labels.ts'
import { kindLabel, messageIn } from '../messages/store.ts'
import type { Listed, RecordList } from '../records/list.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { choiceIn, type Problem, type Query, spanIn } from './filters.ts'
import { createListing, type Label, type Listing, type PageOf, type Span } from './listing.ts'

/** Stands for every progress at which the recipient has no email, or not yet, unless the message was sent again. */
const NOT_RECEIVED = 'not_received'

const WITHOUT_EMAIL: readonly Progress[] = [
  ...(['waiting', 'unconfirmed', 'held', 'delayed'] as const),
  ...(['bounced', 'undelivered', 'not_sent', 'failed'] as const),
]

/** How far a message has come, each by itself, and what several have in common. */
export const MESSAGE_STATES = [...PROGRESS, NOT_RECEIVED] as const

export type MessageState = (typeof MESSAGE_STATES)[number]

/** Whether a person signed in by one of its links. */
export const CLICKS = ['yes', 'no'] as const

type MessageFilters = Span & {
  state?: MessageState | undefined
  kind?: Kind | undefined
  clicked?: (typeof CLICKS)[number] | undefined
}

/** The part of a record that says how a message fares. */
export const deliveryIn = ({ record }: Listed): Delivery => record.parts.delivery as Delivery

/** A list says this of a message beside its kind: how far it has come, and what people did with it. */
export type Shown = Progress | typeof SENT_AGAIN | typeof CLICKED

export const shownStates = (listed: Listed): readonly Shown[] => {
  const delivery = deliveryIn(listed)
  return [
    progressOf(delivery),
    ...(delivery.sentAgain ? [SENT_AGAIN] : []),
    ...(isClicked(listed.record) ? [CLICKED] : []),
  ]
}

const labelsIn = (state: MessageState): string[] =>
  state === NOT_RECEIVED ? WITHOUT_EMAIL.map((one) => progressLabel(one)) : labelsAt(state)

const isIn = (state: MessageState, delivery: Delivery): boolean => {
  const progress = progressOf(delivery)
  return state === NOT_RECEIVED
    ? WITHOUT_EMAIL.includes(progress) && !delivery.sentAgain
    : progress === state
}

/** No label says that nobody clicked: such a list is read by its other labels. */
const labelsFor = ({ state, kind, clicked }: MessageFilters): Label[] => [
  ...(state ? [labelsIn(state)] : []),
  ...(kind ? [kindLabel(kind)] : []),
  ...(clicked === 'yes' ? [CLICKED] : []),
]

const fits = (listed: Listed, { state, kind, clicked }: MessageFilters): boolean =>
  (!state || isIn(state, deliveryIn(listed))) &&
  (!kind || messageIn(listed.id, listed.record).kind === kind) &&
  (!clicked || isClicked(listed.record) === (clicked === 'yes'))

/** The filters of the console's form. @param now milliseconds. */
export const filtersIn = (query: Query, now: number): MessageFilters | Problem => {
  const state = choiceIn(query.state, MESSAGE_STATES, 'a state')
  if ('problem' in state) return state
  const kind = choiceIn(query.kind, kinds, 'a kind of message')
  if ('problem' in kind) return kind
  const clicked = choiceIn(query.clicked, CLICKS, 'an answer')
  if ('problem' in clicked) return clicked
  const span = spanIn(query, now)
  if ('problem' in span) return span
  return { ...span, state: state.choice, kind: kind.choice, clicked: clicked.choice }
}

type MessageListParts = {
  index: Pick<RecordIndex, 'list' | 'size'>
  list: Pick<RecordList, 'load'>
}

export const createMessageList = ({ index, list }: MessageListParts) => {
  const listing = createListing({ index, load: list.load })
  return (filters: MessageFilters, page: PageOf): Promise<Listing<Listed> | Problem> =>
    listing({
      ...{ ...page, from: filters.from, until: filters.until, labels: labelsFor(filters) },
      accepts: (listed) => fits(listed, filters),
      isNarrower: filters.clicked === 'no',
    })
}

export type MessageList = ReturnType<typeof createMessageList>
