// The actions on a message: release it, send it again, revoke its links.

import { type Language, languageIn } from '../../../../emails/index.ts'
import { type Delivery, hasEnded } from '../../../deliveries/delivery.ts'
import { linksIn } from '../../../deliveries/store.ts'
import { messageIn } from '../../../messages/store.ts'
import { deliveryIn } from '../../../operator/message-list.ts'
import { SUPPRESSED } from '../../../operator/words.ts'
import type { Listed } from '../../../records/list.ts'
import type { Suppression } from '../../../suppressions/store.ts'
import { messagePath, suppressionPath } from '../../ui/links.tsx'
import { Action, CarefulAction, Time } from '../../ui/parts.tsx'
import { shownPath } from '../previews/page.tsx'

type AgainParts = {
  listed: Listed
  /** Whether its email is still kept as it was sent. */
  isKept: boolean
  /** The latest message about it: a form that is sent twice finds a later one. */
  latest: string
  /** The language of customers who name none. */
  language: Language
  /** That of its address. */
  suppression: Suppression | null
}

const GROUP = 'message'

const ADDRESS = 'to the address that Polar has now. This one stays as it is.'

/** Says that the address of the message is suppressed, beside a button that sends. */
const InTheWay = ({ id }: { id: string }) => (
  <>
    {'Its address is suppressed: unless Polar has another one by now, nothing is sent. '}
    <a href={suppressionPath(id)}>Release the address first.</a>{' '}
  </>
)

const SendAgain = ({ listed, isKept, latest, language, suppression }: AgainParts) => {
  const path = messagePath(listed.id)
  const first = suppression && <InTheWay id={listed.id} />
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
          because={
            <>
              {first}
              {`Sends the email once more as it is here, with new links and the same invoice, ${ADDRESS}`}
            </>
          }
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
            {first}
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

type SuppressedParts = { listed: Listed; suppression: Suppression }

/** Says that the address of the message is not mailed, and where to release it. */
export const Suppressed = ({ listed, suppression }: SuppressedParts) => (
  <p>
    Its address is suppressed since <Time at={suppression.at} />: {SUPPRESSED[suppression.because]}.
    Nothing is sent to it. <a href={suppressionPath(listed.id)}>Release the address</a>
    {hasEnded(deliveryIn(listed)) && ', then send the message again from here'}.
  </p>
)

/** Why the same email cannot go out again, once the message has ended. */
export const WhyNotTheSame = ({ delivery }: { delivery: Delivery }) =>
  hasEnded(delivery) ? (
    <p className="quiet small">
      {delivery.state === 'accepted'
        ? 'The same email cannot go out again: it is older than RETAIN_BODIES_DAYS, and no longer kept.'
        : 'There is no email to send again as it was: this message was not sent.'}
    </p>
  ) : null
