// GET /metrics for Prometheus, for clients with the token.

import { type Context, Hono } from 'hono'
import type { Registry } from 'prom-client'
import { bearer } from '../runtime/bearer.ts'

type RouteParts = {
  token: string
  registry: Registry
  /**
   * Counts a request without the token. Resolves with the seconds its client must wait, or `null`.
   */
  countUnauthorized: (c: Context) => Promise<number | null>
}

export const metricsRoutes = ({ token, registry, countUnauthorized }: RouteParts) => {
  const isAllowed = bearer(token)
  return new Hono().get('/metrics', async (c) => {
    if (!isAllowed(c.req.header('authorization'))) {
      // While Redis is down nothing is limited. Without the token the answer is 401 all the same.
      const wait = await countUnauthorized(c).catch(() => null)
      if (wait !== null) {
        c.header('Retry-After', `${wait}`)
        return c.text(`too many requests from this address; try again in ${wait} seconds\n`, 429)
      }
      c.header('WWW-Authenticate', 'Bearer')
      return c.text('send the METRICS_TOKEN as a bearer token\n', 401)
    }
    c.header('Cache-Control', 'no-store')
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
  })
}
