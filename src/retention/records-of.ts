// Finds the records of one customer through the indexes, newest first. What is removed on the way changes nothing that follows.

import type { EventStore } from '../events/store.ts'
import type { Message } from '../messages/message.ts'
import { customerTerm, messageIn } from '../messages/store.ts'
import type { Listed, RecordList } from '../records/list.ts'
import type { Found, RecordIndex } from '../redis/record-index.ts'

/** Entries that are read at a time. */
const PAGE = 50

/** Entries that may have a term. */
async function* entriesOf(index: Pick<RecordIndex, 'find'>, term: string): AsyncGenerator<Found> {
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<RecordIndex['find']>> = await index.find(term, {
      limit: PAGE,
      cursor,
    })
    yield* page.found
    cursor = page.cursor
  } while (cursor !== null)
}

type MessageIndex = { index: Pick<RecordIndex, 'find'>; list: Pick<RecordList, 'load'> }

export type CustomerMessage = Listed & { found: Found; message: Message }

/** The message of an entry; `null` where it is gone by now. */
export const messageAt = async (
  { list }: Pick<MessageIndex, 'list'>,
  found: Found,
): Promise<CustomerMessage | null> => {
  const listed = await list.load(found)
  return listed && { ...listed, found, message: messageIn(listed.id, listed.record) }
}

/** The messages that may have a term. */
export async function* messagesWith(parts: MessageIndex, term: string) {
  for await (const found of entriesOf(parts.index, term)) {
    const one = await messageAt(parts, found)
    if (one) yield one
  }
}

/** The messages to a customer and its members. */
export async function* messagesOf(parts: MessageIndex, customerId: string) {
  for await (const one of messagesWith(parts, customerTerm(customerId)))
    if (one.message.recipient.customerId === customerId) yield one
}

type Events = { eventIndex: Pick<RecordIndex, 'find'>; events: Pick<EventStore, 'load'> }

/** The events about a customer. */
export async function* eventsOf({ eventIndex, events }: Events, customerId: string) {
  for await (const found of entriesOf(eventIndex, `customer:${customerId}`)) {
    const event = await events.load(found)
    if (event?.outcome && event.ids.customer === customerId) yield found
  }
}
