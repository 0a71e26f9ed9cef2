// The form that a page of ours sends, and whether it came from there.

import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'

const MAX_BYTES = 4096

/**
 * Whether a page of ours may have sent a form. Another site's page may post one here too: browsers say so in `Sec-Fetch-Site`,
 * and those older than it in `Origin`, which is `null` from a page without a referrer, as ours are.
 */
export const isFromOurPage = (c: Context, origin: string): boolean => {
  const site = c.req.header('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const from = c.req.header('origin')
  return !from || from === 'null' || from === origin
}

/** It counts what proxies pass on in chunks, too. */
const limited = bodyLimit({ maxSize: MAX_BYTES, onError: (c) => c.body(null, 413) })

/** The fields of a form; none where it cannot be read, or is longer than any of ours. */
export const formOf = async (c: Context): Promise<Record<string, unknown>> => {
  let form: Record<string, unknown> = {}
  const read = async () => {
    form = await c.req.parseBody()
  }
  await limited(c, read).catch(() => {}) // a form that breaks off, or is none: nobody pressed
  return form
}
