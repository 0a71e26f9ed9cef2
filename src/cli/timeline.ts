// Finds messages and events by one text, and writes down what happened to each, in order.

import type { Click } from '../clicks/store.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import { progressOf } from '../deliveries/labels.ts'
import type { StoredEvent } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import { isIdLike, messageIn, termsNaming } from '../messages/store.ts'
import type { Listed, RecordList } from '../records/list.ts'
import { isMessageId } from '../records/message-id.ts'
import { messageKey, type RecordStore } from '../records/store.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type CommandOutput, countOf } from './output.ts'

/** As many of each are printed, the newest. */
const MAX_SHOWN = 50

const secondOf = (time: number) =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`

type Step = { at: number; text: string }

const clickSteps = ({ record }: Listed): Step[] => {
  const { clicks = [] } = (record.parts.clicks ?? {}) as { clicks?: readonly Click[] }
  return clicks.map(({ at, visitor, ending }) => ({
    at,
    text: `link visited: ${visitor}, ${ending}`,
  }))
}

const messageLines = (listed: Listed): string[] => {
  const { id, record } = listed
  const message = messageIn(id, record)
  const delivery = record.parts.delivery as Delivery
  const steps: Step[] = [
    {
      at: message.receivedAt,
      text: message.eventId
        ? `event received: ${message.eventType} ${message.eventId}`
        : `fell due: ${message.eventType}`,
    },
    { at: message.plannedAt, text: `message decided: ${message.fact}` },
    ...delivery.history.map(({ at, what, because }) => ({
      at,
      text: because ? `${what}: ${because}` : what,
    })),
    ...clickSteps(listed),
  ]
  return [
    `${id}  ${message.kind}  ${progressOf(delivery)}`,
    ...steps.toSorted((a, b) => a.at - b.at).map(({ at, text }) => `  ${secondOf(at)}  ${text}`),
  ]
}

const eventLines = (event: StoredEvent): string[] => {
  const { id, receivedAt, outcome } = event
  if (outcome === null) return [`event ${id}  ${secondOf(receivedAt)}  not interpreted yet`]
  const result =
    'ignored' in outcome ? `ignored, ${outcome.ignored}: ${outcome.because}` : 'messages'
  const type = event.type ?? 'of no known type'
  const ids = outcome.messages?.map((message) => `  ${message}`) ?? []
  return [`event ${id}  ${secondOf(receivedAt)}  ${type}  ${result}`, ...ids]
}

type FindParts = {
  records: Pick<RecordStore, 'load'>
  list: Pick<RecordList, 'load'>
  index: Pick<RecordIndex, 'find'>
  events: Pick<EventStore, 'load'>
  eventIndex: Pick<RecordIndex, 'find'>
}

const EVENT_TERMS = ['customer', 'order', 'subscription', 'member']

export const createFind = ({ records, list, index, events, eventIndex }: FindParts) => {
  const messagesOf = async (text: string): Promise<Listed[]> => {
    if (isMessageId(text)) {
      const record = await records.load(messageKey(text))
      return record ? [{ id: text, record }] : []
    }
    const terms = termsNaming(text)
    const found = await Promise.all(terms.map((term) => index.find(term, { limit: MAX_SHOWN })))
    const listed = await Promise.all(found.flatMap((page) => page.found).map(list.load))
    const byId = new Map(listed.flatMap((one) => (one ? [[one.id, one] as const] : [])))
    return [...byId.values()]
  }

  const eventsOf = async (text: string): Promise<StoredEvent[]> => {
    if (!isIdLike(text)) return []
    const found = await Promise.all(
      EVENT_TERMS.map((name) => eventIndex.find(`${name}:${text}`, { limit: MAX_SHOWN })),
    )
    const loaded = await Promise.all([
      events.load(text),
      ...found.flatMap((page) => page.found).map(events.load),
    ])
    const byId = new Map(loaded.flatMap((one) => (one ? [[one.id, one] as const] : [])))
    return [...byId.values()]
  }

  return async (text: string): Promise<CommandOutput> => {
    const [messages, found] = await Promise.all([messagesOf(text), eventsOf(text)])
    if (messages.length === 0 && found.length === 0)
      return { lines: [], errors: ['Nothing is stored about this.'] }
    const decidedAt = (one: Listed) => messageIn(one.id, one.record).plannedAt
    return {
      lines: [
        ...(messages.length > 0 ? [`${countOf(messages.map(({ id }) => id))}:`, ''] : []),
        ...messages
          .toSorted((a, b) => decidedAt(b) - decidedAt(a))
          .flatMap((one) => [...messageLines(one), '']),
        ...found.toSorted((a, b) => b.receivedAt - a.receivedAt).flatMap(eventLines),
      ],
      errors: [],
    }
  }
}
