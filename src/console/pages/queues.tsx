// How much work each stage has.

import { Hono } from 'hono'
import type { Queues, StageLoad } from '../../operator/queues.ts'
import { MINUTE } from '../../runtime/clock.ts'
import type { ConsoleEnv } from '../access.ts'
import type { Frame } from '../frame.ts'
import { Badge, Card, Table, Time } from '../ui/parts.tsx'

const WORK: Record<string, string> = {
  events: 'Stored events that are to be interpreted',
  deliveries: 'Messages that are to be sent',
  batches: 'Batches whose requests are not settled',
  reports: 'Reports of Resend that are to be applied',
  schedule: 'Reminders, and what Postern does by itself',
}

/** An id is nudged at once, and again after seconds: later than this, no worker takes it. */
const LATE = MINUTE

const lateText = (ms: number): string => {
  const minutes = Math.floor(ms / MINUTE)
  if (minutes < 120) return `${minutes} min late`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} hours late` : `${Math.floor(hours / 24)} days late`
}

const Next = ({ load }: { load: StageLoad }) => {
  if (load.next === null) return <span className="quiet">nothing</span>
  if (load.lateBy !== null && load.lateBy > LATE)
    return <Badge tone="bad">{lateText(load.lateBy)}</Badge>
  return load.lateBy === null ? <Time at={load.next} /> : <Badge tone="good">now</Badge>
}

export const queuesSection = ({ frame, queues }: { frame: Frame; queues: Queues }) =>
  new Hono<ConsoleEnv>().get('/console/queues', async (c) => {
    const rows = await queues()
    return frame.show(c, {
      title: 'Queues',
      section: 'Queues',
      lead: 'The work that waits in each stage. Work that is minutes late means that no worker runs, or that mail stands still.',
      body: (
        <Card>
          <Table
            caption="Stages"
            rows={rows}
            keyOf={({ name }) => name}
            columns={[
              {
                name: 'Stage',
                cell: ({ name }) => (
                  <>
                    <strong>{name}</strong>
                    <div className="quiet small">{WORK[name]}</div>
                  </>
                ),
              },
              { name: 'Due or in hand', isNumber: true, cell: ({ due }) => due },
              { name: 'Later', isNumber: true, cell: ({ later }) => later },
              { name: 'Next', cell: (load) => <Next load={load} /> },
              { name: 'Jobs, high priority', isNumber: true, cell: ({ nudges }) => nudges.high },
              { name: 'Jobs, low priority', isNumber: true, cell: ({ nudges }) => nudges.low },
            ]}
          />
        </Card>
      ),
    })
  })
