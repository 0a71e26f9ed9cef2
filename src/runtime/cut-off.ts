// A request whose client went away before all of its body had come: an everyday end, and nobody is left to answer.

import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

export const isCutOff = (c: Context): boolean => {
  const { incoming } = c.env as Partial<HttpBindings>
  return incoming?.destroyed === true && !incoming.complete
}
