// Notes webhooks that are posted to a path that is no endpoint: the log says where they belong, once a minute for each
// endpoint. Otherwise nobody would notice before the sender disables the endpoint.

import type { Context } from 'hono'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { createTally } from '../runtime/tally.ts'

/** `polar` signs under the standard's names, Resend under those of Svix. */
const ENDPOINTS = { polar: 'webhook', resend: 'svix' } as const

type Name = keyof typeof ENDPOINTS

/** Strangers may post to any path: only a plain one gets into the log. */
const PLAIN = /^\/[\w\-./]{0,80}$/

const senderOf = (c: Context): Name | undefined =>
  (['polar', 'resend'] as const).find((name) =>
    ['id', 'signature'].every((part) => c.req.header(`${ENDPOINTS[name]}-${part}`)),
  )

const lineFor = (name: Name, path: string) =>
  path === '/webhooks/resend'
    ? 'webhook posted to an endpoint that is switched off; set RESEND_WEBHOOK_SECRET'
    : `webhook posted to a path that is no endpoint; change the URL at ${name === 'polar' ? 'Polar' : 'Resend'} to end in /webhooks/${name}`

/** Notes requests that are for no endpoint, and leaves the answer to others. */
export const createUnknownPaths = (clock: Clock, log: Log) => {
  const tallyOf = (name: Name) =>
    createTally(MINUTE, clock, (count, path: string) =>
      log.warn({ path: PLAIN.test(path) ? path : undefined, count }, lineFor(name, path)),
    )
  const tallies = { polar: tallyOf('polar'), resend: tallyOf('resend') }
  return (c: Context) => {
    const name = c.req.method === 'POST' ? senderOf(c) : undefined
    if (name) tallies[name](c.req.path)
  }
}
