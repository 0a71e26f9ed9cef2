// The schedule: what falls due, soonest first, when and why; and a button that cancels a reminder.

import { Hono } from 'hono'
import type { Cancelled, CancelReminder } from '../../operator/cancel-reminder.ts'
import type { ReadUpcoming, Reminder, Upcoming } from '../../operator/upcoming.ts'
import type { DuePlace } from '../../redis/due.ts'
import { SHARDS } from '../../redis/keys.ts'
import { type Clock, DAY } from '../../runtime/clock.ts'
import type { ConsoleContext, ConsoleEnv } from '../access.ts'
import type { Frame } from '../frame.ts'
import type { Notice } from '../sessions.ts'
import { CustomerLink } from '../ui/links.tsx'
import { Badge, Card, CarefulAction, Empty, Pages, Table, Time } from '../ui/parts.tsx'

const PATH = '/console/schedule'

/** Entries of a page. */
export const SHOWN = 50

type ScheduleParts = {
  frame: Frame
  upcoming: ReadUpcoming
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

const NAMES: Record<Reminder['kind'], string> = {
  subscription_renewal_reminder: 'Renewal reminder',
  subscription_trial_conversion_reminder: 'Trial reminder',
  payment_reminder: 'Payment reminder',
  payment_final_notice: 'Final notice',
}

/** Entries that are no reminder: what each is, and why it is there. */
const TASKS: Record<Exclude<Upcoming['entry']['what'], 'subscription'>, [string, string]> = {
  sweep: ['Card sweep', 'Once a month, Postern lists the customers whose cards will be charged.'],
  backfill: ['Search for lost webhooks', 'Once a day, and after each start and outage.'],
  payments: ['Look at failed payments', 'Once an hour, since no event tells of a failed retry.'],
  card: ['Card check', 'Postern reads the card, and reminds the customer if it expires soon.'],
  usage: ['Unpaid usage', 'Postern reads the invoice again, and writes if it is still unpaid.'],
  credit: ['Credit for a recovery', 'A failed charge was paid. Postern finds out what led to it.'],
}

const What = ({ entry, reminder }: Upcoming) => {
  if (entry.what !== 'subscription') return <>{TASKS[entry.what][0]}</>
  if (!reminder) return <span className="quiet">Reminder</span>
  const { kind, plan, pastDue } = reminder
  const step = kind === 'payment_reminder' && pastDue ? ` ${pastDue.step}` : ''
  return (
    <>
      <div className="nowrap">{NAMES[kind] + step}</div>
      {plan && <div className="quiet small">{plan}</div>}
    </>
  )
}

const daysOf = (ms: number) => {
  const days = Math.floor(ms / DAY)
  if (days === 0) return 'less than a day'
  return days === 1 ? '1 day' : `${days} days`
}

const Why = ({ of: { entry, reminder }, now }: { of: Upcoming; now: number }) => {
  if (entry.what !== 'subscription') return <>{TASKS[entry.what][1]}</>
  if (!reminder) return <>Nothing is left to remind of. The entry goes when it falls due.</>
  const until = <Time at={Date.parse(reminder.until)} />
  if (reminder.pastDue)
    return (
      <>
        Past due for {daysOf(now - Date.parse(reminder.pastDue.since))}. Polar ends it {until}
      </>
    )
  return reminder.kind === 'subscription_renewal_reminder' ? (
    <>It renews {until}</>
  ) : (
    <>Its trial ends {until}</>
  )
}

const Whose = ({ entry }: Upcoming) => {
  const customerId =
    'ref' in entry ? entry.ref.customerId : 'customerId' in entry && entry.customerId
  if (!customerId) return <Badge>Postern’s own task</Badge>
  const about =
    'ref' in entry ? entry.ref.subscriptionId : 'orderId' in entry ? entry.orderId : null
  return (
    <>
      <CustomerLink id={customerId} />
      {about && <div className="mono quiet">{about}</div>}
    </>
  )
}

const explanationOf = ({ kind }: Reminder) =>
  kind === 'payment_reminder' || kind === 'payment_final_notice'
    ? 'This step is not mailed. A later step of the failed payment still is. This cannot be undone.'
    : 'No email announces this day. If the day moves, a new reminder follows. This cannot be undone.'

const Cancel = ({ entry, reminder }: Upcoming) =>
  entry.what === 'subscription' && reminder ? (
    <CarefulAction
      path={`${PATH}/cancel`}
      summary="Cancel"
      label="Cancel the reminder"
      look="danger"
      because={explanationOf(reminder)}
    >
      <input type="hidden" name="customer" value={entry.ref.customerId} />
      <input type="hidden" name="subscription" value={entry.ref.subscriptionId} />
      <input type="hidden" name="reminder" value={reminder.name} />
    </CarefulAction>
  ) : null

const WhyAndCancel = (props: { of: Upcoming; now: number }) => (
  <div className="stack tight wide">
    <div>
      <Why {...props} />
    </div>
    <Cancel {...props.of} />
  </div>
)

const DONE: Record<Cancelled, Notice> = {
  cancelled: { tone: 'good', text: 'The reminder is cancelled.' },
  changed: {
    tone: 'bad',
    text: 'Nothing was cancelled: that reminder is gone, or another one has taken its place.',
  },
  'falling due': {
    tone: 'bad',
    text: 'Nothing was cancelled: the reminder is falling due right now.',
  },
}

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
      const { upcoming: rows, next } = await upcoming(after)
      const now = clock.now()
      return frame.show(c, {
        title: 'Schedule',
        section: 'Schedule',
        lead: 'What falls due, soonest first. Postern reads a subscription from Polar again before it reminds anybody.',
        body: (
          <Card>
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
                  { name: 'Customer and subscription', cell: Whose },
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
      return frame.goOn(c, PATH, DONE[await cancel({ customerId, subscriptionId }, reminder)])
    })
}
