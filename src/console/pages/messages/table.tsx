// Messages as rows of a table.

import { messageIn } from '../../../messages/store.ts'
import { deliveryIn, shownStates } from '../../../operator/message-list.ts'
import { reasonSays } from '../../../operator/reason.ts'
import { inWords } from '../../../operator/words.ts'
import type { Listed } from '../../../records/list.ts'
import type { PauseState } from '../../../resend/pause.ts'
import { messagePath } from '../../ui/links.tsx'
import { Address, Said, Table, Time } from '../../ui/parts.tsx'
import { StateBadge } from '../../ui/states.tsx'

/** Why its recipient has no email, if so, and as which message it was sent again. */
export const Reason = ({ listed, pause }: { listed: Listed; pause: PauseState }) => {
  const says = reasonSays(deliveryIn(listed), pause)
  return (
    says.length > 0 && (
      <div className="quiet small">
        <Said says={says} />
      </div>
    )
  )
}

export const States = ({ listed }: { listed: Listed }) => (
  <span className="row tight">
    {shownStates(listed).map((state) => (
      <StateBadge key={state} state={state} />
    ))}
  </span>
)

type TableParts = { rows: readonly Listed[]; pause: PauseState }

export const MessageTable = ({ rows, pause }: TableParts) => (
  <Table
    caption="Messages"
    rows={rows.map((listed) => ({ listed, message: messageIn(listed.id, listed.record) }))}
    keyOf={({ message }) => message.id}
    columns={[
      {
        name: 'Message',
        cell: ({ message }) => (
          <a className="nowrap" href={messagePath(message.id)}>
            {inWords(message.kind)}
          </a>
        ),
      },
      {
        name: 'State',
        cell: ({ listed }) => (
          <>
            <States listed={listed} />
            <Reason {...{ listed, pause }} />
          </>
        ),
      },
      {
        name: 'To',
        cell: ({ message }) => <Address of={message.recipient.address} />,
      },
      {
        name: 'About',
        cell: ({ message }) => (
          <code className="quiet clip" title={message.fact}>
            {message.fact}
          </code>
        ),
      },
      { name: 'Decided', cell: ({ message }) => <Time at={message.plannedAt} /> },
    ]}
  />
)
