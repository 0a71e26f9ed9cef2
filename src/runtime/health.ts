// GET /healthz: the process lives. GET /readyz: what it needs answers, and its roles run. Probes may ask with OPTIONS as
// well: HAProxy's default is `OPTIONS /`.

import { Hono } from 'hono'

/** `true` if well; a text says why not. A check that throws counts as not well. */
type Outcome = boolean | string

/** The checks by name. */
export type Checks = Record<string, () => Outcome | Promise<Outcome>>

export const healthRoutes = (checks: Checks) =>
  new Hono()
    .get('/healthz', (c) => c.json({ status: 'alive' }))
    .on('OPTIONS', ['/', '/healthz'], (c) => c.json({ status: 'alive' }))
    .on(['GET', 'OPTIONS'], '/readyz', async (c) => {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => {
          const outcome = await Promise.resolve()
            .then(check)
            .catch(() => false)
          return [name, outcome] as const
        }),
      )
      const isReady = results.every(([, outcome]) => outcome === true)
      return c.json(
        {
          status: isReady ? 'ready' : 'not ready',
          checks: Object.fromEntries(results.map(([name, outcome]) => [name, outcome === true])),
          reasons: Object.fromEntries(results.filter(([, outcome]) => typeof outcome === 'string')),
        },
        isReady ? 200 : 503,
      )
    })
