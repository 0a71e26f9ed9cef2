// The schedule: what falls due, soonest first, when and why; and a button that cancels a reminder.

import { Hono } from 'hono'
import type { CancelReminder } from '../../operator/cancel-reminder.ts'
import {
  CANCELLED,
  cancelling,
  nameOf,
  scheduledText,
  whyOf,
} from '../../operator/schedule-words.ts'
import { customerOf, type ReadUpcoming, subjectOf, type Upcoming } from '../../operator/upcoming.ts'
import type { DuePlace } from '../../redis/due.ts'
import { SHARDS } from '../../redis/keys.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { ConsoleContext, ConsoleEnv } from '../access.ts'
import type { Frame } from '../frame.ts'
import { CustomerLink } from '../ui/links.tsx'
import { Badge, Card, CarefulAction, Empty, Pages, Said, Table, Time } from '../ui/parts.tsx'

const PATH = '/console/schedule'

/** Entries of a page. */
export const SHOWN = 50

type ScheduleParts = {
  frame: Frame
  upcoming: Pick<ReadUpcoming, 'page'>
  cancel: CancelReminder
  clock: Pick<Clock, 'now'>
}

const cursorOf = ({ time, shard, skip }: DuePlace) => [time, shard, skip].join('.')

/** `undefined`: not a cursor of this list. */
const placeIn = (cursor: string | undefined): DuePlace | null | undefined => {
  if (cursor === undefined) return null
  const [, time, shard, skip] = /^(\d{1,13})\.(\d{1,2})\.(\d{1,6})$/.exec(cursor) ?? []
  const place = { time: Number(time), shard: Number(shard), skip: Number(skip) }
  return place.shard < SHARDS.length ? place : undefined
}

const What = ({ entry, reminder }: Upcoming) => {
  const name = nameOf({ entry, reminder })
  if (entry.what !== 'subscription') return <>{name}</>
  if (!reminder) return <span className="quiet">{name}</span>
  return (
    <>
      <div className="nowrap">{name}</div>
      {reminder.plan && <div className="quiet small">{reminder.plan}</div>}
    </>
  )
}

const Whose = ({ entry }: Upcoming) => {
  const customerId = customerOf(entry)
  if (!customerId) return <Badge>Postern’s own task</Badge>
  const about = subjectOf(entry)
  return (
    <>
      <CustomerLink id={customerId} />
      {about && <div className="mono quiet">{about}</div>}
    </>
  )
}

const Cancel = ({ entry, reminder }: Upcoming) =>
  entry.what === 'subscription' && reminder ? (
    <CarefulAction
      path={`${PATH}/cancel`}
      summary="Cancel"
      label="Cancel the reminder"
      look="danger"
      because={cancelling(reminder)}
    >
      <input type="hidden" name="customer" value={entry.ref.customerId} />
      <input type="hidden" name="subscription" value={entry.ref.subscriptionId} />
      <input type="hidden" name="reminder" value={reminder.name} />
    </CarefulAction>
  ) : null

const WhyAndCancel = ({ of, now }: { of: Upcoming; now: number }) => (
  <div className="stack tight">
    <div>
      <Said says={whyOf(of, now)} />
    </div>
    <Cancel {...of} />
  </div>
)

export const scheduleSection = ({ frame, upcoming, cancel, clock }: ScheduleParts) => {
  const badRequest = (c: ConsoleContext, body: string) => {
    const parent = { path: PATH, name: 'Schedule' }
    return frame.show(c, { title: 'That cannot be read', section: 'Schedule', parent, body }, 400)
  }

  return new Hono<ConsoleEnv>()
    .get(PATH, async (c) => {
      const after = placeIn(c.req.query('cursor'))
      if (after === undefined)
        return badRequest(c, 'The address of this page of the schedule is damaged.')
      const { upcoming: rows, next, total } = await upcoming.page(after)
      const now = clock.now()
      return frame.show(c, {
        title: 'Schedule',
        section: 'Schedule',
        lead: 'What falls due, soonest first. Postern reads a subscription from Polar again before it reminds anybody.',
        body: (
          <Card>
            {total > 0 && <p className="aside">{scheduledText(total)}</p>}
            {rows.length === 0 ? (
              <Empty title="Nothing is scheduled">
                Reminders of renewals, trials and failed payments will appear here.
              </Empty>
            ) : (
              <Table
                caption="What falls due"
                rows={rows}
                keyOf={({ id }) => id}
                columns={[
                  { name: 'When', cell: ({ at }) => <Time at={at} /> },
                  { name: 'What', cell: What },
                  { name: 'Why', cell: (row) => <WhyAndCancel of={row} now={now} /> },
                  { name: 'Customer', cell: Whose },
                ]}
              />
            )}
            <Pages
              path={PATH}
              isFirst={after === null}
              cursor={next && cursorOf(next)}
              names={['Soonest', 'Later']}
            />
          </Card>
        ),
      })
    })
    .post(`${PATH}/cancel`, async (c) => {
      const { customer: customerId, subscription: subscriptionId, reminder } = c.get('form')
      if (!customerId || !subscriptionId || !reminder)
        return badRequest(c, 'The form names no reminder. Nothing was cancelled.')
      const done = await cancel({ customerId, subscriptionId }, reminder)
      const tone = done === 'cancelled' ? 'good' : 'bad'
      return frame.goOn(c, PATH, { tone, text: CANCELLED[done] })
    })
}
