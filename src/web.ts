// The web role: the doors, the links, the way to the portal, and whether all is well.

import { Hono } from 'hono'
import { type LinkRouteParts, linkRoutes } from './links/routes.ts'
import { portalRoutes } from './portal/routes.ts'
import { type Checks, healthRoutes } from './runtime/health.ts'
import { failure, type Log } from './runtime/log.ts'
import { listen } from './runtime/server.ts'
import { type Door, webhookRoutes } from './webhooks/routes.ts'

type WebRoleParts = {
  address: { host: string; port: number }
  checks: Checks
  doors: readonly Door[]
  links: LinkRouteParts
  log: Log
}

export const createWebRole = ({ address, checks, doors, links, log }: WebRoleParts) => {
  const routes = new Hono()
    .route('/', healthRoutes(checks))
    .route('/', webhookRoutes(doors, log))
    .route('/', linkRoutes(links))
    .route('/', portalRoutes(links.places))
    .onError((error, c) => {
      log.error({ method: c.req.method, ...failure(error) }, 'request failed')
      return c.json({ error: 'something went wrong here; try again' }, 500)
    })

  return {
    /** Listens. Routes given `alongside`, as the sandbox has them, come first. */
    start: (alongside = new Hono()) => listen(alongside.route('/', routes).fetch, address),
  }
}
