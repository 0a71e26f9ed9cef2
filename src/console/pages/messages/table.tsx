// Messages as rows of a table.

import { isClicked } from '../../../clicks/store.ts'
import { CLICKED, progressOf } from '../../../deliveries/labels.ts'
import { messageIn } from '../../../messages/store.ts'
import { deliveryIn } from '../../../operator/message-list.ts'
import { reasonOf } from '../../../operator/reason.ts'
import { inWords } from '../../../operator/words.ts'
import type { Listed } from '../../../records/list.ts'
import type { PauseState } from '../../../resend/pause.ts'
import { messagePath } from '../../ui/links.tsx'
import { Address, Table, Time } from '../../ui/parts.tsx'
import { StateBadge } from '../../ui/states.tsx'

/** Why its recipient has no email, if so. */
export const Reason = ({ listed, pause }: { listed: Listed; pause: PauseState }) => {
  const reason = reasonOf(deliveryIn(listed), pause)
  return reason && <div className="quiet small">{reason}</div>
}

/** How far it has come, and whether somebody clicked. */
export const States = ({ listed }: { listed: Listed }) => (
  <span className="row tight">
    <StateBadge state={progressOf(deliveryIn(listed))} />
    {isClicked(listed.record) && <StateBadge state={CLICKED} />}
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
