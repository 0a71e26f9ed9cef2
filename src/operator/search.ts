// Finds messages and events by one text: an address, an invoice number, an id of Polar's, of Resend's or of the merchant's, or
// one of ours.

import type { StoredEvent } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import { isIdLike, messageIn, termsNaming } from '../messages/store.ts'
import type { Listed, RecordList } from '../records/list.ts'
import { isMessageId } from '../records/message-id.ts'
import { messageKey, type RecordStore } from '../records/store.ts'
import type { RecordIndex } from '../redis/record-index.ts'

/** As many of each are found, the newest. */
export const MAX_FOUND = 50

type SearchParts = {
  records: Pick<RecordStore, 'load'>
  list: Pick<RecordList, 'load'>
  index: Pick<RecordIndex, 'find'>
  events: Pick<EventStore, 'load'>
  eventIndex: Pick<RecordIndex, 'find'>
}

/** Newest first. */
export type FoundByText = { messages: Listed[]; events: StoredEvent[] }

const EVENT_TERMS = ['customer', 'order', 'subscription', 'member']

const withoutDoubles = <One extends { id: string }>(all: readonly (One | null)[]): One[] => [
  ...new Map(all.flatMap((one) => (one ? [[one.id, one] as const] : []))).values(),
]

export const createSearch = ({ records, list, index, events, eventIndex }: SearchParts) => {
  const load = async (id: string): Promise<Listed | null> => {
    const record = await records.load(messageKey(id))
    return record && { id, record }
  }

  const messagesOf = async (text: string): Promise<(Listed | null)[]> => {
    if (isMessageId(text)) return [await load(text)]
    const pages = await Promise.all(
      termsNaming(text).map((term) => index.find(term, { limit: MAX_FOUND })),
    )
    return Promise.all(pages.flatMap(({ found }) => found).map(list.load))
  }

  const eventsOf = async (text: string): Promise<StoredEvent[]> => {
    if (!isIdLike(text)) return []
    const pages = await Promise.all(
      EVENT_TERMS.map((name) => eventIndex.find(`${name}:${text}`, { limit: MAX_FOUND })),
    )
    const refs = [text, ...pages.flatMap(({ found }) => found)]
    return withoutDoubles(await Promise.all(refs.map(events.load)))
  }

  return async (text: string): Promise<FoundByText> => {
    const [byText, found] = await Promise.all([messagesOf(text), eventsOf(text)])
    const named = found.find(({ id }) => id === text)?.outcome?.messages ?? []
    const messages = withoutDoubles([...byText, ...(await Promise.all(named.map(load)))])
    const decidedAt = ({ id, record }: Listed) => messageIn(id, record).plannedAt
    return {
      messages: messages.toSorted((a, b) => decidedAt(b) - decidedAt(a)),
      events: found.toSorted((a, b) => b.receivedAt - a.receivedAt),
    }
  }
}

export type Search = ReturnType<typeof createSearch>
