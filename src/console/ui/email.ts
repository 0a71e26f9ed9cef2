// An email as it was sent, so that an operator can read it and nothing in it acts: no link leads anywhere, and no script runs.

import type { MiddlewareHandler } from 'hono'
import { fillPlaceholders } from '../../links/link.ts'

/** In the frame that shows it, an email may only look as it looked in an inbox. */
const POLICY = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src https: http: data:', // the pictures of the sandbox are on this machine
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ')

/** The end of the path of every email's document. */
export const EMAIL_DOCUMENT = '/email.html'

/** Around the headers of the console's pages: an email has a stricter policy. */
export const emailHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.path.endsWith(EMAIL_DOCUMENT)) c.header('Content-Security-Policy', POLICY)
}

/** Attributes that lead somewhere, or act. */
const ACTIVE =
  /\s(?:href|xlink:href|action|formaction|ping|on[a-z]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi

const TAG = /<[a-z][^<>]*>/gi

const TOKEN = /pstn_[\w-]+/g

const withoutLinks = (text: string): string =>
  fillPlaceholders(text, (place) =>
    place === 'action' ? '[link of the button]' : '[link to the portal]',
  ).replaceAll(TOKEN, '[link]')

/** The document without anything that can be followed. */
export const inertHtml = (html: string): string =>
  withoutLinks(html.replaceAll(TAG, (tag) => tag.replaceAll(ACTIVE, '')))

/** The text part, with words where its links were. */
export const inertText = withoutLinks
