// The actions on a message: release it, send it again, revoke its links.

import { type Language, languageIn } from '../../../../emails/index.ts'
import { type Delivery, hasEnded } from '../../../deliveries/delivery.ts'
import { linksIn } from '../../../deliveries/store.ts'
import { messageIn } from '../../../messages/store.ts'
import { deliveryIn } from '../../../operator/message-list.ts'
import type { Listed } from '../../../records/list.ts'
import { messagePath } from '../../ui/links.tsx'
import { Action, CarefulAction } from '../../ui/parts.tsx'
import { shownPath } from '../previews/page.tsx'

type AgainParts = {
  listed: Listed
  /** Whether its email is still kept as it was sent. */
  isKept: boolean
  /** The latest message about it: a form that is sent twice finds a later one. */
  latest: string
  /** The language of customers who name none. */
  language: Language
}

const GROUP = 'message'

const ADDRESS = 'to the address that Polar has now. This one stays as it is.'

const SendAgain = ({ listed, isKept, latest, language }: AgainParts) => {
  const path = messagePath(listed.id)
  const after = <input type="hidden" name="after" value={latest} />
  const { kind, recipient } = messageIn(listed.id, listed.record)
  const sample = { kind, language: languageIn(recipient.locale ?? '') ?? language }
  return (
    <>
      {isKept && (
        <CarefulAction
          group={GROUP}
          path={`${path}/send-same`}
          summary="Send the same email again"
          label="Send the same email again"
          because={`Sends the email once more as it is here, with new links and the same invoice, ${ADDRESS}`}
        >
          {after}
        </CarefulAction>
      )}
      <CarefulAction
        group={GROUP}
        path={`${path}/send-again`}
        summary="Send with today’s template"
        label="Send with today’s template"
        because={
          <>
            {`Composes a new email about the same, ${ADDRESS} `}
            <a href={shownPath({ sample, of: listed.id })}>Look at it first</a>
          </>
        }
      >
        {after}
      </CarefulAction>
    </>
  )
}

export const Buttons = ({ areRevoked, ...parts }: AgainParts & { areRevoked: boolean }) => {
  const { listed } = parts
  const path = messagePath(listed.id)
  const delivery = deliveryIn(listed)
  return (
    <>
      {delivery.state === 'held' && (
        <Action path={`${path}/release`} label="Release" look="primary" />
      )}
      {hasEnded(delivery) && <SendAgain {...parts} />}
      {linksIn(listed.record) && !areRevoked && (
        <CarefulAction
          group={GROUP}
          path={`${path}/revoke-links`}
          summary="Revoke its links"
          label="Revoke its links"
          look="danger"
          because="Whoever follows a link of this email then gets a page with the way to Polar’s sign-in. It cannot be undone."
        />
      )}
    </>
  )
}

const isSuppressed = (delivery: Delivery) =>
  delivery.state === 'not_sent' && delivery.because === 'suppressed'

/** Why the same email cannot go out again, once the message has ended. */
export const WhyNotTheSame = ({ delivery }: { delivery: Delivery }) =>
  hasEnded(delivery) ? (
    <p className="quiet small">
      {delivery.state === 'accepted'
        ? 'The same email cannot go out again: it is older than RETAIN_BODIES_DAYS, and no longer kept.'
        : 'There is no email to send again as it was: this message was not sent.'}
      {isSuppressed(delivery) && (
        <>
          {' Release its address under '}
          <a href="/console/suppressions">Suppressions</a>
          {' first, then send the message from here.'}
        </>
      )}
    </p>
  ) : null
