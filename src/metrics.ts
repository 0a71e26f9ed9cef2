// GET /metrics: what there is to count, by its names. Only where there is a token for it; else nothing is counted.

import { type Context, Hono } from 'hono'
import type { Registry } from 'prom-client'
import type { Ending } from './clicks/store.ts'
import type { Evidence, Visitor } from './clicks/visitor.ts'
import type { Budget } from './polar/budget.ts'
import { bearer } from './runtime/bearer.ts'
import { SECOND } from './runtime/clock.ts'
import type { Monitor } from './webhooks/monitor.ts'

/** What is counted of a visit. `took` in milliseconds. */
type Visit = {
  is: Visitor['is']
  evidence: readonly Evidence[]
  ending: Ending
  took: number
}

/** Seconds; a session costs Polar's answer, and everybody is somewhere else after four. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4]

/** What became of webhooks, as each endpoint counts it for itself. */
const createWebhookMetrics = (
  { Counter, Gauge }: typeof import('prom-client'),
  registers: Registry[],
  endpoints: readonly Monitor[],
) => {
  new Counter({
    name: 'postern_webhooks_total',
    help: 'Webhooks by endpoint and by what became of them, in this process since its start.',
    labelNames: ['endpoint', 'outcome'],
    registers,
    collect() {
      this.reset()
      for (const { endpoint, outcomes } of endpoints)
        for (const [outcome, count] of Object.entries(outcomes()))
          this.inc({ endpoint, outcome }, count)
    },
  })
  new Counter({
    name: 'postern_webhook_bad_minutes_total',
    help: 'Minutes in which webhooks were refused for their signature, or could not be stored, in this process since its start.',
    labelNames: ['endpoint', 'trouble'],
    registers,
    collect() {
      this.reset()
      for (const { endpoint, badMinutes } of endpoints)
        for (const [trouble, count] of Object.entries(badMinutes()))
          this.inc({ endpoint, trouble }, count)
    },
  })
  new Gauge({
    name: 'postern_webhook_secret_last_verified_seconds',
    help: 'When each secret, numbered as in the setting, last verified a webhook: Unix time, 0 if not since this process started.',
    labelNames: ['endpoint', 'secret'],
    registers,
    collect() {
      for (const { endpoint, lastVerified } of endpoints)
        for (const [index, at] of lastVerified().entries())
          this.set({ endpoint, secret: `${index + 1}` }, at / SECOND)
    },
  })
}

type MetricsParts = {
  budget: Budget
  /** How many calls a minute Polar lets the organization make. */
  limit: number
  /** Those of this process. */
  endpoints: readonly Monitor[]
  /** Counts a request without the token; how many seconds its client has to wait, if it must. */
  countDenied: (c: Context) => Promise<number | null>
}

/** The metrics, and the route that shows them to whoever has the token. */
export const createMetrics = async (token: string, parts: MetricsParts) => {
  const { budget, limit, endpoints, countDenied } = parts
  const client = await import('prom-client')
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = client
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
  createWebhookMetrics(client, registers, endpoints)
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
      // While Redis cannot be asked, nobody is limited, and nobody is let in either.
      const wait = await countDenied(c).catch(() => null)
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

export type Metrics = Awaited<ReturnType<typeof createMetrics>>
