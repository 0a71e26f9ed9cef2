/** @jsxImportSource hono/jsx */
// The layout of every portal page.

import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { STYLE } from './style.ts'
import type { Visit } from './visit.ts'
import { dateAndTime, nameOf, type Tone, time } from './words.ts'

type PageProps = { title: string; organization: string; children: Child }

const Document = ({ title, organization, children }: PageProps) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${title} · ${organization}`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which JSX would escape */}
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <div class="strip">Sandbox: a simulated Polar portal. No money moves.</div>
        {children}
      </body>
    </html>
  </>
)

const Brand = ({ name, href }: { name: string; href: string }) => (
  <a class="brand" href={href}>
    <span class="mark" aria-hidden="true">
      {name.charAt(0).toUpperCase()}
    </span>
    {name}
  </a>
)

const TABS = [
  ['/overview', 'Overview'],
  ['/orders', 'Orders'],
  ['/settings', 'Billing'],
] as const

/** A page for a signed-in customer. */
export const SignedIn = ({
  title,
  tab,
  visit,
  children,
}: {
  title: string
  tab: (typeof TABS)[number][0]
  visit: Visit
  children: Child
}) => {
  const { organization, member, customer, session, digest, now } = visit
  const minutes = Math.max(1, Math.round((Date.parse(session.expires_at) - now) / 60_000))
  return (
    <Document title={title} organization={organization.name}>
      <header class="top">
        <div class="wrap">
          <Brand name={organization.name} href={visit.href('/overview')} />
          {session.return_url !== null && (
            <a class="crumb" href={session.return_url} data-testid="back">
              Back to {organization.name}
            </a>
          )}
          <div class="who" data-testid="signed-in-as">
            <b>{nameOf(member)}</b>
            {customer.type === 'team' && <span class="soft">{nameOf(customer)}</span>}
            <span class="soft">{member.email}</span>
          </div>
          <nav aria-label="Portal">
            {TABS.map(([path, label]) => (
              <a
                key={path}
                href={visit.href(path)}
                aria-current={path === tab ? 'page' : undefined}
              >
                {label}
              </a>
            ))}
          </nav>
        </div>
      </header>
      <div class="wrap">
        <main>
          <Notice name={visit.notice} />
          {children}
        </main>
      </div>
      <footer>
        <div class="wrap">
          <span title={dateAndTime(session.expires_at)}>
            Signed in until {time(session.expires_at)} UTC, {minutes}{' '}
            {minutes === 1 ? 'minute' : 'minutes'} from now
          </span>
          <span>
            Session <code data-testid="session">{digest}</code>
          </span>
        </div>
      </footer>
    </Document>
  )
}

/** A page for a visitor who is not signed in. */
export const SignedOut = ({
  title,
  organization,
  children,
}: {
  title: string
  organization: { name: string; slug: string }
  children: Child
}) => (
  <Document title={title} organization={organization.name}>
    <header class="top">
      <div class="wrap" style="padding-bottom:.875rem">
        <Brand name={organization.name} href={`/${organization.slug}/portal/request`} />
      </div>
    </header>
    <div class="wrap">
      <main class="narrow">{children}</main>
    </div>
  </Document>
)

export const Badge = ({ label, tone, testid }: { label: string; tone: Tone; testid: string }) => (
  <span class={`badge ${tone}`} data-testid={testid}>
    {label}
  </span>
)

const NOTICES: Record<string, { tone: Tone; head: string; text: string }> = {
  paid: { tone: 'good', head: 'Paid', text: 'Thank you, the payment went through.' },
  declined: {
    tone: 'bad',
    head: 'The card was declined again',
    text: 'Add another payment method and we will try at once.',
  },
  'card-added': {
    tone: 'good',
    head: 'Card added',
    text: 'It is now your default payment method.',
  },
  recovered: {
    tone: 'good',
    head: 'Card added and everything paid',
    text: 'It is now your default payment method, and the open payment went through.',
  },
}

const Notice = ({ name }: { name: string | undefined }) => {
  const notice = NOTICES[name ?? '']
  if (notice === undefined) return null
  return (
    <div class={`note ${notice.tone}`} role="status" data-testid="notice">
      <b>{notice.head}</b>
      <span>{notice.text}</span>
    </div>
  )
}
