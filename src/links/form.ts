// Reads the form that our pages send, and checks that one of our pages sent it.

import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'

const MAX_BYTES = 4096

/**
 * Whether one of our pages may have sent a form, and not a page of another site. Browsers say so in
 * `Sec-Fetch-Site`. Older ones say it in `Origin`, which is `null` for our pages, because they send
 * no referrer.
 */
export const isFromOurPage = (c: Context, origin: string): boolean => {
  const site = c.req.header('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const from = c.req.header('origin')
  return !from || from === 'null' || from === origin
}

/** Limits a chunked body as well. */
const limited = bodyLimit({ maxSize: MAX_BYTES, onError: (c) => c.body(null, 413) })

/** The fields of a form. An unreadable or too long body has none. */
export const readForm = async (c: Context): Promise<Record<string, unknown>> => {
  let form: Record<string, unknown> = {}
  const read = async () => {
    form = await c.req.parseBody()
  }
  await limited(c, read).catch(() => {}) // a broken or foreign body: no button was pressed
  return form
}
