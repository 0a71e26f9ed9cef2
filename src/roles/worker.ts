// The worker role: interprets events, handles what falls due, delivers messages, applies Resend's reports. On a port of its
// own it answers for its health and its metrics.

import type { Context } from 'hono'
import { createAdoptions } from '../deliveries/adoptions.ts'
import { createApplyReport } from '../deliveries/apply-report.ts'
import { createDecide, type Decided } from '../events/decide.ts'
import { createInterpret } from '../events/interpret.ts'
import { createPseudonyms } from '../links/pseudonym.ts'
import { messagePriority } from '../messages/priority.ts'
import { createOperatorActions, logOperatorActions } from '../operator/actions.ts'
import { NUDGE_LOST } from '../redis/due.ts'
import { customerKey } from '../redis/keys.ts'
import { healthRoutes } from '../runtime/health.ts'
import { inTurn } from '../runtime/listeners.ts'
import { listen } from '../runtime/server.ts'
import { createReschedule } from '../schedule/entries.ts'
import { createClients } from './clients.ts'
import { createGapSearch } from './gap.ts'
import { beginHeartbeat } from './heartbeat.ts'
import { startRetention } from './retention.ts'
import { createSchedule } from './schedule.ts'
import { createSending } from './sending.ts'
import type { Shared } from './shared.ts'
import { runStages } from './stages.ts'
import { startWatch } from './watch.ts'

/** Jobs of a stage at the same time; each carries up to a hundred ids. */
const CONCURRENCY = { events: { high: 2, low: 2 }, reports: { high: 1 }, schedule: { high: 1 } }

const listenForProbes = async (shared: Shared, port: number) => {
  const { config, metrics, checks, redis, releases, log } = shared
  const app = healthRoutes(checks)
  if (metrics) {
    const pseudonym = createPseudonyms(config.links.secrets)
    const clients = createClients({ redis, trustedProxies: config.trustedProxies, pseudonym, log })
    const countUnauthorized = (c: Context) => clients.limits.unauthorized.take(clients.clientOf(c))
    app.route('/', metrics.serve({ endpoints: [], countUnauthorized }))
  }
  const server = await listen(app.fetch, { host: config.host, port })
  releases.add(server, ({ close }) => close())
}

/** On hold, messages wait as they are, until they are released or a process starts in another mode. */
const applyMode = async ({ config, pause, notify, log }: Shared) => {
  if (config.sendMode === 'hold') {
    await pause.hold('setting')
    log.warn({ by: 'setting' }, 'all mail held')
    notify({ event: 'deliveries_held', by: 'setting' })
  } else if (await pause.release('setting')) {
    log.warn({ by: 'setting' }, 'all mail released')
    notify({ event: 'deliveries_released', by: 'setting' })
  }
}

/**
 * All that can fail at a start comes first: it listens and connects. Then it changes what all processes share, and works.
 * @param readLiveSince from when on events are mailed, in milliseconds; the first start stores it.
 */
export const startWorker = async (shared: Shared, readLiveSince: () => Promise<number>) => {
  const { config, redis, releases, stages, clock, log, linkStore } = shared
  const { events, reports, messages, deliveries, suppressions, backpressure, polar } = shared
  const { customers, erasures } = shared

  if (config.role === 'worker' && config.workerPort !== undefined)
    await listenForProbes(shared, config.workerPort)
  const connection = await shared.open('work')
  const liveSince = await readLiveSince()

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
    onDecided: shared.metrics?.countWithheld,
    policy,
  })
  /** Each nudge comes after its due entry; a new message has one already. */
  const nudge = async (decided: readonly Decided[]) => {
    const { due, nudge } = stages.deliveries
    const entries = decided.map(async ({ id, kind, isNew }) => {
      if (!isNew) await due.at(id, clock.now() + NUDGE_LOST, messagePriority(kind))
    })
    await Promise.all(entries)
    for (const { id, kind } of decided) nudge(id, messagePriority(kind))
  }
  const decideParts = { customers, decide, polar, nudge, clock, log }
  const interpreting = createInterpret({
    ...{ ...decideParts, events, erasures },
    onInterpreted: inTurn(shared.metrics?.countEvent, shared.traces?.interpreted),
  })
  const schedule = createSchedule(shared, { ...decideParts, reminders, policy })
  const adoptions = createAdoptions(redis, config.retain.records)
  const sending = createSending({ shared, customers, sentAs: adoptions.sentAs })
  const applyReport = createApplyReport({
    reports,
    deliveries,
    suppressions,
    log,
    addressOf: async (id) => (await messages.load(id))?.recipient.address ?? null,
  })

  await applyMode(shared)
  const gap = releases.add(createGapSearch(shared, adoptions), ({ settled }) => settled())
  await gap.begin()
  releases.add(logOperatorActions(createOperatorActions(redis, clock), log), ({ close }) => close())

  releases.add(interpreting, ({ close }) => close())
  const { whenIdle } = backpressure
  const running = runStages({
    redis,
    connection,
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
      {
        stage: stages.schedule,
        handler: schedule.handler,
        concurrency: CONCURRENCY.schedule,
        whenIdle,
      },
    ],
  })
  // Together: a job may wait for room among the messages that wait to be sent.
  releases.add(running, async ({ close }) => {
    await Promise.all([sending.close(), close()])
    sending.handOver()
  })
  shared.checks.worker = running.isRunning
  await schedule.begin()
  const retention = await startRetention(shared)
  const watch = startWatch(shared)
  await running.ready()
  await beginHeartbeat(shared, { isRunning: running.isRunning, onBeat: gap.round })
  return {
    /**
     * Resolves when all that is due now is done: after 45 seconds in any case.
     * @returns when this process has something to do next, in milliseconds; `Infinity` where nothing falls due.
     */
    quiet: async (): Promise<number> => {
      await gap.settled()
      const next = await running.quiet()
      await Promise.all([retention.catchUp(), watch.catchUp()])
      return next
    },
  }
}
