// The parts that both roles need: Redis and the watch on it, alerts, the stores and stages, and what limits calls to Polar.

import { brandSettings } from '../../emails/index.ts'
import { createNotifier } from '../alerts/notify.ts'
import type { Config } from '../config.ts'
import { createEventStores } from '../events/stores.ts'
import { createLinks } from '../links/issue.ts'
import { createMailGateways, type ResolveMx } from '../links/mail-gateway.ts'
import { createLinkStore } from '../links/store.ts'
import { createTokens } from '../links/token.ts'
import { brandWithoutPolar, createBrandOf, createIsKindOff } from '../messages/brand.ts'
import { createSample } from '../messages/sample.ts'
import { createStores } from '../messages/stores.ts'
import { createMetrics } from '../metrics/metrics.ts'
import { createQueues } from '../operator/queues.ts'
import { createBudget } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import { createDenials } from '../polar/denials.ts'
import { createProcessStore } from '../processes/store.ts'
import { customerKeyOf } from '../records/message-id.ts'
import { createRecoveryStore } from '../recoveries/store.ts'
import { connect } from '../redis/connection.ts'
import { createDue } from '../redis/due.ts'
import { createDurability } from '../redis/durability.ts'
import { customerKey } from '../redis/keys.ts'
import { readMemory } from '../redis/memory.ts'
import { createStage } from '../redis/stage.ts'
import { createRedisWatch } from '../redis/watch.ts'
import { createResendClient } from '../resend/client.ts'
import { createPause } from '../resend/pause.ts'
import { createRateLimiter } from '../resend/rate-limiter.ts'
import { createReportStore } from '../resend/report-store.ts'
import { createBackpressure } from '../runtime/backpressure.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Checks } from '../runtime/health.ts'
import { inTurn } from '../runtime/listeners.ts'
import { failure, type Log } from '../runtime/log.ts'
import type { Releases } from '../runtime/releases.ts'
import { createUnschedule, shardIdOf } from '../schedule/entries.ts'
import { createPaymentCounts } from '../schedule/payment-counts.ts'
import { createSuppressions } from '../suppressions/store.ts'
import { openFindings } from '../watch/state.ts'

/** The world outside: the clock, the log, and DNS; and how long an email waits for others to go with it (ms), which tests set. */
export type World = { clock: Clock; log: Log; resolveMx: ResolveMx; linger?: number | undefined }

type SharedParts = World & { config: Config; releases: Releases }

export const createShared = async (parts: SharedParts) => {
  const { config, clock, resolveMx, linger, releases } = parts
  const log = config.traces ? (await import('../traces/log.ts')).withTraceIds(parts.log) : parts.log
  const onRedisError = (error: unknown) => log.error(failure(error), 'redis connection failed')
  /** Opens a connection of its own for a purpose. */
  const open = async (purpose: Parameters<typeof connect>[1]) =>
    releases.add(await connect(config.redis, purpose, onRedisError), (redis) => redis.disconnect())

  const redis = await open('ask')
  const durability = createDurability({
    redis,
    mode: config.redis.durability,
    onWarning: (text) => log.warn(text),
  })
  await durability.assert()

  // Without a port on which they are asked for, nothing is counted.
  const isServed = config.role !== 'worker' || config.workerPort !== undefined
  const metrics =
    config.metricsToken !== undefined && isServed ? await createMetrics(config.metricsToken) : null

  const alerts = releases.add(
    createNotifier({
      url: config.alertWebhookUrl,
      redis,
      clock,
      onFailure: (why) => log.error(why, 'alert not delivered'),
    }),
    ({ close }) => close(),
  )
  const { notify } = alerts
  const watch = releases.add(
    createRedisWatch({
      redis,
      durability,
      clock,
      onChange: (because) =>
        because === null
          ? log.info('redis recovered')
          : log.error({ because }, 'redis failed its check'),
      onAlarm: (because) =>
        notify(
          because === null ? { event: 'redis_recovered' } : { event: 'redis_failing', because },
        ),
    }),
    ({ close }) => close(),
  )
  const checks: Checks = {
    redis: async () => (await watch.reason()) ?? true,
    ...(config.role !== 'web' && { worker: () => false }), // until it runs
  }

  const nudgeBy = await open('nudge')
  const onLost = (ids: string[], error: unknown) =>
    log.warn({ ids: ids.length, ...failure(error) }, 'nudges lost')
  const stage = (name: string, noun: string, shardIdOf?: (id: string) => string) =>
    releases.add(
      createStage(redis, name, { clock, nudgeBy, noun, onLost, ...(shardIdOf && { shardIdOf }) }),
      ({ close }) => close(),
    )
  const stages = {
    events: stage('events', 'event'),
    deliveries: stage('deliveries', 'message', customerKeyOf),
    batches: stage('batches', 'batch'),
    reports: stage('reports', 'report'),
    schedule: stage('schedule', 'entry', shardIdOf),
  }

  const pause = createPause({ redis, clock })
  const rateLimiter = createRateLimiter({ redis, rate: config.resend.rateLimit, pause, clock })
  const resend = createResendClient({
    apiKey: config.resend.apiKey,
    baseUrl: config.resend.baseUrl,
    clock,
    onLimit: (perSecond) => {
      rateLimiter
        .observeLimit(perSecond)
        .catch((error) => log.error(failure(error), 'limit not noted'))
    },
    ...(metrics && { onAnswer: metrics.countResend }),
  })

  const budget = createBudget(redis, config.polar.rateLimit, clock)
  const denials = createDenials((denial) => {
    log.warn(denial, 'call denied by Polar')
    notify({ event: 'polar_refused', ...denial })
  })
  const brand = brandWithoutPolar(config.brand)

  const polarOptions = {
    ...config.polar,
    denials,
    ...(metrics && { onCall: metrics.countPolar }),
  }
  const polar = createPolarClient(polarOptions, budget.messages, clock)
  const brandOf = createBrandOf({ polar, ...config.brand, own: brandSettings })
  const sender = { from: config.email.from.text, replyTo: config.email.replyTo?.text ?? null }

  const { secrets } = config.links
  const samples = {
    render: createSample({ brand: brandOf.lastKnown, sender }),
    kept: config.retain.bodies,
    onError: (error: unknown) => log.warn(failure(error), 'emails packed without a dictionary'),
    onMissing: (dictionary: string) => log.warn({ dictionary }, 'dictionary of emails missing'),
  }
  const traces = config.traces
    ? (await import('../traces/traces.ts')).createTraces({
        ...{ ...config.traces, role: config.role, clock, log },
        loadMessage: (id) => stores.messages.load(id),
      })
    : null
  if (traces) releases.add(traces, ({ close }) => close())
  const stores = createStores({
    redis,
    due: stages.deliveries.due,
    secrets,
    samples,
    onChange: inTurn(metrics?.countChange, traces?.changed),
    unschedule: createUnschedule(redis, clock),
    clock,
  })
  const linkStore = createLinkStore({ redis, records: stores.records, clock })
  const tokens = createTokens(config.links.secrets)
  const links = createLinks({
    store: linkStore,
    tokens,
    publicUrl: config.publicUrl,
    ttl: config.links.ttl,
    clock,
    gatewayOf: createMailGateways({ resolveMx, clock }).gatewayOf,
  })

  const processes = createProcessStore(redis, clock)
  const recoveries = createRecoveryStore(redis)
  const paymentCounts = createPaymentCounts(redis)
  metrics?.read({
    ...{ budget, recoveries, clock },
    limit: config.polar.rateLimit,
    failedPayments: paymentCounts.read,
    findings: () => openFindings(redis),
    processes: processes.running,
    index: stores.index,
    loads: createQueues(stages, clock),
    pauseState: pause.state,
    memory: () => readMemory(redis),
    lastReason: watch.lastReason,
  })

  return {
    config,
    metrics,
    traces,
    clock,
    log,
    linger,
    releases,
    open,
    redis,
    notify,
    stages,
    checks,
    tokens,
    links,
    linkStore,
    assertDurable: watch.assertDurable,
    pause,
    rateLimiter,
    resend,
    budget,
    polarOptions,
    brand,
    /** Polar's API as the worker uses it; clicks and the merchant's backend have shares of their own. */
    polar,
    /** The merchant's brand with what Polar knows of it, and who sends its emails. */
    brandOf,
    sender,
    isKindOff: createIsKindOff(brand, config.email.kindsOff),
    /** Customers who are due to be erased, by their ids. */
    erasures: createDue(redis, 'erasures', clock, customerKey),
    recoveries,
    processes,
    ...createEventStores({ redis, due: stages.events.due, secrets, clock }),
    reports: createReportStore(redis, stages.reports.due, clock),
    ...stores,
    suppressions: createSuppressions(redis, clock),
    paymentCounts,
    backpressure: createBackpressure(),
  }
}

export type Shared = Awaited<ReturnType<typeof createShared>>
