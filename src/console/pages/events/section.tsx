// The events: the list, one event with its payload, and its replay.

import { Hono } from 'hono'
import type { EventLifetimes } from '../../../events/lifetimes.ts'
import type { StoredEvent } from '../../../events/record.ts'
import type { EventStore } from '../../../events/store.ts'
import type { NoteAct } from '../../../operator/actions.ts'
import {
  EVENT_OUTCOMES,
  EVENT_TYPES,
  type EventList,
  WAITING,
} from '../../../operator/event-list.ts'
import type { RunDry } from '../../../operator/replay.ts'
import type { ReadWaitingEvents, WaitingEvents } from '../../../operator/waiting-events.ts'
import { PolarUnavailableError } from '../../../polar/call.ts'
import type { ConsoleContext, ConsoleEnv } from '../../access.ts'
import type { Frame } from '../../frame.ts'
import type { Notice } from '../../sessions.ts'
import { eventPath } from '../../ui/links.tsx'
import { ListPage } from '../../ui/listing.tsx'
import { Time } from '../../ui/parts.tsx'
import { eventPage, replayPage } from './page.tsx'
import { EventTable } from './table.tsx'

const LIST = '/console/events'
const ONE = `${LIST}/:id`

const CHOICES = [
  { name: 'outcome', label: 'Outcome', options: EVENT_OUTCOMES },
  { name: 'type', label: 'Type', options: EVENT_TYPES },
]

/** How many wait, and since when the oldest of those that come next. */
const Waiting = ({ count, first: [oldest, ...others] }: WaitingEvents) =>
  oldest ? (
    <p className="quiet">
      {count === 1 ? '1 event waits' : `${count} events wait`} to be interpreted, the oldest since{' '}
      <Time at={oldest.receivedAt} />. <a href={`${LIST}?outcome=${WAITING}`}>Show them</a>
      {count > others.length + 1 && ` (the next ${others.length + 1})`}
    </p>
  ) : null

type EventsParts = {
  frame: Frame
  list: EventList
  waiting: ReadWaitingEvents
  events: Pick<EventStore, 'load'>
  eventLifetimes: Pick<EventLifetimes, 'reopen'>
  runDry: RunDry
  note: NoteAct
}

const noEvent = {
  title: 'There is no such event',
  section: 'Events' as const,
  parent: { path: LIST, name: 'Events' },
  body: 'Its id may be wrong, or the event has grown older than RETAIN_RECORDS_DAYS and is gone.',
}

export const eventsSection = (parts: EventsParts) => {
  const { frame, list, waiting, events, eventLifetimes, runDry, note } = parts

  const listPage = async (c: ConsoleContext) => {
    const query = c.req.query()
    const [found, waits] = await Promise.all([list(query), waiting()])
    const page = {
      title: 'Events',
      section: 'Events' as const,
      lead: 'The events of Polar, newest first. Days are in UTC.',
      body: (
        <>
          <Waiting {...waits} />
          <ListPage
            {...{ path: LIST, query, choices: CHOICES, found, name: 'event' }}
            table={(rows) => <EventTable rows={rows} />}
            empty="The first webhook from Polar will bring one."
          />
        </>
      ),
    }
    return frame.show(c, page, 'problem' in found ? 400 : 200)
  }

  /** Answers for an event that there is; or says that there is none. */
  const forEvent =
    (answer: (c: ConsoleContext, event: StoredEvent) => Response | Promise<Response>) =>
    async (c: ConsoleContext) => {
      const event = await events.load(c.req.param('id') ?? '')
      return event ? answer(c, event) : frame.show(c, noEvent, 404)
    }

  const dryRun = async (event: StoredEvent) => {
    try {
      return await runDry(event)
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      const problem = `Polar did not give what the event needs (${error.message}). Try again later.`
      return { problem }
    }
  }

  return new Hono<ConsoleEnv>()
    .get(LIST, listPage)
    .get(
      ONE,
      forEvent((c, event) => frame.show(c, eventPage(event))),
    )
    .get(
      `${ONE}/replay`,
      forEvent(async (c, event) => frame.show(c, replayPage(event, await dryRun(event)))),
    )
    .post(
      `${ONE}/replay`,
      forEvent(async (c, { id }) => {
        const isReopened = await note.perform({ action: 'events replayed' }, async () => {
          const reopened = await eventLifetimes.reopen(id)
          if (reopened) await note.result({ act: 'events replayed', events: 1 })
          return reopened
        })
        const notice: Notice = isReopened
          ? {
              tone: 'good',
              text: 'It is interpreted again within seconds. Reload to see the outcome.',
            }
          : { tone: 'bad', text: 'It was not replayed: it waits already, or its payload is gone.' }
        return frame.goOn(c, eventPath(id), notice)
      }),
    )
}
