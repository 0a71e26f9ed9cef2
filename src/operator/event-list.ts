// Lists events by outcome, type and days, newest first; and those that wait to be interpreted.

import { EVENT_LABELS, labelsOf } from '../events/entry.ts'
import { type InterpretedEvent, isInterpreted, type StoredEvent } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import type { Clock } from '../runtime/clock.ts'
import { choiceIn, isTimed, type Query, spanIn } from './filters.ts'
import { createListing, type Listing } from './listing.ts'
import type { ReadWaitingEvents } from './waiting-events.ts'

const valuesOf = (name: string): string[] =>
  EVENT_LABELS.filter((label) => label.startsWith(`${name}:`)).map((label) =>
    label.slice(name.length + 1),
  )

/** Stands for no outcome yet. */
export const WAITING = 'waiting'

export const EVENT_OUTCOMES = [...valuesOf('outcome'), WAITING]

/** The types that can lead to a message, and `other`. */
export const EVENT_TYPES = valuesOf('type')

type EventListParts = {
  eventIndex: Pick<RecordIndex, 'list' | 'size'>
  events: Pick<EventStore, 'load'>
  waiting: ReadWaitingEvents
  clock: Pick<Clock, 'now'>
}

export const createEventList = ({ eventIndex, events, waiting, clock }: EventListParts) => {
  const listing = createListing<InterpretedEvent>({
    index: eventIndex,
    load: async (found) => {
      const event = await events.load(found)
      return isInterpreted(event) ? event : null
    },
  })

  const listWaiting = async (query: Query): Promise<Listing<StoredEvent> | { problem: string }> => {
    if (query.type || isTimed(query))
      return { problem: 'Events that wait have no type yet, and are few. Clear the other filters.' }
    const { first } = await waiting()
    return { rows: first, cursor: null, looked: first.length, total: null }
  }

  return async (query: Query): Promise<Listing<StoredEvent> | { problem: string }> => {
    if (query.outcome === WAITING) return listWaiting(query)
    const outcome = choiceIn(query.outcome, EVENT_OUTCOMES, 'an outcome')
    if ('problem' in outcome) return outcome
    const type = choiceIn(query.type, EVENT_TYPES, 'a type')
    if ('problem' in type) return type
    const span = spanIn(query, clock.now())
    if ('problem' in span) return span
    const labels = [
      ...(outcome.choice ? [`outcome:${outcome.choice}`] : []),
      ...(type.choice ? [`type:${type.choice}`] : []),
    ]
    const accepts = (event: InterpretedEvent) =>
      labels.every((label) => labelsOf(event).includes(label))
    return listing({ ...span, cursor: query.cursor, labels, accepts })
  }
}

export type EventList = ReturnType<typeof createEventList>
