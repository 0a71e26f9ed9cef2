// GET /metrics for Prometheus. Without METRICS_TOKEN the route does not exist and nothing is
// counted.

import { type Context, Hono } from 'hono'
import type { Registry } from 'prom-client'
import type { Ending } from './clicks/store.ts'
import type { Evidence, Verdict } from './clicks/verdict.ts'
import type { Budget } from './polar/budget.ts'
import type { RecoveryStore } from './recoveries/store.ts'
import { bearer } from './runtime/bearer.ts'
import { SECOND } from './runtime/clock.ts'
import { FINDINGS, type FindingName } from './watch/finding.ts'
import type { Monitor } from './webhooks/monitor.ts'

type Visit = {
  visitor: Verdict['visitor']
  evidence: readonly Evidence[]
  ending: Ending
  /** Milliseconds. */
  took: number
}

/** Seconds. A visit is answered within four. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4]

/** Reads the counts that each webhook endpoint keeps. */
const createWebhookMetrics = (
  { Counter, Gauge }: typeof import('prom-client'),
  registers: Registry[],
  endpoints: readonly Monitor[],
) => {
  new Counter({
    name: 'postern_webhooks_total',
    help: 'Webhooks by endpoint and outcome, in this process since its start.',
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
    help: 'Minutes in which a webhook was refused for its signature or could not be stored, in this process since its start.',
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
    help: 'Unix time at which each secret, numbered as in the setting, last verified a webhook; 0 if never since this process started.',
    labelNames: ['endpoint', 'secret'],
    registers,
    collect() {
      for (const { endpoint, lastVerified } of endpoints)
        for (const [index, at] of lastVerified().entries())
          this.set({ endpoint, secret: `${index + 1}` }, at / SECOND)
    },
  })
}

/** Reads the totals of recovered payments, which Redis keeps for all processes. */
const createRecoveryMetrics = (
  { Gauge }: typeof import('prom-client'),
  registers: Registry[],
  totals: RecoveryStore['totals'],
) => {
  const gauge = (name: string, help: string, what: 'amount' | 'payments') =>
    new Gauge({
      ...{ name, help, registers },
      labelNames: ['currency', 'by'],
      async collect() {
        this.reset()
        for (const { currency, by, ...sums } of await totals().catch(() => []))
          this.set({ currency, by }, sums[what])
      },
    })
  gauge(
    'postern_recovered_amount',
    'Recovered payments since the first start, in the smallest unit of their currency, by who is credited.',
    'amount',
  )
  gauge(
    'postern_recovered_payments',
    'Number of recovered payments since the first start, by who is credited.',
    'payments',
  )
}

type FailedPayments = { byTrigger: Record<string, number>; finalInvoices: number }

/** Reads the counts of failed payments, which all processes share. While Redis is away they stay as they were. */
const createPaymentMetrics = (
  { Counter }: typeof import('prom-client'),
  registers: Registry[],
  read: () => Promise<FailedPayments>,
) => {
  new Counter({
    name: 'postern_final_invoices_unpaid_total',
    help: 'Final invoices of ended subscriptions that Polar could not collect, since the first start.',
    registers,
    async collect() {
      const counts = await read().catch(() => null)
      if (counts === null) return
      this.reset()
      this.inc(counts.finalInvoices)
    },
  })
  new Counter({
    name: 'postern_failed_payments_total',
    help: 'Failed payments at Polar by what started them, since the first start, by all processes.',
    labelNames: ['trigger'],
    registers,
    async collect() {
      const counts = await read().catch(() => null)
      if (counts === null) return
      this.reset()
      for (const [trigger, count] of Object.entries(counts.byTrigger)) this.inc({ trigger }, count)
    },
  })
}

type MetricsParts = {
  budget: Budget
  /** Polar's limit for the organization, in calls a minute. */
  limit: number
  /** The webhook endpoints of this process. */
  endpoints: readonly Monitor[]
  recoveries: Pick<RecoveryStore, 'totals'>
  failedPayments: () => Promise<FailedPayments>
  /** The open findings of the watch about Polar's webhook endpoint. */
  findings: () => Promise<readonly FindingName[]>
  /**
   * Counts a request without the token. Resolves with the seconds its client must wait, or `null`.
   */
  countUnauthorized: (c: Context) => Promise<number | null>
}

/** Creates the metrics, and the route that serves them to clients with the token. */
export const createMetrics = async (token: string, parts: MetricsParts) => {
  const { budget, limit, endpoints, findings, countUnauthorized } = parts
  const client = await import('prom-client')
  const { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } = client
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const visits = new Counter({
    name: 'postern_link_visits_total',
    help: 'Visits to genuine links, by verdict, deciding evidence and ending.',
    labelNames: ['visitor', 'evidence', 'ending'],
    registers,
  })
  const visitSeconds = new Histogram({
    name: 'postern_link_visit_seconds',
    help: 'Seconds from the request of a link to the answer, by ending.',
    labelNames: ['ending'],
    buckets: BUCKETS,
    registers,
  })
  const forged = new Counter({
    name: 'postern_forged_links_total',
    help: 'Requests with a forged or damaged token.',
    registers,
  })
  new Gauge({
    name: 'postern_polar_calls_spent',
    help: 'Calls to Polar in this minute that are spent or reserved, by all processes.',
    registers,
    async collect() {
      this.set(await budget.spent().catch(() => Number.NaN))
    },
  })
  createWebhookMetrics(client, registers, endpoints)
  createRecoveryMetrics(client, registers, parts.recoveries.totals)
  createPaymentMetrics(client, registers, parts.failedPayments)
  new Gauge({
    name: 'postern_webhook_endpoint_finding',
    help: 'Whether this is wrong with the webhook endpoint at Polar, as the watch of all processes found it.',
    labelNames: ['finding'],
    registers,
    async collect() {
      const open = await findings().catch(() => null)
      for (const finding of FINDINGS)
        this.set({ finding }, open === null ? Number.NaN : Number(open.includes(finding)))
    },
  })
  const shares = new Gauge({
    name: 'postern_polar_calls_per_minute',
    help: 'Calls to Polar in a minute at which a backfill, messages, the API and clicks stop calling, and the limit of the organization.',
    labelNames: ['up_to'],
    registers,
  })
  shares.set({ up_to: 'limit' }, limit)
  for (const [purpose, share] of Object.entries(budget.shares))
    shares.set({ up_to: purpose }, share)

  const isAllowed = bearer(token)
  const routes = new Hono().get('/metrics', async (c) => {
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

  return {
    routes,
    countVisit: (visit: Visit) => {
      const [evidence = ''] = visit.evidence
      visits.inc({ visitor: visit.visitor, evidence, ending: visit.ending })
      visitSeconds.observe({ ending: visit.ending }, visit.took / SECOND)
    },
    countForged: () => forged.inc(),
  }
}

export type Metrics = Awaited<ReturnType<typeof createMetrics>>
