// The worker role: interprets events, handles what falls due, delivers messages, applies Resend's reports. On a port of its
// own it answers for its health and its metrics.

import { keptAfterLastEvent } from '../customers/forget.ts'
import { createApplyReport } from '../deliveries/apply-report.ts'
import { createOperatorActions, logOperatorActions } from '../deliveries/operator-actions.ts'
import { createDecide, type Decided } from '../events/decide.ts'
import { createInterpret } from '../events/interpret.ts'
import { createPseudonyms } from '../links/pseudonym.ts'
import { messagePriority } from '../messages/priority.ts'
import { createMetrics } from '../metrics.ts'
import { createCreditPaid } from '../recoveries/credit-paid.ts'
import { NUDGE_LOST } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import { healthRoutes } from '../runtime/health.ts'
import { listen } from '../runtime/server.ts'
import { createCards } from '../schedule/cards.ts'
import { createReschedule } from '../schedule/entries.ts'
import { createFailedPayments } from '../schedule/failed-payments.ts'
import { createFallDue } from '../schedule/fall-due.ts'
import { createRemind } from '../schedule/remind.ts'
import { createUsage } from '../schedule/usage.ts'
import { backfillSoon, createBackfill } from './backfill.ts'
import { createClients } from './clients.ts'
import { startRetention } from './retention.ts'
import { createSending } from './sending.ts'
import type { Shared } from './shared.ts'
import { runStages } from './stages.ts'

/** Jobs of a stage at the same time; each carries up to a hundred ids. */
const CONCURRENCY = { events: { high: 2, low: 2 }, reports: { high: 1 }, schedule: { high: 1 } }

const listenForProbes = async (shared: Shared, port: number) => {
  const { config, budget, checks, redis, releases, log } = shared
  const app = healthRoutes(checks)
  if (config.metricsToken !== undefined) {
    const pseudonym = createPseudonyms(config.links.secrets)
    const clients = createClients({ redis, trustedProxies: config.trustedProxies, pseudonym, log })
    const { routes } = await createMetrics(config.metricsToken, {
      ...{ budget, recoveries: shared.recoveries },
      limit: config.polar.rateLimit,
      endpoints: [],
      failedPayments: shared.paymentCounts.read,
      countUnauthorized: (c) => clients.limits.unauthorized.take(clients.clientOf(c)),
    })
    app.route('/', routes)
  }
  const server = await listen(app.fetch, { host: config.host, port })
  releases.add(server, ({ close }) => close())
}

/** @param liveSince from when on events are mailed, in milliseconds. */
export const startWorker = async (shared: Shared, liveSince: number) => {
  const { config, redis, releases, stages, clock, log, notify, linkStore } = shared
  const { events, reports, messages, deliveries, suppressions, backpressure, pause, polar } = shared
  const { customers, erasures } = shared

  const reminders = { ...config.reminders, isOff: shared.isKindOff }
  const policy = { liveSince, isOff: shared.isKindOff }
  const decide = createDecide({
    ...{ customers, messages, polar, erasures, clock, log },
    addressCorrected: suppressions.free,
    revokeLinks: ({ customerId, memberId }, because, spared) => {
      const scope = memberId === 'everybody' ? 'all' : { to: memberId }
      return linkStore.revoke(customerKey(customerId), scope, because, spared)
    },
    reschedule: createReschedule(stages.schedule.due, reminders),
    compareAndSet: shared.compareAndSet,
    policy,
  })
  const nudge = async (decided: readonly Decided[]) => {
    const { due, nudge } = stages.deliveries
    const entries = decided.map(async ({ id, kind, isNew }) => {
      if (!isNew) await due.at(id, clock.now() + NUDGE_LOST, messagePriority(kind))
    })
    // One connection keeps the order of commands: each nudge comes after its due entry.
    for (const { id, kind } of decided) nudge(id, messagePriority(kind))
    await Promise.all(entries)
  }
  const decideParts = { customers, decide, polar, nudge, clock, log }
  const interpreting = createInterpret({ ...decideParts, events, erasures })
  const { card: lead, quietHours } = config.reminders
  const remind = createRemind({ ...decideParts, policy: reminders, quietHours })
  const cards = createCards({
    ...{ ...decideParts, redis, due: stages.schedule.due, lead, quietHours },
    isOff: shared.isKindOff('payment_method_expiration_reminder'),
    random: Math.random,
  })
  const backfill = createBackfill(shared, decide, policy)
  const creditPaid = createCreditPaid({
    ...{ customers, messages, polar, records: shared.records, recoveries: shared.recoveries },
    ...{ compareAndSet: shared.compareAndSet, clock, log },
    keptFor: keptAfterLastEvent(config.retain.records),
  })
  const failedPayments = createFailedPayments({
    ...{ ...decideParts, due: stages.schedule.due, quietHours },
    counts: shared.paymentCounts,
    finalInvoiceUnpaid: (order) => notify({ event: 'final_invoice_unpaid', order }),
  })
  const usage = createUsage(decideParts)
  const fallDue = createFallDue({
    ...{ due: stages.schedule.due, clock, log },
    handle: (entry) => {
      switch (entry.what) {
        case 'sweep':
          return cards.sweep()
        case 'backfill':
          return backfill.step()
        case 'payments':
          return failedPayments.look()
        case 'usage':
          return usage(entry.customerId, entry.orderId)
        case 'card':
          return cards.remind(entry.customerId)
        case 'subscription':
          return remind(entry.ref)
        case 'credit':
          return creditPaid(entry.ref)
        default:
          return entry satisfies never
      }
    },
  })
  const sending = createSending({ shared, customers })
  const applyReport = createApplyReport({
    reports,
    deliveries,
    suppressions,
    log,
    addressOf: async (id) => (await messages.load(id))?.recipient.address ?? null,
  })

  // On hold, messages wait as they are, until they are released or a process starts in another mode.
  if (config.sendMode === 'hold') {
    await pause.hold('setting')
    log.warn({ by: 'setting' }, 'all mail held')
    notify({ event: 'deliveries_held', by: 'setting' })
  } else if (await pause.release('setting')) {
    log.warn({ by: 'setting' }, 'all mail released')
    notify({ event: 'deliveries_released', by: 'setting' })
  }
  releases.add(logOperatorActions(createOperatorActions(redis, clock), log), ({ close }) => close())

  releases.add(interpreting, ({ close }) => close())
  const { whenIdle } = backpressure
  const running = runStages({
    connection: await shared.open('work'),
    clock,
    log,
    stages: [
      {
        stage: stages.events,
        handler: interpreting.interpret,
        concurrency: CONCURRENCY.events,
        whenIdle,
        isIdle: interpreting.isIdle,
      },
      ...sending.stages,
      { stage: stages.reports, handler: applyReport, concurrency: CONCURRENCY.reports, whenIdle },
      { stage: stages.schedule, handler: fallDue, concurrency: CONCURRENCY.schedule, whenIdle },
    ],
  })
  // Together: a job may wait for room among the messages that wait to be sent.
  releases.add(running, ({ close }) => Promise.all([sending.close(), close()]))
  shared.checks.worker = running.isRunning
  await cards.begin()
  await backfillSoon(shared)
  await failedPayments.begin()
  const retention = await startRetention(shared)
  await running.ready()
  if (config.role === 'worker' && config.workerPort !== undefined)
    await listenForProbes(shared, config.workerPort)
  return {
    /**
     * Resolves when all that is due now is done: after twenty seconds in any case.
     * @returns when this process has something to do next, in milliseconds; `Infinity` where nothing falls due.
     */
    quiet: async (): Promise<number> => {
      const next = await running.quiet()
      await retention.catchUp()
      return next
    },
  }
}
