// Previews: a list of all kinds and languages, and the page of one sample email.

import { type Kind, kinds } from '../../../../emails/index.ts'
import { LANGUAGES, type Sample } from '../../../operator/previews.ts'
import { inWords } from '../../../operator/words.ts'
import type { Email } from '../../../resend/email.ts'
import { EMAIL_DOCUMENT } from '../../ui/email.ts'
import { Action, Badge, Card, Fields, Table } from '../../ui/parts.tsx'

export const PREVIEWS = '/console/previews'

export const VIEWS = ['desktop', 'phone', 'text'] as const

export type View = (typeof VIEWS)[number]

export const previewPath = ({ kind, language }: Sample) => `${PREVIEWS}/${kind}/${language}`

const nameOf = (language: string) =>
  new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language

const Languages = ({ kind }: { kind: Kind }) => (
  <span className="choices">
    {LANGUAGES.map((language) => (
      <a
        key={language}
        href={previewPath({ kind, language })}
        aria-label={`${language}: ${inWords(kind)} in ${nameOf(language)}`}
      >
        {language}
      </a>
    ))}
  </span>
)

type ListParts = { isOff: (kind: Kind) => boolean; language: Sample['language'] }

export const listPage = ({ isOff, language }: ListParts) => ({
  title: 'Previews',
  section: 'Previews' as const,
  lead: 'Every kind of email in every language, with your brand and sample data.',
  body: (
    <Card>
      <Table
        caption="Kinds of email"
        rows={kinds}
        keyOf={(kind) => kind}
        columns={[
          {
            name: 'Kind',
            cell: (kind) => (
              <>
                <a href={previewPath({ kind, language })}>{inWords(kind)}</a>{' '}
                {isOff(kind) && <Badge tone="warn">off</Badge>}
              </>
            ),
          },
          { name: 'Tag', cell: (kind) => <span className="mono quiet">{kind}</span> },
          { name: 'Languages', cell: (kind) => <Languages kind={kind} /> },
        ]}
      />
    </Card>
  ),
})

const TITLES: Record<View, string> = { desktop: 'Desktop', phone: 'Phone', text: 'Text' }

type PageParts = {
  sample: Sample
  view: View
  email: Email
  text: string
  sendMode: string
}

const Tabs = ({ sample, view }: Pick<PageParts, 'sample' | 'view'>) => (
  <nav className="tabs" aria-label="Views">
    {VIEWS.map((one) => (
      <a
        key={one}
        href={`${previewPath(sample)}?view=${one}`}
        aria-current={one === view ? 'page' : undefined}
      >
        {TITLES[one]}
      </a>
    ))}
  </nav>
)

const OtherLanguages = ({ sample, view }: Pick<PageParts, 'sample' | 'view'>) => (
  <nav className="tabs" aria-label="Languages">
    {LANGUAGES.map((language) => (
      <a
        key={language}
        href={`${previewPath({ ...sample, language })}?view=${view}`}
        aria-current={language === sample.language ? 'page' : undefined}
      >
        {nameOf(language)}
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

export const previewPage = ({ sample, view, email, text, sendMode }: PageParts) => ({
  title: inWords(sample.kind),
  section: 'Previews' as const,
  parent: { path: PREVIEWS, name: 'Previews' },
  body: (
    <>
      <OtherLanguages sample={sample} view={view} />
      <Card title="Email" aside={<Tabs sample={sample} view={view} />}>
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
            src={previewPath(sample) + EMAIL_DOCUMENT}
          />
        )}
      </Card>
      <SendTest sample={sample} sendMode={sendMode} />
    </>
  ),
})
