// Prints the messages and events that a text names, and what happened to each, in the words of the console's message page.

import type { CustomerStore } from '../customers/store.ts'
import type { DeliveryStore } from '../deliveries/store.ts'
import { isInterpreted, type StoredEvent } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import { messageIn } from '../messages/store.ts'
import { goneSays } from '../operator/erasure-words.ts'
import { deliveryIn, shownStates } from '../operator/message-list.ts'
import { standstillOf } from '../operator/reason.ts'
import { sayWith } from '../operator/says.ts'
import type { Search } from '../operator/search.ts'
import { storyOf } from '../operator/story.ts'
import { type Moment, timelineOf } from '../operator/timeline.ts'
import { inWords, outcomeText, SUPPRESSED } from '../operator/words.ts'
import type { Listed } from '../records/list.ts'
import { isUuid } from '../redis/keys.ts'
import type { PauseState } from '../resend/pause.ts'
import type { Suppression, Suppressions } from '../suppressions/store.ts'
import { type FoundMessage, nextCommands } from './next-commands.ts'
import { type CommandOutput, countOf, minuteOf } from './output.ts'

const NOTHING = [
  'Nothing is stored about this. Name a whole address, an invoice number, or a whole id: of a message, an event, an order,',
  'a subscription, a customer, a member, an email at Resend, or your own id of the customer. A name of a person finds nothing.',
  'Of a customer who was erased, only the id at Polar is still known.',
]

type FindParts = {
  search: Search
  events: Pick<EventStore, 'load'>
  deliveries: Pick<DeliveryStore, 'frozen'>
  suppressions: Pick<Suppressions, 'isSuppressed'>
  customers: Pick<CustomerStore, 'load'>
  pauseState: () => Promise<PauseState>
}

const secondOf = (time: number) =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const momentLine = ({ at, title, text, event, message }: Moment): string =>
  `  ${secondOf(at)}  ${title}${text ? `: ${text}` : ''}${[event, message].map((id) => (id ? ` ${id}` : '')).join('')}`

const suppressionLine = ({ because, at, origin }: Suppression): string =>
  `  Its address is suppressed since ${minuteOf(at)}: ${SUPPRESSED[because]}, by ${origin.message ?? 'an email of another system'}.`

const messageLines = (
  { listed, suppression }: FoundMessage,
  event: StoredEvent | null,
  pause: PauseState,
): string[] => {
  const { id, record } = listed
  const { kind, eventId } = messageIn(id, record)
  const steps = storyOf(listed, { withMachines: true })
  const standstill = standstillOf(deliveryIn(listed), pause)
  return [
    `${id}  ${inWords(kind)}  ${shownStates(listed).map(inWords).join(', ')}`,
    ...timelineOf(steps, eventId, event).map(momentLine),
    ...(standstill ? [`  It waits. ${standstill}`] : []),
    ...(suppression ? [suppressionLine(suppression)] : []),
    '',
  ]
}

const eventLines = (event: StoredEvent): string[] => {
  const { id, receivedAt, outcome } = event
  const received = `event ${id}  ${secondOf(receivedAt)}`
  if (!isInterpreted(event)) return [`${received}  Not interpreted yet`]
  const ids = outcome?.messages?.map((message) => `  ${message}`) ?? []
  return [`${received}  ${event.type ?? 'Of no known type'}  ${outcomeText(event.outcome)}`, ...ids]
}

export const createFind = (parts: FindParts) => {
  const { search, events, deliveries, suppressions, customers, pauseState } = parts

  /** The line about a customer who is deleted; none for any other, or for another text. */
  const goneLines = async (text: string): Promise<string[]> => {
    const id = text.toLowerCase()
    const gone = isUuid(id) ? goneSays((await customers.load(id, null)).state) : null
    return gone ? [`Customer ${id}: ${sayWith(gone, minuteOf)}`] : []
  }

  const withMore = async (listed: Listed) => {
    const { recipient, eventId } = messageIn(listed.id, listed.record)
    const [suppression, email, event, pause] = await Promise.all([
      suppressions.isSuppressed(recipient.address),
      deliveries.frozen(listed.id),
      eventId ? events.load(eventId) : null,
      pauseState(),
    ])
    const message: FoundMessage = { listed, suppression, isKept: email !== null }
    return { message, lines: messageLines(message, event, pause) }
  }

  return async (text: string): Promise<CommandOutput> => {
    const [found, gone] = await Promise.all([search(text), goneLines(text)])
    if (found.messages.length === 0 && found.events.length === 0 && gone.length === 0)
      return { lines: [], errors: NOTHING }
    const messages = await Promise.all(found.messages.map(withMore))
    const ids = found.messages.map(({ id }) => id)
    const help = nextCommands(
      messages.map(({ message }) => message),
      found.events,
    )
    return {
      lines: [
        ...gone,
        ...(ids.length > 0 ? [`${countOf(ids)}:`, ''] : []),
        ...messages.flatMap(({ lines }) => lines),
        ...found.events.flatMap(eventLines),
        ...(found.events.length > 0 && help.length > 0 ? [''] : []),
        ...help,
      ],
      errors: [],
    }
  }
}
