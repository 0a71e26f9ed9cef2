// The frame around every page of the console, and the document that it makes.

import { createContext, type ReactNode, useContext } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Notice } from '../sessions.ts'
import { assets } from './assets.ts'
import { SECTIONS, type Section, Sign } from './sections.tsx'

export type Page = {
  title: string
  /** The part of the console that it belongs to; none where it belongs to no single one. */
  section?: Section
  /** Its state, beside the title. */
  badges?: ReactNode
  /** One sentence under the title. */
  lead?: ReactNode
  /** The page above it. */
  parent?: { path: string; name: string }
  /** Buttons beside the title. */
  actions?: ReactNode
  /** A text alone stands on a card of its own. */
  body: ReactNode
  /** The text that was searched for. */
  searched?: string
  /** The page changes by itself: it is read again after so many seconds. */
  refresh?: number
}

const Csrf = createContext('')

/** The hidden field that each form carries, so that no other site's form acts. */
export const CsrfField = () => <input type="hidden" name="csrf" value={useContext(Csrf)} />

const Mark = () => (
  <svg width="24" height="24" viewBox="0 0 24 24" fill="none" aria-hidden="true">
    <rect x="1" y="1" width="22" height="22" rx="6" fill="currentColor" opacity=".16" />
    <path d="M6 18V9a6 6 0 0 1 12 0v9" stroke="currentColor" strokeWidth="2" />
    <path d="M4 18h16" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    <circle cx="14.5" cy="13" r="1.25" fill="currentColor" />
  </svg>
)

type DocumentParts = { title: string; refresh?: number | undefined; children: ReactNode }

const Document = ({ title, refresh, children }: DocumentParts) => (
  <html lang="en">
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="robots" content="noindex,nofollow" />
      <title>{`${title} · Postern`}</title>
      <link rel="icon" href={assets.icon} />
      <link rel="stylesheet" href={assets.style} />
      {refresh !== undefined && (
        // The script reads only the content again.
        <noscript>
          <meta httpEquiv="refresh" content={`${refresh}`} />
        </noscript>
      )}
      <script src={assets.script} defer />
    </head>
    <body>{children}</body>
  </html>
)

const render = (document: ReactNode): string => `<!doctype html>${renderToStaticMarkup(document)}`

const Navigation = ({ section }: { section: Section | undefined }) => (
  <nav aria-label="Console">
    <ul>
      {SECTIONS.map(({ path, name, sign }) => (
        <li key={path}>
          <a href={path} aria-current={name === section ? 'page' : undefined}>
            <Sign of={sign} />
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** A form that is posted: an address in a path would land in the logs of proxies. */
const Search = ({ text }: { text: string | undefined }) => (
  <search>
    <form action="/console/search" method="post" className="search">
      <CsrfField />
      <input
        name="q"
        type="search"
        required
        aria-label="Search by address or id"
        placeholder="Address or id"
        defaultValue={text}
        autoComplete="off"
      />
    </form>
  </search>
)

type ShellParts = { page: Page; csrf: string; notice: Notice | null; mode: string }

/** @returns the document of a page, for an operator who has signed in. */
export const pageDocument = ({ page, csrf, notice, mode }: ShellParts): string => {
  const { title, section, badges, lead, parent, actions, body, searched, refresh } = page
  return render(
    <Csrf.Provider value={csrf}>
      <Document title={title} refresh={refresh}>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <div className="frame">
          <header className="side">
            <div>
              <a className="brand" href="/console">
                <Mark />
                Postern
              </a>
              <Search text={searched} />
              <Navigation section={section} />
              <div className="foot">
                {mode !== 'live' && <span className="badge warn">SEND_MODE={mode}</span>}
                <form method="post" action="/console/sign-out">
                  <CsrfField />
                  <button type="submit" className="plain">
                    Sign out
                  </button>
                </form>
              </div>
            </div>
          </header>
          <main className="main" id="main" data-refresh={refresh}>
            <div className="top">
              <div>
                {parent && (
                  <p className="crumbs">
                    <a href={parent.path}>{parent.name}</a>
                  </p>
                )}
                <div className="row">
                  <h1>{title}</h1>
                  {badges}
                </div>
                {lead && <p>{lead}</p>}
              </div>
              {actions && <div className="acts">{actions}</div>}
            </div>
            <div className="stack">
              {notice && (
                <p className={`notice ${notice.tone}`} role="status">
                  {notice.text}
                </p>
              )}
              {typeof body === 'string' ? (
                <section className="card">
                  <p className="empty">{body}</p>
                </section>
              ) : (
                body
              )}
            </div>
          </main>
        </div>
      </Document>
    </Csrf.Provider>,
  )
}

/** @param problem why signing in failed. @param to where the operator wanted to go. */
export const signInDocument = ({ problem, to }: { problem?: string; to: string }): string =>
  render(
    <Document title="Sign in">
      <main className="door">
        <div className="card">
          <div className="body">
            <div className="brand">
              <Mark />
              Postern
            </div>
            <h1>Sign in to the console</h1>
            {problem && (
              <p className="notice bad" role="alert">
                {problem}
              </p>
            )}
            <form method="post" action="/console/sign-in" className="stack">
              <input type="hidden" name="to" value={to} />
              <label>
                Password
                <input
                  name="password"
                  type="password"
                  required
                  // biome-ignore lint/a11y/noAutofocus: the only field of the page
                  autoFocus
                  autoComplete="current-password"
                />
              </label>
              <button type="submit" className="primary">
                Sign in
              </button>
            </form>
            <p className="quiet small">The password is the setting CONSOLE_PASSWORD.</p>
          </div>
        </div>
      </main>
    </Document>,
  )
