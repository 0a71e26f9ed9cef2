/** @jsxImportSource hono/jsx */
// The inbox pages: the list, and one email.

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Email } from '../email.ts'
import { frameOf, linkified, nameOf, snippetOf } from './reading.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

const Short = ({ at }: { at: string }) => (
  <time datetime={at} data-short>
    {at.slice(11, 16)}
  </time>
)

export const List = ({ emails, open }: { emails: Email[]; open: string | undefined }) => (
  <ol>
    {emails.map((email) => (
      <li key={email.id}>
        <a
          class="mail"
          href={`/inbox/${email.id}`}
          aria-current={email.id === open ? 'true' : undefined}
        >
          <span class="from">{nameOf(email.from)}</span>
          <Short at={email.accepted_at} />
          <span class="subject">{email.subject}</span>
          <span class="snippet">{snippetOf(email)}</span>
          <span class="to">to {email.to.join(', ')}</span>
        </a>
      </li>
    ))}
  </ol>
)

export const InboxPage = ({
  emails,
  open,
  view,
  version,
}: {
  emails: Email[]
  open: Email | undefined
  /** A phone has room for only one of the two. */
  view: 'list' | 'mail'
  version: string
}) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{open === undefined ? 'Inbox' : `${open.subject} · Inbox`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which JSX would escape */}
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body data-view={view} data-version={version} data-open={open?.id ?? ''}>
        <div class="bar">
          <h1>Inbox</h1>
          <span class="count">{emails.length}</span>
          <span class="soft">Simulated Resend: nothing leaves this machine</span>
        </div>
        {open === undefined ? (
          <Empty />
        ) : (
          <div class="panes">
            <nav class="list" aria-label="Emails">
              <List emails={emails} open={open.id} />
            </nav>
            <Reading email={open} />
          </div>
        )}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which JSX would escape */}
        <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </body>
    </html>
  </>
)

const Empty = () => (
  <main class="empty">
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.25"
      aria-hidden="true"
    >
      <rect x="2.5" y="5" width="19" height="14" rx="2.5" />
      <path d="m3 7 9 6.5L21 7" />
    </svg>
    <h2>No mail yet</h2>
    <p class="soft">
      Sent emails appear here by themselves. To see one, post a Polar event to{' '}
      <code>/sandbox/events</code>, or move the clock with <code>/sandbox/clock</code>.
    </p>
  </main>
)

const TABS = [
  ['html', 'HTML'],
  ['text', 'Text'],
  ['rest', 'Headers & tags'],
] as const

const Reading = ({ email }: { email: Email }) => (
  <main class="reading">
    <header>
      <a class="back" href="/">
        ‹ Inbox
      </a>
      <h2>{email.subject}</h2>
      <dl class="lines">
        <Line term="From">{email.from}</Line>
        <Line term="To">{email.to.join(', ')}</Line>
        {email.reply_to.length > 0 && <Line term="Reply to">{email.reply_to.join(', ')}</Line>}
        <Line term="Accepted">
          <time datetime={email.accepted_at}>
            {email.accepted_at.slice(0, 19).replace('T', ' ')} UTC
          </time>
        </Line>
        {email.attachments.length > 0 && (
          <Line term="Attached">
            {email.attachments.map(({ filename }, index) => (
              <a key={filename} href={`/inbox/${email.id}/attachments/${index}`}>
                {filename}
              </a>
            ))}
          </Line>
        )}
      </dl>
    </header>
    <div class="tools">
      <div role="tablist" aria-label="Parts of this email">
        {TABS.map(([id, label], index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-controls={`panel-${id}`}
            aria-selected={index === 0 ? 'true' : 'false'}
            tabindex={index === 0 ? 0 : -1}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="toggles">
        <Toggle sets="scheme" label="Colours of the email" choices={['light', 'dark']} />
        <Toggle sets="width" label="Width of the email" choices={['desktop', 'phone']} />
      </div>
    </div>
    <section role="tabpanel" id="panel-html" aria-labelledby="tab-html">
      <iframe
        title="The email as HTML"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        data-source={frameOf(email)}
        data-testid="email-html"
      />
    </section>
    <section role="tabpanel" id="panel-text" aria-labelledby="tab-text" hidden>
      <pre data-testid="email-text">{linkified(email.text ?? '').map(textPart)}</pre>
    </section>
    <section role="tabpanel" id="panel-rest" aria-labelledby="tab-rest" hidden>
      <Pairs title="Tags" pairs={email.tags.map(({ name, value }) => [name, value])} />
      <Pairs title="Headers" pairs={Object.entries(email.headers)} />
      <Pairs title="At Resend" pairs={[['id', email.id]]} />
    </section>
  </main>
)

const textPart = (part: { text: string; isUrl: boolean }) =>
  part.isUrl ? (
    <a href={part.text} target="_blank" rel="noreferrer">
      {part.text}
    </a>
  ) : (
    part.text
  )

const Line = ({ term, children }: { term: string; children: Child }) => (
  <>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </>
)

const Toggle = ({
  sets,
  label,
  choices,
}: {
  sets: string
  label: string
  choices: [string, string]
}) => (
  <fieldset class={`toggle ${sets}`} data-sets={sets} aria-label={label}>
    {choices.map((choice) => (
      <button key={choice} type="button" value={choice} aria-pressed="false">
        {choice.charAt(0).toUpperCase() + choice.slice(1)}
      </button>
    ))}
  </fieldset>
)

const Pairs = ({ title, pairs }: { title: string; pairs: string[][] }) => (
  <table>
    <caption>{title}</caption>
    <tbody>
      {pairs.length === 0 && (
        <tr>
          <td class="soft">none</td>
        </tr>
      )}
      {pairs.map(([name, value]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
