/** @jsxImportSource hono/jsx */
// The routes of the inbox.

import { Hono } from 'hono'
import type { Email } from '../email.ts'
import { InboxPage, List } from './pages.tsx'

type InboxOptions = { inbox: () => Email[]; accepted: () => number }

/** Number of emails in the list. */
const SHOWN = 200

export const createInboxPages = ({ inbox, accepted }: InboxOptions) => {
  const shown = () => inbox().slice(0, SHOWN)
  /** Changes whenever the list does. */
  const version = () => `${Math.min(inbox().length, SHOWN)}.${accepted()}`
  const pages = new Hono()

  const start = () => {
    const emails = shown()
    return <InboxPage emails={emails} open={emails[0]} view="list" version={version()} />
  }
  pages.get('/', (c) => c.html(start()))
  pages.get('/inbox', (c) => c.html(start()))
  pages.get('/inbox/version', (c) => c.text(version()))
  pages.get('/inbox/list', (c) => c.html(<List emails={shown()} open={c.req.query('open')} />))
  pages.get('/inbox/:id', (c) => {
    const emails = inbox()
    const open = emails.find(({ id }) => id === c.req.param('id'))
    if (open === undefined) return c.redirect('/')
    const page = (
      <InboxPage emails={emails.slice(0, SHOWN)} open={open} view="mail" version={version()} />
    )
    return c.html(page)
  })
  pages.get('/inbox/:id/attachments/:index', (c) => {
    const email = inbox().find(({ id }) => id === c.req.param('id'))
    const found = email?.attachments[Number(c.req.param('index'))]
    if (!found) return c.notFound()
    const name = found.filename.replace(/[^\w.-]/g, '_')
    return c.body(Buffer.from(found.content, 'base64'), 200, {
      'content-type': found.content_type,
      'content-disposition': `inline; filename="${name}"`,
    })
  })
  return pages
}
