// The metrics of a process, for Prometheus. Without METRICS_TOKEN there are none and nothing is counted. A process counts what
// it does itself; what all processes share is read from Redis at each scrape.

import type { Context } from 'hono'
import type { Queues } from '../operator/queues.ts'
import type { Budget } from '../polar/budget.ts'
import type { RunningProcess } from '../processes/store.ts'
import type { RecoveryStore } from '../recoveries/store.ts'
import type { Memory } from '../redis/memory.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import type { PauseState } from '../resend/pause.ts'
import type { Clock } from '../runtime/clock.ts'
import { VERSION } from '../runtime/version.ts'
import type { FindingName } from '../watch/finding.ts'
import type { Monitor } from '../webhooks/monitor.ts'
import { createKit } from './kit.ts'
import { linkMetrics } from './links.ts'
import { decidedMetrics, eventMetrics, messageMetrics, standingMetrics } from './messages.ts'
import { type FailedPayments, failedPaymentMetrics, recoveryMetrics } from './payments.ts'
import { processMetrics } from './processes.ts'
import { budgetMetrics, mailMetrics, polarMetrics, resendMetrics } from './providers.ts'
import { redisMetrics } from './redis.ts'
import { metricsRoutes } from './routes.ts'
import { stageMetrics } from './stages.ts'
import { endpointMetrics, webhookMetrics } from './webhooks.ts'

/** The parts that the metrics read at a scrape. */
export type Sources = {
  budget: Pick<Budget, 'spent' | 'shares'>
  /** Polar's limit for the organization, in calls a minute. */
  limit: number
  recoveries: Pick<RecoveryStore, 'totals'>
  failedPayments: () => Promise<FailedPayments>
  /** The open findings of the watch about Polar's webhook endpoint. */
  findings: () => Promise<readonly FindingName[]>
  /** The processes that run. */
  processes: () => Promise<readonly RunningProcess[]>
  /** The index of messages. */
  index: Pick<RecordIndex, 'size' | 'list' | 'totals'>
  loads: Queues
  pauseState: () => Promise<PauseState>
  memory: () => Promise<readonly Memory[]>
  /** Why Redis failed its last check; `null` if it did not. */
  lastReason: () => string | null
  clock: Pick<Clock, 'now'>
}

/** Where the metrics are served. */
type Serving = {
  /** The webhook endpoints of this process. */
  endpoints: readonly Monitor[]
  countUnauthorized: (c: Context) => Promise<number | null>
}

export const createMetrics = async (token: string) => {
  const kit = await createKit()
  const { registry, gauge } = kit
  gauge(
    { name: 'postern_build_info', help: 'Always 1, with the version.', labels: ['version'] },
    async () => [{ labels: { version: VERSION }, value: 1 }],
  )

  return {
    ...linkMetrics(kit),
    ...eventMetrics(kit),
    ...messageMetrics(kit),
    ...resendMetrics(kit),
    ...polarMetrics(kit),
    /** Adds the gauges that are read at a scrape. */
    read: (sources: Sources) => {
      budgetMetrics(kit, sources)
      recoveryMetrics(kit, sources.recoveries.totals)
      failedPaymentMetrics(kit, sources.failedPayments)
      endpointMetrics(kit, sources.findings)
      processMetrics(kit, sources.processes)
      decidedMetrics(kit, sources)
      standingMetrics(kit, sources)
      stageMetrics(kit, sources.loads)
      mailMetrics(kit, sources.pauseState)
      redisMetrics(kit, sources)
    },
    /** The route that serves them. */
    serve: ({ endpoints, countUnauthorized }: Serving) => {
      webhookMetrics(kit, endpoints)
      return metricsRoutes({ token, registry, countUnauthorized })
    },
  }
}

export type Metrics = Awaited<ReturnType<typeof createMetrics>>
