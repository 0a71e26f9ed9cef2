// The actions of operators, newest first.

import { Hono } from 'hono'
import type { OperatorAction, OperatorActions } from '../../operator/actions.ts'
import { uuidOf } from '../../redis/keys.ts'
import type { ConsoleEnv } from '../access.ts'
import type { Frame } from '../frame.ts'
import { CustomerLink, MessageLink } from '../ui/links.tsx'
import { Badge, Card, Empty, Table, Time } from '../ui/parts.tsx'

const SHOWN = 200

type ActionsParts = { frame: Frame; actions: Pick<OperatorActions, 'newest'> }

const MESSAGES = new Set(['message', 'as'])
const CUSTOMERS = new Set(['customer', 'mark'])

const Value = ({ name, value }: { name: string; value: string }) => {
  if (MESSAGES.has(name)) return <MessageLink id={value} />
  if (!CUSTOMERS.has(name)) return value
  return <CustomerLink id={name === 'mark' ? uuidOf(Buffer.from(value, 'base64url')) : value} />
}

/** The ids and reasons of an action. */
const Subject = ({ action }: { action: OperatorAction }) => {
  const { at: _, by: __, act: ___, ...rest } = action
  return (
    <>
      {Object.entries(rest)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <span className="quiet">{CUSTOMERS.has(name) ? 'customer' : name}</span>{' '}
            <Value {...{ name, value: `${value}` }} />
          </div>
        ))}
    </>
  )
}

export const actionsSection = ({ frame, actions }: ActionsParts) =>
  new Hono<ConsoleEnv>().get('/console/actions', async (c) => {
    const rows = await actions.newest(SHOWN)
    return frame.show(c, {
      title: 'Actions',
      section: 'Actions',
      lead: 'What operators did by command or here. The log has the same lines.',
      body: (
        <Card>
          {rows.length === 0 ? (
            <Empty title="Nobody has done anything yet" />
          ) : (
            <Table
              caption="Actions of operators"
              rows={rows}
              keyOf={(row) => JSON.stringify(row)}
              columns={[
                { name: 'When', cell: ({ at }) => <Time at={at} /> },
                { name: 'Action', cell: ({ act }) => act },
                { name: 'About', cell: (action) => <Subject action={action} /> },
                { name: 'From', cell: ({ by }) => <Badge>{by}</Badge> },
              ]}
            />
          )}
        </Card>
      ),
    })
  })
