// Prints the messages and events that a text names, and what happened to each, in order.

import type { Delivery } from '../deliveries/delivery.ts'
import { progressOf } from '../deliveries/labels.ts'
import type { StoredEvent } from '../events/record.ts'
import { messageIn } from '../messages/store.ts'
import type { Search } from '../operator/search.ts'
import { storyOf } from '../operator/story.ts'
import type { Listed } from '../records/list.ts'
import { type CommandOutput, countOf } from './output.ts'

const secondOf = (time: number) =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const messageLines = (listed: Listed): string[] => {
  const { id, record } = listed
  const { kind } = messageIn(id, record)
  return [
    `${id}  ${kind}  ${progressOf(record.parts.delivery as Delivery)}`,
    ...storyOf(listed).map(
      ({ at, what, because }) => `  ${secondOf(at)}  ${because ? `${what}: ${because}` : what}`,
    ),
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

export const createFind =
  (search: Search) =>
  async (text: string): Promise<CommandOutput> => {
    const { messages, events } = await search(text)
    if (messages.length === 0 && events.length === 0)
      return { lines: [], errors: ['Nothing is stored about this.'] }
    const heading = messages.length > 0 ? [`${countOf(messages.map(({ id }) => id))}:`, ''] : []
    return {
      lines: [
        ...heading,
        ...messages.flatMap((one) => [...messageLines(one), '']),
        ...events.flatMap(eventLines),
      ],
      errors: [],
    }
  }
