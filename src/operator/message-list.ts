// Lists messages by state, kind and days, newest first.

import { type Kind, kinds } from '../../emails/index.ts'
import { isClicked } from '../clicks/store.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import {
  CLICKED,
  PROGRESS,
  type Progress,
  progressLabel,
  progressOf,
} from '../deliveries/labels.ts'
import { kindLabel, messageIn } from '../messages/store.ts'
import type { Listed, RecordList } from '../records/list.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { choiceIn, daysIn, type Query } from './filters.ts'
import { createListing, type Listing } from './listing.ts'

/** How far a message has come, or that a person signed in by one of its links. */
export const MESSAGE_STATES = [...PROGRESS, CLICKED] as const

export type MessageState = Progress | typeof CLICKED

/** The part of a record that says how a message fares. */
export const deliveryIn = ({ record }: Listed): Delivery => record.parts.delivery as Delivery

const hasState = (listed: Listed, state: MessageState): boolean =>
  state === CLICKED ? isClicked(listed.record) : progressOf(deliveryIn(listed)) === state

const labelsFor = (state: MessageState | undefined, kind: Kind | undefined): string[] => [
  ...(state ? [state === CLICKED ? CLICKED : progressLabel(state)] : []),
  ...(kind ? [kindLabel(kind)] : []),
]

type MessageListParts = {
  index: Pick<RecordIndex, 'list' | 'size'>
  list: Pick<RecordList, 'load'>
}

export const createMessageList = ({ index, list }: MessageListParts) => {
  const listing = createListing({ index, load: list.load })

  return async (query: Query): Promise<Listing<Listed> | { problem: string }> => {
    const states = choiceIn<MessageState>(query.state, MESSAGE_STATES, 'a state')
    if ('problem' in states) return states
    const ofKind = choiceIn(query.kind, kinds, 'a kind of message')
    if ('problem' in ofKind) return ofKind
    const span = daysIn(query)
    if ('problem' in span) return span
    const [state, kind] = [states.choice, ofKind.choice]
    return listing({
      ...span,
      cursor: query.cursor,
      labels: labelsFor(state, kind),
      accepts: (listed) =>
        (!state || hasState(listed, state)) &&
        (!kind || messageIn(listed.id, listed.record).kind === kind),
    })
  }
}

export type MessageList = ReturnType<typeof createMessageList>
