// The web role: webhook endpoints, links, the portal's stable link, the API, the console, health and metrics.

import { Hono } from 'hono'
import { createPseudonyms } from '../links/pseudonym.ts'
import { createBackground } from '../runtime/background.ts'
import { isCutOff } from '../runtime/cut-off.ts'
import { healthRoutes } from '../runtime/health.ts'
import { failure } from '../runtime/log.ts'
import { routedPath } from '../runtime/path.ts'
import { listen } from '../runtime/server.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { createUnknownPaths } from '../webhooks/unknown-paths.ts'
import { createClients } from './clients.ts'
import { createEndpoints } from './endpoints.ts'
import { beginHeartbeat } from './heartbeat.ts'
import type { Shared } from './shared.ts'
import { visitorRoutes } from './visitors.ts'

/**
 * Starts to listen: the caller closes it. A start that cannot listen has changed nothing in Redis.
 * @param alongside routes that come first, as the sandbox has them.
 */
export const startWeb = async (shared: Shared, alongside: Hono = new Hono()) => {
  const { config, checks, releases, clock, log } = shared
  const endpoints = createEndpoints(shared)
  const redis = await shared.open('ask_at_once')
  const pseudonym = createPseudonyms(config.links.secrets)
  const clients = createClients({ redis, trustedProxies: config.trustedProxies, pseudonym, log })
  const monitors = endpoints.map(({ monitor }) => monitor)
  const metrics = shared.metrics?.serve({
    endpoints: monitors,
    countUnauthorized: (c) => clients.limits.unauthorized.take(clients.clientOf(c)),
  })
  const { track } = releases.add(
    createBackground((error) => log.error(failure(error), 'write after a click failed')),
    ({ settled }) => settled(),
  )

  const { consolePassword: password } = config
  const operators = password
    ? [
        (await import('./console.ts')).createConsole({
          ...{ shared, redis, clients, password },
          endpoints: monitors,
        }),
      ]
    : []

  const noteUnknownPath = createUnknownPaths(clock, log)
  // Other routes answer for these paths; for every other path that is no endpoint there is `notFound` below.
  const answeredElsewhere = new Hono().on('POST', ['/api/*', '/l/*'], (c, next) => {
    noteUnknownPath(c)
    return next()
  })
  const routes = [
    ...[alongside, healthRoutes(checks), webhookRoutes(endpoints, { clock, log })],
    ...[answeredElsewhere, ...(metrics ? [metrics] : [])],
    ...visitorRoutes({ shared, redis, clients, pseudonym, track }),
    ...operators,
  ]
  const app = routes
    .reduce((all, some) => all.route('/', some), new Hono({ getPath: routedPath }))
    .onError((error, c) => {
      if (isCutOff(c)) {
        log.debug({ method: c.req.method }, 'request cut off by its client')
        return c.json({ error: 'the body is incomplete' }, 400)
      }
      log.error({ method: c.req.method, ...failure(error) }, 'request failed')
      return c.json({ error: 'something went wrong here; try again' }, 500)
    })
    .notFound((c) => {
      noteUnknownPath(c)
      return c.text('404 Not Found', 404)
    })

  const server = await listen(app.fetch, { host: config.host, port: config.port })
  clients.forgetProxy()
  if (config.role === 'web') await beginHeartbeat(shared, { isRunning: () => true })
  return {
    ...server,
    /** Answers as before, but is not ready: load balancers leave it before it closes. */
    drain: () => {
      checks.web = () => 'it is about to end, send requests to another process'
      server.drain()
    },
  }
}
