// The search: an address or an id leads to what it names.

import { Hono } from 'hono'
import type { CustomerStore } from '../../customers/store.ts'
import { isIdLike } from '../../messages/store.ts'
import { type FoundByText, MAX_FOUND, type Search } from '../../operator/search.ts'
import { isMessageId } from '../../records/message-id.ts'
import { isUuid } from '../../redis/keys.ts'
import type { PauseState } from '../../resend/pause.ts'
import type { ConsoleContext, ConsoleEnv } from '../access.ts'
import type { Frame } from '../frame.ts'
import { customerPath, eventPath, messagePath } from '../ui/links.tsx'
import { Card, Empty } from '../ui/parts.tsx'
import { EventTable } from './events/table.tsx'
import { MessageTable } from './messages/table.tsx'

const PATH = '/console/search'

/** The page of the only hit. A message named by its own id needs no list of its event beside it. */
const onlyPath = (text: string, { messages, events }: FoundByText): string | null => {
  const [message, event] = [messages[0], events[0]]
  if (message && messages.length === 1 && (events.length === 0 || isMessageId(text)))
    return messagePath(message.id)
  return event && events.length === 1 && (messages.length === 0 || event.id === text)
    ? eventPath(event.id)
    : null
}

const NONE: FoundByText = { messages: [], events: [] }

const Hint = ({ title }: { title: string }) => (
  <Card>
    <Empty title={title}>
      Search for a whole address, or an id: of a message, an event, a customer, a member, an order,
      a subscription, an invoice, an email at Resend, or the customer’s id in your own system. A
      name of a person finds nothing. If a webhook may have been missed,{' '}
      <a href="/console/work">look for it</a>. Of a customer who was erased, only the id at Polar is
      still known.
    </Empty>
  </Card>
)

const empty = {
  title: 'Search',
  body: <Hint title="Type what you look for into the box above the navigation" />,
}

const Found = ({ messages, events, pause }: FoundByText & { pause: PauseState }) => (
  <>
    {messages.length > 0 && (
      <Card title="Messages">
        <MessageTable {...{ rows: messages, pause }} />
      </Card>
    )}
    {events.length > 0 && (
      <Card title="Events">
        <EventTable rows={events} />
      </Card>
    )}
  </>
)

type SearchParts = {
  frame: Frame
  search: Search
  pauseState: () => Promise<PauseState>
  customers: Pick<CustomerStore, 'load'>
}

export const searchSection = ({ frame, search, pauseState, customers }: SearchParts) => {
  /** The page of a customer of whom only the mark of deletion is left. */
  const gonePath = async (text: string, { messages, events }: FoundByText) => {
    const id = text.toLowerCase()
    if (messages.length + events.length > 0 || !isUuid(id)) return null
    return (await customers.load(id, null)).state.deletedAt ? customerPath(id) : null
  }

  const list = async (c: ConsoleContext, searched: string, found: FoundByText) => {
    const page = { title: 'Search', searched }
    if (found.messages.length + found.events.length === 0)
      return frame.show(c, { ...page, body: <Hint title="Nothing is stored about this" /> }, 404)
    const lead = `The newest ${MAX_FOUND} messages and events that fit.`
    const body = <Found {...found} pause={await pauseState()} />
    return frame.show(c, { ...page, lead, body })
  }

  return new Hono<ConsoleEnv>()
    .get(PATH, async (c) => {
      const id = c.req.query('id')
      if (id === undefined) return frame.show(c, empty)
      // An address belongs into no URL, so it names nothing in one.
      return isIdLike(id) ? list(c, id, await search(id)) : list(c, '', NONE)
    })
    .post(PATH, async (c) => {
      const text = c.get('form').q?.trim() ?? ''
      const found = text === '' ? NONE : await search(text)
      const only = onlyPath(text, found) ?? (await gonePath(text, found))
      return only ? c.redirect(only, 303) : list(c, text, found)
    })
}
