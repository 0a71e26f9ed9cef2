// GET /healthz: the process lives. GET /readyz: what it needs answers, and its roles run. Probes may ask with OPTIONS as
// well: HAProxy's default is `OPTIONS /`.

import { Hono } from 'hono'

/** Names of what is checked, each with whether it is well; a check that throws is not. */
export type Checks = Record<string, () => boolean | Promise<boolean>>

export const healthRoutes = (checks: Checks) =>
  new Hono()
    .get('/healthz', (c) => c.json({ status: 'alive' }))
    .on('OPTIONS', ['/', '/healthz'], (c) => c.json({ status: 'alive' }))
    .on(['GET', 'OPTIONS'], '/readyz', async (c) => {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => {
          const isWell = await Promise.resolve()
            .then(check)
            .catch(() => false)
          return [name, isWell] as const
        }),
      )
      const isReady = results.every(([, isWell]) => isWell)
      return c.json(
        { status: isReady ? 'ready' : 'not ready', checks: Object.fromEntries(results) },
        isReady ? 200 : 503,
      )
    })
