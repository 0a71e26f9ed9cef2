// The lists on a customer's page: subscriptions, messages, events, links and suppressions.

import type { ReactNode } from 'react'
import { pastDueSince, stepNamed } from '../../../customers/dunning.ts'
import { isOver, type SubscriptionState } from '../../../customers/state.ts'
import { type KnownCustomer, MAX_SHOWN } from '../../../operator/customers.ts'
import { inWords, SUPPRESSED } from '../../../operator/words.ts'
import type { PauseState } from '../../../resend/pause.ts'
import { SECOND } from '../../../runtime/clock.ts'
import { eventPath, messagePath } from '../../ui/links.tsx'
import { Address, Badge, Card, Empty, Table, Time, type Tone } from '../../ui/parts.tsx'
import { OutcomeBadge } from '../../ui/states.tsx'
import { Reason, States } from '../messages/table.tsx'

type ListParts<Row> = {
  title: string
  /** Says what will appear there. */
  empty: string
  list: { shown: readonly Row[]; isMore: boolean }
  keyOf: (row: Row) => string
  columns: readonly { name: string; cell: (row: Row) => ReactNode }[]
}

function List<Row>({ title, empty, list: { shown, isMore }, ...table }: ListParts<Row>) {
  return (
    <Card
      title={title}
      aside={
        isMore && <span className="quiet small">The newest {MAX_SHOWN}; the export has all</span>
      }
    >
      {shown.length === 0 ? (
        <Empty title="None">{empty}</Empty>
      ) : (
        <Table caption={title} rows={shown} {...table} />
      )}
    </Card>
  )
}

const toneOf = (subscription: SubscriptionState): Tone => {
  if (isOver(subscription) || subscription.status === 'unknown') return 'quiet'
  if (subscription.status === 'past_due') return 'bad'
  return subscription.pausedSince === null ? 'good' : 'warn'
}

const instant = (iso: string | null | undefined) => {
  const at = Date.parse(iso ?? '')
  return Number.isNaN(at) ? null : <Time at={at} />
}

const Period = ({ subscription }: { subscription: SubscriptionState }) => {
  const { snapshot, canceledAt } = subscription
  if (!snapshot?.periodEndsAt) return <span className="quiet">Not known</span>
  const ends = canceledAt !== null || snapshot.renewsAt === null
  return (
    <>
      {ends ? 'Ends ' : 'Renews '}
      {instant(ends ? (snapshot.endsAt ?? snapshot.periodEndsAt) : snapshot.renewsAt)}
    </>
  )
}

/** The failed period that is open now, and its last reminder. */
const Dunning = ({ subscription }: { subscription: SubscriptionState }) => {
  const since = pastDueSince(subscription)
  if (since === null) return <span className="quiet">None</span>
  const last = stepNamed(subscription.reminded)
  const step = last?.pastDueAt === since ? last.step : 0
  return (
    <>
      Since {instant(since)}
      <div className="quiet small">{step === 0 ? 'No reminder yet' : `Reminder ${step}`}</div>
    </>
  )
}

export const Subscriptions = ({ subscriptions }: Pick<KnownCustomer, 'subscriptions'>) => (
  <List
    title="Subscriptions"
    empty="A subscription appears with the first event about it."
    list={subscriptions}
    keyOf={({ id }) => id}
    columns={[
      {
        name: 'Plan',
        cell: ({ id, subscription: { snapshot, terms } }) => (
          <>
            {snapshot?.name ?? terms?.name ?? 'Not known'}
            <div className="quiet small mono">{id}</div>
          </>
        ),
      },
      {
        name: 'Status',
        cell: ({ subscription }) => (
          <Badge tone={toneOf(subscription)}>{inWords(subscription.status)}</Badge>
        ),
      },
      { name: 'Period', cell: ({ subscription }) => <Period subscription={subscription} /> },
      {
        name: 'Failed payment',
        cell: ({ subscription }) => <Dunning subscription={subscription} />,
      },
    ]}
  />
)

type MessagesParts = Pick<KnownCustomer, 'messages'> & { pause: PauseState }

export const Messages = ({ messages, pause }: MessagesParts) => (
  <List
    title="Messages"
    empty="Messages to the customer and its members appear here."
    list={messages}
    keyOf={({ id }) => id}
    columns={[
      {
        name: 'Message',
        cell: ({ id, message }) => <a href={messagePath(id)}>{inWords(message.kind)}</a>,
      },
      {
        name: 'State',
        cell: (listed) => (
          <>
            <States listed={listed} />
            <Reason {...{ listed, pause }} />
          </>
        ),
      },
      { name: 'To', cell: ({ message }) => <Address of={message.recipient.address} /> },
      { name: 'Decided', cell: ({ message }) => <Time at={message.plannedAt} /> },
    ]}
  />
)

export const Events = ({ events }: Pick<KnownCustomer, 'events'>) => (
  <List
    title="Events"
    empty="Events appear here once they are interpreted."
    list={events}
    keyOf={({ id }) => id}
    columns={[
      {
        name: 'Event',
        cell: ({ id, type }) => <a href={eventPath(id)}>{type ?? 'unreadable'}</a>,
      },
      {
        name: 'Outcome',
        cell: ({ outcome }) => <OutcomeBadge outcome={outcome} />,
      },
      { name: 'Received', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
    ]}
  />
)

const linkState = ({ isRevoked, link }: KnownCustomer['links']['shown'][number], now: number) => {
  if (isRevoked) return <Badge tone="bad">revoked</Badge>
  return link.expiresAt <= now ? <Badge>expired</Badge> : <Badge tone="good">signs in</Badge>
}

export const Links = ({ links, now }: Pick<KnownCustomer, 'links'> & { now: number }) => (
  <List
    title="Links of the API"
    empty="Links that your backend asks for appear here, until a month after they expire."
    list={links}
    keyOf={({ id }) => id}
    columns={[
      { name: 'Link', cell: ({ id }) => <span className="mono">{id}</span> },
      { name: 'State', cell: (row) => linkState(row, now) },
      { name: 'Leads to', cell: ({ link }) => link.target },
      { name: 'Made', cell: ({ link }) => <Time at={link.createdAt * SECOND} /> },
      { name: 'Expires', cell: ({ link }) => <Time at={link.expiresAt} /> },
    ]}
  />
)

export const Suppressed = ({ suppressions }: Pick<KnownCustomer, 'suppressions'>) =>
  suppressions.length > 0 && (
    <Card title="Suppressed addresses" aside={<a href="/console/suppressions">Suppressions</a>}>
      <Table
        caption="Suppressed addresses"
        rows={suppressions}
        keyOf={({ address }) => address}
        columns={[
          { name: 'Address', cell: ({ address }) => <Address of={address} /> },
          {
            name: 'Because',
            cell: ({ suppression }) => <Badge tone="bad">{SUPPRESSED[suppression.because]}</Badge>,
          },
          { name: 'Since', cell: ({ suppression }) => <Time at={suppression.at} /> },
        ]}
      />
    </Card>
  )
