// GET /metrics: what there is to count, by its names. Only where there is a token for it; else nothing is counted.

import { Hono } from 'hono'
import type { Ending } from './clicks/store.ts'
import type { Evidence, Visitor } from './clicks/visitor.ts'
import type { Budget } from './polar/budget.ts'
import { bearer } from './runtime/bearer.ts'
import { SECOND } from './runtime/clock.ts'

/** What is counted of a visit. `took` in milliseconds. */
type Visit = {
  is: Visitor['is']
  evidence: readonly Evidence[]
  ending: Ending
  took: number
}

/** Seconds; a session costs Polar's answer, and everybody is somewhere else after four. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4]

/**
 * The metrics, and the route that shows them to whoever has the token.
 * @param parts `limit` is how many calls a minute Polar lets the organization make.
 */
export const createMetrics = async (
  token: string,
  { budget, limit }: { budget: Budget; limit: number },
) => {
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = await import('prom-client')
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const visits = new Counter({
    name: 'postern_link_visits_total',
    help: 'Visits to genuine links, by verdict, by the evidence that decided, and by how they ended.',
    labelNames: ['visitor', 'evidence', 'ending'],
    registers,
  })
  const took = new Histogram({
    name: 'postern_link_visit_seconds',
    help: 'From the request of a link to its answer, by how it ended.',
    labelNames: ['ending'],
    buckets: BUCKETS,
    registers,
  })
  const forged = new Counter({
    name: 'postern_forged_links_total',
    help: 'Requests with a token that is not ours, or is damaged.',
    registers,
  })
  new Gauge({
    name: 'postern_polar_calls_spent',
    help: 'Calls to Polar of this minute that are spent or set aside, by all processes.',
    registers,
    async collect() {
      this.set(await budget.spent().catch(() => Number.NaN))
    },
  })
  const shares = new Gauge({
    name: 'postern_polar_calls_per_minute',
    help: 'Calls to Polar that may be spent in a minute before messages, the API or clicks stop asking; and the limit of the organization.',
    labelNames: ['up_to'],
    registers,
  })
  shares.set({ up_to: 'limit' }, limit)
  for (const [purpose, share] of Object.entries(budget.shares))
    shares.set({ up_to: purpose }, share)

  const isAllowed = bearer(token)
  const routes = new Hono().get('/metrics', async (c) => {
    if (!isAllowed(c.req.header('authorization'))) {
      c.header('WWW-Authenticate', 'Bearer')
      return c.text('send the METRICS_TOKEN as a bearer token\n', 401)
    }
    c.header('Cache-Control', 'no-store')
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
  })

  return {
    routes,
    visited: (visit: Visit) => {
      const [evidence = ''] = visit.evidence
      visits.inc({ visitor: visit.is, evidence, ending: visit.ending })
      took.observe({ ending: visit.ending }, visit.took / SECOND)
    },
    forged: () => forged.inc(),
  }
}
