// The part of Polar's API that Postern uses, answered from the simulated world.

import { type Context, Hono } from 'hono'
import { type Clock, MINUTE, SECOND } from '../../runtime/clock.ts'
import { createLimit } from '../http/limits.ts'
import type { Served } from '../http/sockets.ts'
import {
  hasMetadata,
  matching,
  notFound,
  one,
  page,
  sorted,
  unlessUuid,
  within,
} from './answers.ts'
import type { Documents } from './documents/documents.ts'
import { createDocumentRoutes } from './documents/routes.ts'
import { createMint } from './mint.ts'
import { hasNextCharge, nextCharge } from './next-charge.ts'
import { createOrganizationRoutes } from './organizations.ts'
import { createScopeCheck } from './scopes.ts'
import type { Sessions } from './sessions.ts'
import type { Customer } from './shapes/rows.ts'
import type { SystemEvents } from './system-events.ts'
import type { Endpoints } from './webhooks/endpoints.ts'
import { createWebhookRoutes } from './webhooks/routes.ts'
import type { Webhooks } from './webhooks/webhooks.ts'
import type { World } from './world.ts'

const VERSIONS = ['2026-04', '2026-10', '2027-01']

export type ApiOptions = {
  clock: Clock
  world: World
  sessions: Sessions
  documents: Documents
  endpoints: Endpoints
  webhooks: Webhooks
  systemEvents: SystemEvents
  accessToken: string
  rateLimitPerMinute: number
  /** Scopes that the access token lacks. */
  missingScopes: () => readonly string[]
  origin: () => string
}

export const createApi = (options: ApiOptions) => {
  const { clock, world, sessions, documents, endpoints, webhooks, systemEvents } = options
  const { accessToken, origin } = options
  const limit = createLimit(clock, options.rateLimitPerMinute, MINUTE)
  const api = new Hono<Served>()

  api.use(async (c, next) => {
    const version = c.req.header('polar-version')
    if (version !== undefined && !VERSIONS.includes(version)) return notFound(c)
    c.header('polar-version', version ?? '2026-10')
    const bearer = c.req.header('authorization')
    if (bearer !== `Bearer ${accessToken}`) return unauthorized(c, bearer)
    const { admitted, waitMs } = limit.admit()
    if (!admitted) {
      c.header('retry-after', String(Math.ceil(waitMs / SECOND)))
      return c.json({ error: 'RateLimitExceeded', detail: 'Too many requests.' }, 429)
    }
    await next()
  })

  api.use(createScopeCheck(options.missingScopes))

  api.post('/customer-sessions/', createMint(world, sessions, origin))

  const customer = (id: string) => {
    const found = world.customers.get(id)
    return found?.deleted_at === null ? found : undefined
  }
  const externalCustomer = (wanted: string) => {
    const isIt = ({ id, external_id }: Customer) => external_id === wanted && customer(id)
    return [...world.customers.values()].find(isIt)
  }
  const cards = (c: Context, found: Customer | undefined) =>
    found === undefined ? notFound(c) : page(c, world.cardsOf(found.id))
  api.get('/customers/external/:external_id', (c) =>
    one(c, externalCustomer(c.req.param('external_id'))),
  )
  api.get('/customers/external/:external_id/payment-methods', (c) =>
    cards(c, externalCustomer(c.req.param('external_id'))),
  )
  api.get('/customers/', (c) => {
    const found = [...world.customers.values()]
      .filter(({ deleted_at }) => deleted_at === null)
      .filter(matching(c, 'email'))
    return page(c, sorted(c, found, '-created_at'))
  })
  api.get('/customers/:id', (c) => {
    const id = c.req.param('id')
    return unlessUuid(c, id) ?? one(c, customer(id.toLowerCase()))
  })
  api.get('/customers/:id/members', (c) => {
    const found = customer(c.req.param('id'))
    if (found === undefined) return notFound(c)
    if (found.type === 'individual') world.ownerOf(found)
    return page(c, world.membersOf(found.id).filter(matching(c, 'role')))
  })
  api.get('/customers/:id/payment-methods', (c) => cards(c, customer(c.req.param('id'))))

  api.use('/orders/*', async (_, next) => {
    documents.catchUp()
    await next()
  })
  api.get('/orders/', (c) => {
    const found = [...world.orders.values()]
      .filter(matching(c, 'customer_id', 'subscription_id', 'product_id', 'status'))
      .filter(within(c, 'created_at', 'created_after', 'created_before'))
    return page(c, sorted(c, found, '-created_at'), ({ id }) => world.orderView(id))
  })
  api.get('/orders/:id', (c) => one(c, world.orderView(c.req.param('id'))))
  api.route('/orders', createDocumentRoutes(world, documents))

  api.get('/subscriptions/', (c) => {
    const found = [...world.subscriptions.values()]
      .filter(matching(c, 'customer_id', 'product_id', 'status', 'cancel_at_period_end'))
      .filter(within(c, 'started_at', 'started_after', 'started_before'))
      .filter(within(c, 'canceled_at', 'canceled_at_after', 'canceled_at_before'))
    return page(c, sorted(c, found, '-started_at'), ({ id }) => world.subscriptionView(id))
  })
  api.get('/subscriptions/:id', (c) => one(c, world.subscriptionView(c.req.param('id'))))
  api.get('/subscriptions/:id/charge-preview', (c) => {
    const of = world.subscriptions.get(c.req.param('id'))
    return of !== undefined && hasNextCharge(of) ? c.json(nextCharge(world, of)) : notFound(c)
  })

  api.get('/products/', (c) => {
    const fits = matching(c, 'id', 'is_recurring', 'is_archived', 'visibility')
    return page(c, [...world.products.values()].filter(fits))
  })
  api.get('/products/:id', (c) => one(c, world.products.get(c.req.param('id'))))

  api.route('/', createOrganizationRoutes(world))

  api.get('/refunds/', (c) => {
    const succeeded = c.req.query('succeeded')
    const found = [...world.refunds.values()]
      .filter(matching(c, 'id', 'order_id', 'subscription_id', 'customer_id'))
      .filter(
        ({ status }) =>
          succeeded === undefined || (status === 'succeeded') === (succeeded === 'true'),
      )
    return page(c, sorted(c, found, '-created_at'))
  })

  api.get('/payments/:id', (c) => one(c, world.payments.get(c.req.param('id'))))
  api.get('/payments/', (c) => {
    const customerId = c.req.query('customer_id')
    const found = [...world.payments.values()]
      .filter(matching(c, 'organization_id', 'checkout_id', 'order_id', 'status', 'method'))
      .filter(({ order_id }) => {
        const paid = world.orders.get(order_id ?? '')
        return customerId === undefined || paid?.customer_id === customerId
      })
    return page(c, sorted(c, found, '-created_at'))
  })

  api.get('/events/', (c) => {
    const found = systemEvents
      .list()
      .filter(matching(c, 'source', 'name', 'customer_id', 'external_customer_id'))
      .filter(within(c, 'timestamp', 'start_timestamp', 'end_timestamp'))
      .filter(({ metadata }) => hasMetadata(c, metadata))
    return page(c, sorted(c, found, '-timestamp'))
  })

  api.route('/webhooks', createWebhookRoutes({ clock, endpoints, webhooks }))

  api.all('*', notFound)
  return api
}

const unauthorized = (c: Context, bearer: string | undefined) => {
  c.header('www-authenticate', 'Bearer')
  if (bearer === undefined) return c.json({ error: 'Unauthorized', detail: 'Unauthorized' }, 401)
  const description =
    'The access token provided is expired, revoked, malformed, or invalid for other reasons.'
  return c.json({ error: 'invalid_token', error_description: description }, 401)
}
