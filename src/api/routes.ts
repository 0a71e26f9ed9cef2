// /api for the merchant's own backend: links for customers it has signed in, links taken back, and who has clicked.

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ClickStore } from '../clicks/store.ts'
import { readPublicId } from '../links/link.ts'
import type { LinkStore } from '../links/store.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import { customerKey } from '../redis/keys.ts'
import type { ClientLimit } from '../redis/limit.ts'
import { bearer } from '../runtime/bearer.ts'
import type { Client } from '../runtime/client-address.ts'
import { isCutOff } from '../runtime/cut-off.ts'
import { failure, type Log } from '../runtime/log.ts'
import { type Issue, isCustomerId } from './links.ts'
import type { createLinkOrders } from './request.ts'

const MAX_BYTES = 16 * 1024

/** Seconds. */
const RETRY_AFTER = '5'

type ApiParts = {
  token: string
  read: ReturnType<typeof createLinkOrders>
  issue: Issue
  store: Pick<LinkStore, 'load' | 'revoke' | 'revokeOne'>
  clicks: Pick<ClickStore, 'of'>
  /** The key of the customer that a message is to; `null` for what is no message's id. */
  customerOfMessage: (messageId: string) => string | null
  /** Asks Polar; `null` where it has no such customer. */
  customerByExternalId: (externalId: string) => Promise<string | null>
  /** Lets an address be mailed again; `null` where it is mailed anyway. */
  releaseSuppression: (
    address: string,
  ) => Promise<{ because: string; origin: { message: string | null } } | null>
  /** Of requests with the token, and of those without. */
  limits: { asked: ClientLimit; denied: ClientLimit }
  /** What stands for the address of a request's client. */
  clientOf: (c: Context) => Client
  log: Log
}

const refuse = (c: Context, status: 400 | 401 | 404 | 413 | 429 | 503, error: string) => {
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (status === 503) c.header('Retry-After', RETRY_AFTER)
  return c.json({ error }, status)
}

const tooMany = (c: Context, wait: number) => {
  c.header('Retry-After', `${wait}`)
  return refuse(c, 429, `too many requests from this address; try again in ${wait} seconds`)
}

const guarded = ({ token, limits, clientOf, log }: ApiParts): MiddlewareHandler => {
  const isAllowed = bearer(token)
  return async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const isKnown = isAllowed(c.req.header('authorization'))
    const wait = await limits[isKnown ? 'asked' : 'denied'].take(clientOf(c))
    if (wait !== null) return tooMany(c, wait)
    if (isKnown) return next()
    log.warn({ method: c.req.method }, 'api refused: no token, or another one')
    return refuse(c, 401, 'send the API_TOKEN as a bearer token: Authorization: Bearer …')
  }
}

export const apiRoutes = (parts: ApiParts) => {
  const { read, issue, store, clicks, log } = parts
  const noLink = (c: Context) => refuse(c, 404, 'there is no link with this id')
  const noMessage = (c: Context) => refuse(c, 404, 'this is no id of a message (msg_…)')

  const noCustomer = (c: Context, by: string) =>
    refuse(c, 404, `Polar has no customer with this ${by}`)

  const revokeAll = async (c: Context, customerId: string) => {
    await store.revoke(customerKey(customerId), 'all', 'by_hand')
    log.info({ customer: customerId }, 'links revoked')
    return c.body(null, 204)
  }

  const tooLarge = bodyLimit({
    maxSize: MAX_BYTES,
    onError: (c) => refuse(c, 413, 'the body is larger than 16 KiB'),
  })

  return new Hono()
    .use('/api/*', guarded(parts))
    .post('/api/links', tooLarge, async (c) => {
      const body: unknown = await c.req.json().catch(() => undefined)
      if (body === undefined) return refuse(c, 400, 'the body is not JSON')
      const order = read(body)
      if ('problem' in order) return refuse(c, 400, order.problem)
      const issued = await issue(order)
      if ('status' in issued) return refuse(c, issued.status, issued.error)
      const { id, url, expiresAt } = issued
      log.info({ link: id }, 'link issued')
      return c.json({ id, url, expires_at: new Date(expiresAt).toISOString() }, 201)
    })
    .delete('/api/links/:id', async (c) => {
      const named = readPublicId(c.req.param('id'))
      if (!named || !(await store.revokeOne(named.customer, named.id, 'by_hand'))) return noLink(c)
      log.info({ link: c.req.param('id') }, 'link revoked')
      return c.body(null, 204)
    })
    .delete('/api/customers/:id/links', async (c) => {
      const id = c.req.param('id')
      // What is no such id would revoke nothing, and seem to.
      return isCustomerId(id) ? revokeAll(c, id.toLowerCase()) : noCustomer(c, 'id')
    })
    .delete('/api/customers/external/:id/links', async (c) => {
      const customerId = await parts.customerByExternalId(c.req.param('id'))
      return customerId === null ? noCustomer(c, 'external id') : revokeAll(c, customerId)
    })
    .delete('/api/messages/:id/links', async (c) => {
      const message = c.req.param('id')
      const customer = parts.customerOfMessage(message)
      if (!customer) return noMessage(c)
      await store.revoke(customer, { message }, 'by_hand')
      log.info({ message }, 'links revoked')
      return c.body(null, 204)
    })
    .get('/api/messages/:id/clicks', async (c) => {
      const customer = parts.customerOfMessage(c.req.param('id'))
      return customer ? c.json(await clicks.of(customer, c.req.param('id'))) : noMessage(c)
    })
    .get('/api/links/:id/clicks', async (c) => {
      const named = readPublicId(c.req.param('id'))
      const link = named && (await store.load(named.customer, named.id))
      if (!link) return noLink(c)
      return c.json(await clicks.of(named.customer, link.messageId ?? named.id)) // a mailed one's are its message's
    })
    .delete('/api/suppressions/:address', async (c) => {
      const was = await parts.releaseSuppression(c.req.param('address'))
      if (!was) return refuse(c, 404, 'this address is not suppressed')
      const { because, origin } = was
      log.warn({ message: origin.message, because, by: 'api' }, 'suppression released')
      return c.body(null, 204)
    })
    .all('/api/*', (c) => refuse(c, 404, 'there is nothing here; see docs/portal-links.md'))
    .onError((error, c) => {
      if (isCutOff(c)) throw error // for the web role, which knows it as well
      log.error({ method: c.req.method, ...failure(error) }, 'api request failed')
      if (error instanceof PolarUnavailableError)
        return refuse(c, 503, 'Polar could not be asked; try again')
      return refuse(c, 503, 'this could not be done now; try again')
    })
}
