// The web role: the doors, the gate, and whether all is well.

import { Hono } from 'hono'
import type { Clock } from '../runtime/clock.ts'
import { isCutOff } from '../runtime/cut-off.ts'
import { type Checks, healthRoutes } from '../runtime/health.ts'
import { failure, type Log } from '../runtime/log.ts'
import { routedPath } from '../runtime/path.ts'
import { listen } from '../runtime/server.ts'
import { type Endpoint, webhookRoutes } from '../webhooks/routes.ts'
import { createUnknownPaths } from '../webhooks/unknown-paths.ts'

type WebRoleParts = {
  address: { host: string; port: number }
  checks: Checks
  endpoints: readonly Endpoint[]
  /** The way from a click to the portal, and what is beside it. */
  gate: readonly Hono[]
  clock: Clock
  log: Log
}

export const createWebRole = ({ address, checks, endpoints, gate, clock, log }: WebRoleParts) => {
  const noteStray = createUnknownPaths(clock, log)
  // Other routes answer for these paths; for every other path that is no endpoint there is `notFound` below.
  const answeredElsewhere = new Hono().on('POST', ['/api/*', '/l/*'], (c, next) => {
    noteStray(c)
    return next()
  })
  const routes = [healthRoutes(checks), webhookRoutes(endpoints, { clock, log }), answeredElsewhere]
    .concat(gate)
    .reduce((all, some) => all.route('/', some), new Hono())
    .onError((error, c) => {
      if (isCutOff(c)) {
        log.debug({ method: c.req.method }, 'request cut off by its client')
        return c.json({ error: 'the body is incomplete' }, 400)
      }
      log.error({ method: c.req.method, ...failure(error) }, 'request failed')
      return c.json({ error: 'something went wrong here; try again' }, 500)
    })

  return {
    /** Listens. Routes given `alongside`, as the sandbox has them, come first. */
    start: (alongside = new Hono()) => {
      const app = new Hono({ getPath: routedPath }).route('/', alongside).route('/', routes)
      app.notFound((c) => {
        noteStray(c)
        return c.text('404 Not Found', 404)
      })
      return listen(app.fetch, address)
    },
  }
}
