// The web role: the door, the links, the way to the portal, and whether all is well.

import { Hono } from 'hono'
import { type LinkRouteParts, linkRoutes } from './links/routes.ts'
import { portalRoutes } from './portal/routes.ts'
import { type Checks, healthRoutes } from './runtime/health.ts'
import { failure } from './runtime/log.ts'
import { listen } from './runtime/server.ts'
import { type WebhookRouteParts, webhookRoutes } from './webhooks/routes.ts'

type WebRoleParts = {
  address: { host: string; port: number }
  checks: Checks
  webhooks: WebhookRouteParts
  links: LinkRouteParts
}

export const createWebRole = ({ address, checks, webhooks, links }: WebRoleParts) => {
  const routes = new Hono()
    .route('/', healthRoutes(checks))
    .route('/', webhookRoutes(webhooks))
    .route('/', linkRoutes(links))
    .route('/', portalRoutes(links.places))
    .onError((error, c) => {
      links.log.error({ method: c.req.method, ...failure(error) }, 'request failed')
      return c.json({ error: 'something went wrong here; try again' }, 500)
    })

  return {
    /** Listens. Routes given `alongside`, as the sandbox has them, come first. */
    start: (alongside = new Hono()) => listen(alongside.route('/', routes).fetch, address),
  }
}
