// The page of one message: what it is, what happened to it, its email, and what an operator can do.

import { hasEnded } from '../../../deliveries/delivery.ts'
import { linksIn } from '../../../deliveries/store.ts'
import type { StoredEvent } from '../../../events/record.ts'
import { messageIn, orderOf } from '../../../messages/store.ts'
import { deliveryIn } from '../../../operator/message-list.ts'
import { storyOf } from '../../../operator/story.ts'
import { timelineOf } from '../../../operator/timeline.ts'
import { inWords } from '../../../operator/words.ts'
import type { Listed } from '../../../records/list.ts'
import type { Email } from '../../../resend/email.ts'
import { CustomerLink, MessageLink, messagePath } from '../../ui/links.tsx'
import { Action, Card, CarefulAction, Fields } from '../../ui/parts.tsx'
import type { Page } from '../../ui/shell.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { EmailCard, type View } from './email.tsx'
import { States } from './table.tsx'

type MessageParts = {
  listed: Listed
  event: StoredEvent | null
  email: Email | null
  view: View
}

const mono = (id: string | null | undefined) => id && <code>{id}</code>

const Facts = ({ listed }: { listed: Listed }) => {
  const message = messageIn(listed.id, listed.record)
  const delivery = deliveryIn(listed)
  const { recipient, resendOf } = message
  return (
    <Fields
      of={[
        ['To', recipient.address],
        ['Customer', <CustomerLink key="customer" id={recipient.customerId} />],
        ['Member', mono(recipient.memberId)],
        ['Order', mono(orderOf(message))],
        ['Subscription', mono(message.subscriptionId)],
        ['Fact', mono(message.fact)],
        ['Sent again from', resendOf ? <MessageLink key="again" id={resendOf} /> : null],
        ['Message', mono(message.id)],
        ['Resend id', delivery.state === 'accepted' ? mono(delivery.providerId) : null],
      ]}
    />
  )
}

const Buttons = ({ listed }: { listed: Listed }) => {
  const path = messagePath(listed.id)
  const delivery = deliveryIn(listed)
  return (
    <div className="stack tight">
      {delivery.state === 'held' && (
        <Action path={`${path}/release`} label="Release" look="primary" />
      )}
      {hasEnded(delivery) && (
        <CarefulAction
          path={`${path}/send-again`}
          summary="Send again…"
          label="Send again"
          because="Sends a new message about the same, with today’s template, to the address that Polar has now. This one stays as it is."
        />
      )}
      {linksIn(listed.record) && (
        <CarefulAction
          path={`${path}/revoke-links`}
          summary="Revoke its links…"
          label="Revoke its links"
          look="danger"
          because="Whoever follows a link of this email then gets a page with the way to Polar’s sign-in. It cannot be undone."
        />
      )}
    </div>
  )
}

export const messagePage = ({ listed, event, email, view }: MessageParts): Page => {
  const { id, record } = listed
  const { kind, eventId } = messageIn(id, record)
  const steps = storyOf(listed, { withMachines: true })
  return {
    title: inWords(kind),
    section: 'Messages',
    parent: { path: '/console/messages', name: 'Messages' },
    badges: <States listed={listed} />,
    lead: email?.subject,
    body: (
      <div className="columns facts-first">
        <div className="stack">
          <EmailCard {...{ id, email, view }} isSent={deliveryIn(listed).state === 'accepted'} />
        </div>
        <div className="stack">
          <Card title="What happened">
            <div className="body">
              <Timeline of={timelineOf(steps, eventId, event)} />
            </div>
          </Card>
          <Card title="Message">
            <div className="body">
              <Facts listed={listed} />
              <Buttons listed={listed} />
            </div>
          </Card>
        </div>
      </div>
    ),
  }
}
