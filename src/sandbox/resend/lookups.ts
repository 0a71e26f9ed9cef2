// The read routes of the API: emails and domains.

import { type Context, Hono } from 'hono'
import { answer, NOT_FOUND, problem } from './answers.ts'
import type { Email } from './email.ts'
import type { Sent } from './sent.ts'
import { messageId } from './webhook.ts'

const PAGE = 20
const MAX_LENGTH = 100

const invalid = (message: string) => problem(422, 'validation_error', message)
const BAD_LIMIT = invalid(`The \`limit\` parameter must be between 1 and ${MAX_LENGTH}.`)
const TWO_CURSORS = invalid('The `after` and `before` parameters cannot be used together.')
const BAD_CURSOR = invalid('The pagination cursor is invalid.')

export const createLookups = (sent: Sent) => {
  const list = (c: Context) => {
    const { after, before } = c.req.query()
    const limit = Number(c.req.query('limit') ?? PAGE)
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LENGTH) return answer(c, BAD_LIMIT)
    if (after !== undefined && before !== undefined) return answer(c, TWO_CURSORS)
    const page = sent.page({ limit, after, before })
    if (page === undefined) return answer(c, BAD_CURSOR)
    return c.json({ object: 'list', has_more: page.hasMore, data: page.emails.map(listed) })
  }

  return new Hono().get('/emails', list).get('/emails/:id', (c) => {
    const found = sent.find(c.req.param('id'))
    if (found === undefined) return answer(c, NOT_FOUND)
    const { html, text, tags } = found
    return c.json({ object: 'email', ...listed(found), html, text, tags })
  })
}

/** An email in a list, without its bodies and tags. */
const listed = ({ id, from, to, cc, bcc, reply_to, subject, accepted_at, last_event }: Email) => ({
  id,
  message_id: messageId(id),
  from,
  to,
  cc,
  bcc,
  reply_to,
  subject,
  created_at: accepted_at,
  last_event,
  scheduled_at: null,
})
