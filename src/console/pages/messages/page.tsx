// The page of one message: what it is, what happened to it, its email, and what an operator can do.

import type { Language } from '../../../../emails/index.ts'
import type { StoredEvent } from '../../../events/record.ts'
import type { RevokedLinks } from '../../../links/revoked-links.ts'
import { messageIn, orderOf } from '../../../messages/store.ts'
import { deliveryIn } from '../../../operator/message-list.ts'
import { standstillOf } from '../../../operator/reason.ts'
import { storyOf } from '../../../operator/story.ts'
import { timelineOf } from '../../../operator/timeline.ts'
import { inWords, REVOKED } from '../../../operator/words.ts'
import type { Listed } from '../../../records/list.ts'
import type { Email } from '../../../resend/email.ts'
import type { PauseState } from '../../../resend/pause.ts'
import type { Suppression } from '../../../suppressions/store.ts'
import { CustomerLink, MessageLink, SearchLink } from '../../ui/links.tsx'
import { Card, Fields, Id, Time, WholeAddress } from '../../ui/parts.tsx'
import type { Page } from '../../ui/shell.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { Buttons, Suppressed, WhyNotTheSame } from './buttons.tsx'
import { EmailCard, type View } from './email.tsx'
import { States } from './table.tsx'

type MessageParts = {
  listed: Listed
  event: StoredEvent | null
  email: Email | null
  view: View
  /** The latest message by which it was sent again, or its own id. */
  latest: string
  language: Language
  revoked: RevokedLinks | null
  pause: PauseState
  /** That of its address. */
  suppression: Suppression | null
}

const shown = (id: string | null | undefined) => id && <Id of={id} />

const searched = (id: string | null | undefined) => id && <SearchLink id={id} />

const Revoked = ({ at, because, isOfAll }: RevokedLinks) => (
  <>
    {isOfAll ? 'revoked' : 'one of them revoked'} <Time at={at} />, {REVOKED[because]}
  </>
)

const Facts = ({
  listed,
  latest,
  revoked,
}: Pick<MessageParts, 'listed' | 'latest' | 'revoked'>) => {
  const message = messageIn(listed.id, listed.record)
  const delivery = deliveryIn(listed)
  const { recipient, resendOf } = message
  return (
    <Fields
      of={[
        ['To', <WholeAddress key="to" of={recipient.address} />],
        ['Customer', <CustomerLink key="customer" id={recipient.customerId} />],
        ['Member', searched(recipient.memberId)],
        ['Order', searched(orderOf(message))],
        ['Subscription', searched(message.subscriptionId)],
        ['About', shown(message.fact)],
        ['Sent again from', resendOf ? <MessageLink key="again" id={resendOf} /> : null],
        ['Sent again as', latest === listed.id ? null : <MessageLink key="latest" id={latest} />],
        ['Links', revoked && <Revoked key="links" {...revoked} />],
        ['Message', shown(message.id)],
        ['Resend id', delivery.state === 'accepted' ? shown(delivery.providerId) : null],
      ]}
    />
  )
}

export const messagePage = ({
  listed,
  event,
  email,
  view,
  latest,
  language,
  revoked,
  pause,
  suppression,
}: MessageParts): Page => {
  const { id, record } = listed
  const { kind, eventId } = messageIn(id, record)
  const steps = storyOf(listed, { withMachines: true })
  const standstill = standstillOf(deliveryIn(listed), pause)
  return {
    title: inWords(kind),
    section: 'Messages',
    parent: { path: '/console/messages', name: 'Messages' },
    badges: <States listed={listed} />,
    lead: email?.subject,
    actions: (
      <Buttons
        {...{ listed, latest, language, suppression }}
        isKept={email !== null}
        areRevoked={revoked?.isOfAll === true}
      />
    ),
    body: (
      <div className="columns facts-first">
        <div className="stack">
          <EmailCard {...{ id, email, view }} delivery={deliveryIn(listed)} />
        </div>
        <div className="stack">
          <Card title="What happened">
            <div className="body">
              <Timeline of={timelineOf(steps, eventId, event)} />
              {standstill && <p>It waits. {standstill}</p>}
              {suppression && <Suppressed {...{ listed, suppression }} />}
            </div>
          </Card>
          <Card title="Details">
            <div className="body">
              <Facts {...{ listed, latest, revoked }} />
              {email === null && <WhyNotTheSame delivery={deliveryIn(listed)} />}
            </div>
          </Card>
        </div>
      </div>
    ),
  }
}
