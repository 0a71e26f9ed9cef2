// The email of a message as it was sent, in a frame in which nothing acts.

import { type Delivery, hasEnded } from '../../../deliveries/delivery.ts'
import type { Email } from '../../../resend/email.ts'
import { EMAIL_DOCUMENT, inertText } from '../../ui/email.ts'
import { messagePath } from '../../ui/links.tsx'
import { Card, Empty, Fields, WholeAddress } from '../../ui/parts.tsx'

const VIEWS = { html: 'HTML', text: 'Text' } as const

export type View = keyof typeof VIEWS

export const viewIn = (text: string | undefined): View => (text === 'text' ? 'text' : 'html')

const Tabs = ({ id, view }: { id: string; view: View }) => (
  <nav className="tabs" aria-label="Parts of the email">
    {Object.entries(VIEWS).map(([name, label]) => (
      <a
        key={name}
        href={`${messagePath(id)}?view=${name}#email`}
        aria-current={name === view ? 'page' : undefined}
      >
        {label}
      </a>
    ))}
  </nav>
)

/** Why there is no email: it has aged, nothing was sent, or it is still to be composed. */
const Missing = ({ delivery }: { delivery: Delivery }) => {
  if (delivery.state === 'accepted') {
    return (
      <Empty title="This email is no longer kept">
        Emails are kept as they were sent for as long as RETAIN_BODIES_DAYS says. Its story stays.
      </Empty>
    )
  }
  return hasEnded(delivery) ? (
    <Empty title="There is no email">This message was not sent. Its story says why.</Empty>
  ) : (
    <Empty title="There is no email yet">
      An email is composed just before it is sent. It will appear here.
    </Empty>
  )
}

type EmailParts = { id: string; email: Email | null; view: View; delivery: Delivery }

export const EmailCard = ({ id, email, view, delivery }: EmailParts) => (
  <Card
    title={<span id="email">{email ? 'Email as it was sent' : 'Email'}</span>}
    aside={email && <Tabs id={id} view={view} />}
  >
    {email === null ? (
      <Missing delivery={delivery} />
    ) : (
      <>
        <div className="body">
          <Fields
            of={[
              ['Subject', <strong key="subject">{email.subject}</strong>],
              ['From', email.from],
              ['To', <WholeAddress key="to" of={email.to} />],
              ['Reply to', email.replyTo],
            ]}
          />
          <p className="quiet small">
            Its links are taken out: they sign in, so only its recipient has them.
          </p>
        </div>
        {view === 'html' ? (
          <iframe
            className="mail"
            sandbox=""
            title={`Email: ${email.subject}`}
            src={messagePath(id) + EMAIL_DOCUMENT}
          />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls takes the focus
          <pre tabIndex={0}>{inertText(email.text)}</pre>
        )}
      </>
    )}
  </Card>
)
