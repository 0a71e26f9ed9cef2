// Events as rows of a table. They name ids and reasons, never an address.

import { isInterpreted, type StoredEvent } from '../../../events/record.ts'
import { eventPath, MessageLink } from '../../ui/links.tsx'
import { Table, Time } from '../../ui/parts.tsx'
import { OutcomeBadge } from '../../ui/states.tsx'

/** Its type; Polar's word. */
export const typeOf = (event: StoredEvent): string =>
  isInterpreted(event) ? (event.type ?? 'Of no known type') : 'Not interpreted yet'

const Result = ({ event }: { event: StoredEvent }) => {
  const { outcome } = event
  if (outcome === null) return null
  // Why an event is not mapped is its type.
  const because = 'ignored' in outcome && outcome.because !== event.type ? outcome.because : null
  return (
    <>
      {because !== null && <div className="quiet">{because}</div>}
      {outcome.messages?.map((id) => (
        <div key={id}>
          <MessageLink id={id} />
        </div>
      ))}
    </>
  )
}

export const EventTable = ({ rows }: { rows: readonly StoredEvent[] }) => (
  <Table
    caption="Events"
    rows={rows}
    keyOf={({ id }) => id}
    columns={[
      {
        name: 'Event',
        cell: (event) => (
          <a className="nowrap" href={eventPath(event.id)}>
            {typeOf(event)}
          </a>
        ),
      },
      { name: 'Outcome', cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
      { name: 'Because, or messages', cell: (event) => <Result event={event} /> },
      { name: 'Received', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
    ]}
  />
)
