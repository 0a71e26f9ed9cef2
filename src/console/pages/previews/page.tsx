// The page of one preview: a sample email, or one with the content of a real message.

import type { Kind } from '../../../../emails/index.ts'
import type { ByKind } from '../../../operator/customer-previews.ts'
import { LANGUAGES, type Sample } from '../../../operator/previews.ts'
import { inWords, languageName } from '../../../operator/words.ts'
import type { Email } from '../../../resend/email.ts'
import { EMAIL_DOCUMENT } from '../../ui/email.ts'
import { MessageLink } from '../../ui/links.tsx'
import { Action, Card, Empty, Fields } from '../../ui/parts.tsx'
import { PREVIEWS, previewPath } from './pages.tsx'

export const VIEWS = ['desktop', 'phone', 'text'] as const

export type View = (typeof VIEWS)[number]

const TITLES: Record<View, string> = { desktop: 'Desktop', phone: 'Phone', text: 'Text' }

/** Which email is shown: `of` is the id of the message whose content it has; `null` for sample data. */
export type Shown = { sample: Sample; of: string | null }

type PageParts = Shown & {
  view: View
  email: Pick<Email, 'from' | 'replyTo' | 'subject'>
  text: string
  sendMode: string
}

const queryOf = (fields: Record<string, string | null>): string => {
  const given = Object.entries(fields).filter((one): one is [string, string] => one[1] !== null)
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

export const shownPath = ({ sample, of }: Shown, view: View | null = null): string =>
  previewPath(sample) + queryOf({ view, of })

const Tabs = ({ sample, of, view }: Pick<PageParts, 'sample' | 'of' | 'view'>) => (
  <nav className="tabs" aria-label="Views">
    {VIEWS.map((one) => (
      <a
        key={one}
        href={shownPath({ sample, of }, one)}
        aria-current={one === view ? 'page' : undefined}
      >
        {TITLES[one]}
      </a>
    ))}
  </nav>
)

const OtherLanguages = ({ sample, of, view }: Pick<PageParts, 'sample' | 'of' | 'view'>) => (
  <nav className="tabs" aria-label="Languages">
    {LANGUAGES.map((language) => (
      <a
        key={language}
        href={shownPath({ sample: { ...sample, language }, of }, view)}
        aria-current={language === sample.language ? 'page' : undefined}
      >
        {languageName(language)}
      </a>
    ))}
  </nav>
)

const SendTest = ({ sample, sendMode }: Pick<PageParts, 'sample' | 'sendMode'>) => (
  <Card title="Send me a test">
    <div className="body">
      {sendMode === 'live' ? (
        <>
          <Action path={`${previewPath(sample)}/test`} label="Send test email" look="primary">
            <label>
              Address
              <input name="address" type="email" required autoComplete="email" />
            </label>
          </Action>
          <p className="quiet small">
            The address is not stored. The subject begins with [Test], and the links lead to your
            portal.
          </p>
        </>
      ) : (
        <p>SEND_MODE is {sendMode}, so no test email is sent.</p>
      )}
    </div>
  </Card>
)

const Content = ({ sample, of }: Shown) => (
  <Card title="Content">
    <div className="body">
      {of === null ? (
        <p className="quiet small">
          This is sample data. Name a message, an order or a customer to see theirs.
        </p>
      ) : (
        <p>
          The content is that of <MessageLink id={of} />, by today’s template. Its links lead
          nowhere. <a href={previewPath(sample)}>Show sample data</a>
        </p>
      )}
      <Action path={`${previewPath(sample)}/of`} label="Show">
        <label>
          Message, order, customer or address
          <input name="q" required autoComplete="off" />
        </label>
      </Action>
    </div>
  </Card>
)

export const previewPage = ({ sample, of, view, email, text, sendMode }: PageParts) => ({
  title: inWords(sample.kind),
  section: 'Previews' as const,
  parent: { path: PREVIEWS, name: 'Previews' },
  body: (
    <>
      <OtherLanguages {...{ sample, of, view }} />
      <Card title="Email" aside={<Tabs {...{ sample, of, view }} />}>
        <div className="body">
          <Fields
            of={[
              ['Subject', <bdi key="subject">{email.subject}</bdi>],
              ['From', email.from],
              ['Reply to', email.replyTo],
            ]}
          />
        </div>
        {view === 'text' ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
          <pre tabIndex={0} dir="auto">
            {text}
          </pre>
        ) : (
          <iframe
            className={`mail ${view}`}
            title="The email"
            sandbox=""
            src={previewPath(sample) + EMAIL_DOCUMENT + queryOf({ of })}
          />
        )}
      </Card>
      <Content {...{ sample, of }} />
      {of === null && <SendTest sample={sample} sendMode={sendMode} />}
    </>
  ),
})

/** Says that no message of the kind is about it, and which kinds there are. */
export const otherKindsPage = (sample: Sample, found: ByKind) => ({
  title: 'There is no such message',
  section: 'Previews' as const,
  parent: { path: previewPath(sample), name: inWords(sample.kind) },
  body: (
    <Card>
      <Empty title={`No message of the kind “${inWords(sample.kind)}” is about this`}>
        {Object.keys(found).length === 0
          ? 'No other message is, either.'
          : 'It has messages of these kinds:'}
      </Empty>
      <ul>
        {Object.values(found).map(({ id, kind }: { id: string; kind: Kind }) => (
          <li key={kind}>
            <a href={shownPath({ sample: { ...sample, kind }, of: id })}>{inWords(kind)}</a>
          </li>
        ))}
      </ul>
    </Card>
  ),
})
