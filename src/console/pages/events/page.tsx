// The pages of one event: what it is and led to, and what it would lead to if it were interpreted again.

import { isInterpreted, type StoredEvent } from '../../../events/record.ts'
import { type DryRun, RESULTS } from '../../../operator/replay.ts'
import { inWords, outcomeText } from '../../../operator/words.ts'
import { SECOND } from '../../../runtime/clock.ts'
import { CustomerLink, eventPath, MessageLink, SearchLink } from '../../ui/links.tsx'
import { Action, Card, Empty, Fields, Id, Time } from '../../ui/parts.tsx'
import type { Page } from '../../ui/shell.tsx'
import { OutcomeBadge } from '../../ui/states.tsx'
import { typeOf } from './table.tsx'

/** Fields that open something, wherever they are in a payload. */
const isSecret = (name: string) => /(token|secret)$/i.test(name)

/** The payload with its lines indented; as it came, where it is no JSON. */
const printed = (body: string): string => {
  try {
    const hidden = (name: string, value: unknown) =>
      isSecret(name) && typeof value === 'string' ? '(hidden)' : value
    return JSON.stringify(JSON.parse(body), hidden, 2)
  } catch {
    return body // shown as it came
  }
}

const seconds = (milliseconds: number) => `${(milliseconds / SECOND).toFixed(2)} s`

const Messages = ({ ids }: { ids: readonly string[] }) => (
  <>
    {ids.map((id) => (
      <div key={id}>
        <MessageLink id={id} />
      </div>
    ))}
  </>
)

const idOf = (name: string, id: string) =>
  name === 'customer' ? <CustomerLink id={id} /> : <SearchLink id={id} />

const Facts = ({ event }: { event: StoredEvent }) => {
  const { id, receivedAt, isBackfilled, outcome } = event
  const ids = isInterpreted(event) ? event.ids : {}
  return (
    <Fields
      of={[
        ['Outcome', <OutcomeBadge key="outcome" outcome={outcome} />],
        ['Because', outcome && 'ignored' in outcome ? outcomeText(outcome) : null],
        ['Messages', outcome?.messages ? <Messages key="m" ids={outcome.messages} /> : null],
        ['Received', <Time key="received" at={receivedAt} />],
        [
          'Interpreted after',
          isInterpreted(event) ? seconds(event.interpretedAt - receivedAt) : null,
        ],
        ['Found by', isBackfilled ? 'The backfill: its webhook never came' : 'Its webhook'],
        ['Webhook id', <Id key="id" of={id} />],
        ...Object.entries(ids).map(([name, id]) => [inWords(name), idOf(name, id)] as const),
      ]}
    />
  )
}

const Payload = ({ body }: { body: string | null }) =>
  body === null ? (
    <Empty title="The payload is no longer kept">
      Payloads are kept for as long as RETAIN_PAYLOADS_DAYS says. The outcome stays.
    </Empty>
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls takes the focus
    <pre tabIndex={0}>{printed(body)}</pre>
  )

export const eventPage = (event: StoredEvent): Page => ({
  title: typeOf(event),
  section: 'Events',
  parent: { path: '/console/events', name: 'Events' },
  body: (
    <div className="columns">
      <Card title="Payload">
        <Payload body={event.body} />
      </Card>
      <Card title="Event">
        <div className="body">
          <Facts event={event} />
          {isInterpreted(event) && event.body !== null && (
            <p className="row">
              <a className="button" href={`${eventPath(event.id)}/replay`}>
                Replay…
              </a>
            </p>
          )}
        </div>
      </Card>
    </div>
  ),
})

const NOT: Record<'waits' | 'payload_gone', string> = {
  waits: 'It waits to be interpreted already.',
  payload_gone: 'Its payload is gone (RETAIN_PAYLOADS_DAYS), so it cannot be interpreted again.',
}

const Expected = ({ run }: { run: DryRun | { problem: string } }) => {
  if ('problem' in run) return <p>{run.problem}</p>
  if ('not' in run) return <p>{NOT[run.not]}</p>
  if ('ignored' in run) return <p>{`No message. ${outcomeText(run)}`}</p>
  return (
    <ul>
      {run.messages.map(({ kind, fact, result }) => (
        <li key={`${kind} ${fact}`}>
          <strong>{inWords(kind)}</strong> {RESULTS[result]}
        </li>
      ))}
    </ul>
  )
}

/** @param run what it would lead to now, or why that is not known. */
export const replayPage = (event: StoredEvent, run: DryRun | { problem: string }): Page => ({
  title: 'Replay',
  section: 'Events',
  lead: 'Nothing has been changed. This is a dry run, by the settings of today.',
  parent: { path: eventPath(event.id), name: typeOf(event) },
  body: (
    <Card title="It would lead to">
      <div className="body">
        <Expected run={run} />
        {!('problem' in run) && !('not' in run) && (
          <>
            <p className="quiet small">
              A worker interprets it again within seconds. What was decided once is never sent
              twice.
            </p>
            <Action path={`${eventPath(event.id)}/replay`} label="Replay" look="primary" />
          </>
        )}
      </div>
    </Card>
  ),
})
