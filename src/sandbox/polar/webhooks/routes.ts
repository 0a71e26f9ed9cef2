// The part of Polar's API below /v1/webhooks: endpoints, the attempts to deliver to them, and redelivery.

import { type Context, Hono } from 'hono'
import type { Clock } from '../../../runtime/clock.ts'
import { notFound, one, page, unlessUuid, unprocessable } from '../answers.ts'
import { createAttemptList } from './attempts.ts'
import { changeOf, type EndpointFault, inputOf } from './body.ts'
import type { Endpoints } from './endpoints.ts'
import type { Webhooks } from './webhooks.ts'

type RouteParts = { clock: Clock; endpoints: Endpoints; webhooks: Webhooks }

export const createWebhookRoutes = ({ clock, endpoints, webhooks }: RouteParts) => {
  const routes = new Hono()
  const attempts = createAttemptList(clock, webhooks)

  const bodyOf = async (c: Context): Promise<Record<string, unknown>> =>
    Object(await c.req.json().catch(() => undefined))
  const refuse = (c: Context, { field, msg, input }: EndpointFault) =>
    unprocessable(c, ['body', field], msg, input)

  routes.use('/endpoints/:id/*', async (c, next) => unlessUuid(c, c.req.param('id')) ?? next())

  routes.get('/endpoints', (c) => page(c, endpoints.list()))
  routes.post('/endpoints', async (c) => {
    const input = inputOf(await bodyOf(c))
    return 'msg' in input ? refuse(c, input) : c.json(endpoints.add(input), 201)
  })
  routes.get('/endpoints/:id', (c) => one(c, endpoints.get(c.req.param('id'))))
  routes.patch('/endpoints/:id', async (c) => {
    const before = endpoints.get(c.req.param('id'))
    if (before === undefined) return notFound(c)
    const change = changeOf(await bodyOf(c), before)
    return 'msg' in change ? refuse(c, change) : one(c, endpoints.change(before.id, change))
  })
  routes.patch('/endpoints/:id/secret', (c) => one(c, endpoints.renewSecret(c.req.param('id'))))
  routes.delete('/endpoints/:id', (c) =>
    endpoints.remove(c.req.param('id')) ? c.body(null, 204) : notFound(c),
  )

  routes.get('/deliveries', (c) => {
    const query = attempts.queryOf(c)
    if ('msg' in query) return unprocessable(c, ['query', query.field], query.msg, query.input)
    return page(c, attempts.list(query), attempts.view)
  })
  routes.post('/events/:id/redeliver', async (c) => {
    const id = c.req.param('id')
    const malformed = unlessUuid(c, id)
    if (malformed !== undefined) return malformed
    if (!webhooks.has(id)) return notFound(c)
    await webhooks.attempt(id)
    return c.json(null, 202)
  })
  return routes
}
