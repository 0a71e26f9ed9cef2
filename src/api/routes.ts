// /api for the merchant's own backend: makes and revokes links, lists clicks, exports and erases customers, releases suppressed
// addresses, and says what was recovered.

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ClickStore } from '../clicks/store.ts'
import { type LinkRef, publicIdOf, readPublicId } from '../links/link.ts'
import type { LinkStore } from '../links/store.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import { readMessageId } from '../records/message-id.ts'
import { customerKey } from '../redis/keys.ts'
import type { ClientLimit } from '../redis/limit.ts'
import { type Erased, KEPT } from '../retention/erase.ts'
import { bearer } from '../runtime/bearer.ts'
import type { Client } from '../runtime/client-address.ts'
import { isCutOff } from '../runtime/cut-off.ts'
import { failure, type Log } from '../runtime/log.ts'
import { type IssueLink, isCustomerId } from './links.ts'
import type { ReadRecovered } from './recovered.ts'
import type { createLinkRequestReader } from './request.ts'

const MAX_BODY_BYTES = 16 * 1024

/** Seconds. */
const RETRY_AFTER = '5'

type ApiParts = {
  token: string
  read: ReturnType<typeof createLinkRequestReader>
  issue: IssueLink
  store: Pick<LinkStore, 'recordOf' | 'revoke' | 'revokeOne'>
  clicks: Pick<ClickStore, 'read'>
  /** Erases a customer and reports what went. */
  eraseCustomer: (customerId: string) => Promise<Erased>
  /** All that is kept about a customer; `null` where that is nothing. */
  exportCustomer: (customerId: string) => Promise<object | null>
  /** Asks Polar for the customer's id; `null` if it has no such customer. */
  customerByExternalId: (externalId: string) => Promise<string | null>
  /** Lets an address be mailed again, at Resend too; `null` if it was not suppressed. */
  releaseSuppression: (address: string) => Promise<{
    suppression: { because: string; origin: { message: string | null } }
    atResend: string
  } | null>
  recovered: ReadRecovered
  /** Limits of requests with the token and without it. */
  limits: { authorized: ClientLimit; unauthorized: ClientLimit }
  /** Pseudonyms of the client's address. */
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

const authorize = ({ token, limits, clientOf, log }: ApiParts): MiddlewareHandler => {
  const isAllowed = bearer(token)
  return async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const isAuthorized = isAllowed(c.req.header('authorization'))
    const wait = await limits[isAuthorized ? 'authorized' : 'unauthorized'].take(clientOf(c))
    if (wait !== null) return tooMany(c, wait)
    if (isAuthorized) return next()
    log.warn({ method: c.req.method }, 'api request refused: token missing or wrong')
    return refuse(c, 401, 'send the API_TOKEN as a bearer token: Authorization: Bearer …')
  }
}

export const apiRoutes = (parts: ApiParts) => {
  const { read, issue, store, clicks, log } = parts
  const noLink = (c: Context) => refuse(c, 404, 'there is no link with this id')
  const noMessage = (c: Context) => refuse(c, 404, 'this is not a message id (msg_…)')

  const noCustomer = (c: Context, name: string) =>
    refuse(c, 404, `Polar has no customer with this ${name}`)

  /** The clicks of a message's links together, or of a link without a message. */
  const clicksOf = async (ref: Omit<LinkRef, 'mark'>) => {
    const record = await store.recordOf(ref)
    return record && clicks.read(record, (mark) => publicIdOf({ ...ref, mark }))
  }

  const revokeAll = async (c: Context, customerId: string) => {
    await store.revoke(customerKey(customerId), 'all', 'by_hand')
    log.info({ customer: customerId }, 'links revoked')
    return c.body(null, 204)
  }

  const tooLarge = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => refuse(c, 413, 'the body is larger than 16 KiB'),
  })

  return new Hono()
    .use('/api/*', authorize(parts))
    .post('/api/links', tooLarge, async (c) => {
      const body: unknown = await c.req.json().catch(() => undefined)
      if (body === undefined) return refuse(c, 400, 'the body is not JSON')
      const request = read(body)
      if ('problem' in request) return refuse(c, 400, request.problem)
      const issued = await issue(request)
      if ('status' in issued) return refuse(c, issued.status, issued.error)
      const { id, url, expiresAt } = issued
      log.info({ link: id }, 'link issued')
      return c.json({ id, url, expires_at: new Date(expiresAt).toISOString() }, 201)
    })
    .delete('/api/links/:id', async (c) => {
      const ref = readPublicId(c.req.param('id'))
      if (!ref || !(await store.revokeOne(ref, 'by_hand'))) return noLink(c)
      log.info({ link: c.req.param('id') }, 'link revoked')
      return c.body(null, 204)
    })
    .get('/api/customers/:id/export', async (c) => {
      const id = c.req.param('id')
      if (!isCustomerId(id)) return noCustomer(c, 'id')
      const found = await parts.exportCustomer(id.toLowerCase())
      if (!found) return refuse(c, 404, 'nothing is kept about this customer')
      log.info({ customer: id }, 'customer exported')
      return c.json(found)
    })
    .delete('/api/customers/:id', async (c) => {
      const id = c.req.param('id')
      if (!isCustomerId(id)) return noCustomer(c, 'id')
      const customer = id.toLowerCase()
      const report = await parts.eraseCustomer(customer)
      log.info({ customer, ...report }, 'customer erased')
      const { beingSent, ...erased } = report
      return c.json({ customer_id: customer, erased, being_sent: beingSent, kept: KEPT })
    })
    .delete('/api/customers/:id/links', async (c) => {
      const id = c.req.param('id')
      // With a malformed id this would revoke nothing and still answer 204.
      return isCustomerId(id) ? revokeAll(c, id.toLowerCase()) : noCustomer(c, 'id')
    })
    .delete('/api/customers/external/:id/links', async (c) => {
      const customerId = await parts.customerByExternalId(c.req.param('id'))
      return customerId === null ? noCustomer(c, 'external id') : revokeAll(c, customerId)
    })
    .delete('/api/messages/:id/links', async (c) => {
      const message = c.req.param('id')
      const ref = readMessageId(message)
      if (!ref) return noMessage(c)
      await store.revoke(ref.customer, { message }, 'by_hand')
      log.info({ message }, 'links revoked')
      return c.body(null, 204)
    })
    .get('/api/messages/:id/clicks', async (c) => {
      const ref = readMessageId(c.req.param('id'))
      if (!ref) return noMessage(c)
      const found = await clicksOf(ref)
      return found ? c.json(found) : refuse(c, 404, 'there is no message with this id')
    })
    .get('/api/links/:id/clicks', async (c) => {
      const ref = readPublicId(c.req.param('id'))
      const found = ref && (await clicksOf(ref))
      return found ? c.json(found) : noLink(c)
    })
    .delete('/api/suppressions/:address', async (c) => {
      const released = await parts.releaseSuppression(c.req.param('address'))
      if (!released) return refuse(c, 404, 'this address is not suppressed')
      const { suppression, atResend } = released
      const { because, origin } = suppression
      log.warn({ message: origin.message, because, atResend, by: 'api' }, 'suppression released')
      return c.body(null, 204)
    })
    .get('/api/recovered', async (c) => {
      const { since, until } = c.req.query()
      const found = await parts.recovered({ since, until })
      return 'problem' in found ? refuse(c, 400, found.problem) : c.json(found)
    })
    .all('/api/*', (c) => refuse(c, 404, 'there is nothing here; see docs/portal-links.md'))
    .onError((error, c) => {
      if (isCutOff(c)) throw error // the web role answers this
      log.error({ method: c.req.method, ...failure(error) }, 'api request failed')
      if (error instanceof PolarUnavailableError)
        return refuse(c, 503, 'Polar did not answer; try again')
      return refuse(c, 503, 'the request could not be completed; try again')
    })
}
