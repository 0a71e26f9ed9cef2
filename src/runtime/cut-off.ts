// Recognises a request whose client went away before the body was complete: an everyday end, with nobody left to answer.

import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

export const isCutOff = (c: Context): boolean => {
  const { incoming } = c.env as Partial<HttpBindings>
  return incoming?.destroyed === true && !incoming.complete
}
