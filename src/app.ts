// The composition root: reads from top to bottom as the way an event takes, from the door to the inbox and from the link
// to the portal. Concrete things meet here and nowhere else.

import type { Hono } from 'hono'
import { brandSettings, createBrand, isOff } from '../emails/index.ts'
import { createNotifier } from './alerts/notify.ts'
import type { Config } from './config.ts'
import { createCustomerStore } from './customers/store.ts'
import { createApplyReport } from './deliveries/apply-report.ts'
import { createHeld } from './deliveries/held.ts'
import { createOperatorActions, logOperatorActions } from './deliveries/operator-actions.ts'
import { createRehearsals } from './deliveries/rehearsals.ts'
import { createDeliveryStore } from './deliveries/store.ts'
import { createInterpret } from './events/interpret.ts'
import { liveSince } from './events/live-since.ts'
import { createEventStore } from './events/store.ts'
import { createLinks } from './links/issue.ts'
import { createMailGateways, mxResolver, type ResolveMx } from './links/mail-gateway.ts'
import { createLinkStore } from './links/store.ts'
import { createTokens } from './links/token.ts'
import { createEnqueue } from './messages/enqueue.ts'
import { customerKeyOf } from './messages/message.ts'
import { createMessageStore } from './messages/store.ts'
import { createBudget } from './polar/budget.ts'
import { createPolarClient } from './polar/client.ts'
import { createDenials } from './polar/denials.ts'
import { createCompareAndSet } from './redis/compare-and-set.ts'
import { connect } from './redis/connection.ts'
import { createDurability } from './redis/durability.ts'
import { customerKey } from './redis/keys.ts'
import { createLane, createLanes } from './redis/stage.ts'
import { createRedisWatch } from './redis/watch.ts'
import { createPermits } from './resend/rate-limiter.ts'
import { createReportStore } from './resend/report-store.ts'
import { createEndpoints } from './roles/endpoints.ts'
import { createSending } from './roles/sending.ts'
import { createVisitorRoutes } from './roles/visitors.ts'
import { createWebRole } from './roles/web.ts'
import { createWorkerRole } from './roles/worker.ts'
import { createBackground } from './runtime/background.ts'
import { createBackpressure } from './runtime/backpressure.ts'
import type { Clock } from './runtime/clock.ts'
import type { Checks } from './runtime/health.ts'
import { failure, type Log } from './runtime/log.ts'
import { createReleases } from './runtime/releases.ts'
import { createSuppressions } from './suppressions/store.ts'

/** Jobs of a stage at the same time; each carries up to a hundred ids. */
const AT_ONCE = { events: 2, reports: 1 }

/** What is asked of the world outside; without a `resolveMx` the system's DNS is. */
type World = { clock: Clock; log: Log; resolveMx?: ResolveMx }

export const createApp = async (config: Config, world: World) => {
  const { clock, log, resolveMx = mxResolver() } = world
  const releases = createReleases()
  const complain = (what: string) => (error: unknown) => log.error(failure(error), what)

  const build = async () => {
    const open = async (purpose: Parameters<typeof connect>[1]) =>
      releases.add(
        await connect(config.redis, purpose, complain('redis connection failed')),
        (redis) => redis.disconnect(),
      )
    const redis = await open('ask')
    const durability = createDurability({
      ...{ redis, mode: config.redis.durability },
      onWarning: (text) => log.warn(text),
    })
    await durability.assert()
    const alerts = releases.add(
      createNotifier({
        ...{ url: config.alertWebhookUrl, redis, clock },
        onFailure: (why) => log.error(why, 'alert not delivered'),
      }),
      ({ close }) => close(),
    )
    const watch = releases.add(
      createRedisWatch({
        ...{ redis, durability, clock },
        onChange: (because) =>
          because === null
            ? log.info('redis recovered')
            : log.error({ because }, 'redis failed its check'),
        onAlarm: (because) =>
          alerts.tell(
            because === null ? { event: 'redis_recovered' } : { event: 'redis_failing', because },
          ),
      }),
      ({ close }) => close(),
    )
    const compareAndSet = createCompareAndSet(redis)
    const pending = releases.add(
      createBackground(complain('write after a click failed')),
      ({ settled }) => settled(),
    )
    const brand = createBrand({
      ...config.brand.fallback,
      ...brandSettings,
      ...config.brand.configured,
    })
    const budget = createBudget(redis, config.polar.rateLimit, clock)
    const denials = createDenials((denial) => {
      log.warn(denial, 'call denied by Polar')
      alerts.tell({ event: 'polar_refused', ...denial })
    })
    const polar = createPolarClient({ ...config.polar, denials }, budget.messages, clock)

    // webhooks → events
    const door = createBackpressure()
    const onLost = (ids: string[], error: unknown) =>
      log.warn({ ids: ids.length, ...failure(error) }, 'nudges lost')
    const lanesOf = (name: string) =>
      releases.add(createLanes(redis, name, { clock, onLost }), ({ close }) => close())
    const laneOf = (name: string) =>
      releases.add(createLane(redis, name, { clock, onLost }), ({ queue }) => queue.close())
    const eventLanes = lanesOf('events')
    const events = createEventStore(redis, eventLanes, clock)
    const customers = createCustomerStore(redis)

    // events → messages → deliveries
    const linkStore = createLinkStore(redis, clock)
    const messages = createMessageStore(redis)
    const deliveries = createDeliveryStore(redis, (id) => customerKeyOf(id) ?? '')
    const deliveryLanes = lanesOf('deliveries')
    const batchLane = laneOf('batches')
    const held = createHeld(redis, deliveries)
    const suppressions = createSuppressions(redis, clock)
    const since = await liveSince(redis, config.liveSince, clock)
    const interpret = createInterpret({
      events,
      customers,
      messages,
      enqueue: createEnqueue(deliveryLanes, clock),
      polar,
      corrected: suppressions.free,
      revokeLinks: ({ customerId, memberId }, because, spared) => {
        const scope = memberId === 'everybody' ? 'all' : { to: memberId }
        return linkStore.revoke(customerKey(customerId), scope, because, spared)
      },
      withhold: (id) => deliveries.withhold(id, 'before_live', clock.now()),
      compareAndSet,
      clock,
      log,
      policy: {
        liveSince: since,
        isOff: (kind) => config.email.kindsOff.includes(kind) || isOff(brand, kind),
      },
    })

    // links, which the emails carry
    const tokens = createTokens(config.links.secrets)
    const links = createLinks({
      store: linkStore,
      tokens,
      gatewayOf: createMailGateways({ resolveMx, clock }).gatewayOf,
      publicUrl: config.publicUrl,
      ttl: config.links.ttl,
      clock,
    })
    const permits = createPermits({ redis, rate: config.resend.rateLimit, clock })
    const sending = createSending({
      ...{
        config,
        redis,
        events,
        customers,
        messages,
        deliveries,
        links,
        polar,
        permits,
        clock,
        log,
      },
      held,
      rehearsals: createRehearsals(redis, deliveries),
      isSuppressed: async (address) => (await suppressions.isSuppressed(address)) !== null,
      tell: alerts.tell,
      lanes: deliveryLanes,
      batchLane,
    })

    // Resend → webhooks → deliveries
    const reportLane = laneOf('reports')
    const reports = createReportStore(redis, reportLane.due, clock)
    const applyReport = createApplyReport({
      ...{ reports, deliveries, suppressions, log },
      addressOf: async (id) => (await messages.load(id))?.recipient.address ?? null,
      mailedAt: (id, ids, at) => links.mailed(customerKeyOf(id) ?? '', ids, at),
    })
    const endpoints = createEndpoints({
      ...{ config, events, eventLanes, reports, reportLane, clock, log },
      assertDurable: watch.assertDurable,
      during: door.during,
      alert: alerts.tell,
    })

    // links → clicks → portal
    const checks: Checks = { redis: async () => (await watch.reason()) ?? true }
    const gate = await createVisitorRoutes({
      ...{ config, budget, denials, brand, tokens, links, clock, log },
      redis: await open('ask_at_once'), // somebody waits for each answer
      customerOfMessage: customerKeyOf,
      releaseSuppression: (address) => suppressions.release(address, 'api'),
      track: pending.track,
      webhooks: endpoints.map(({ watch }) => watch),
    })
    const web = createWebRole({
      address: { host: config.host, port: config.port },
      ...{ checks, endpoints, gate, clock, log },
    })

    const understanding = { look: interpret, concurrency: AT_ONCE.events, eased: door.eased }

    const startWorker = async () => {
      // On hold messages wait as they are, until they are released or a start in another mode.
      if (config.sendMode === 'hold') {
        await permits.hold('setting')
        log.warn({ by: 'setting' }, 'all mail held')
        alerts.tell({ event: 'deliveries_held', by: 'setting' })
      } else if (await permits.release('setting')) {
        log.warn({ by: 'setting' }, 'all mail released')
        alerts.tell({ event: 'deliveries_released', by: 'setting' })
      }
      releases.add(logOperatorActions(createOperatorActions(redis, clock), log), ({ close }) =>
        close(),
      )
      const worker = createWorkerRole({
        connection: await open('work'),
        log,
        stages: {
          events: { ...eventLanes.prompt, ...understanding },
          events_bulk: { ...eventLanes.bulk, ...understanding },
          ...sending.stages,
          reports: {
            ...reportLane,
            look: applyReport,
            concurrency: AT_ONCE.reports,
            eased: door.eased,
          },
        },
      })
      // Together: a job may wait for room among what waits to be sent.
      releases.add(worker, ({ close }) => Promise.all([sending.close(), close()]))
      checks.worker = worker.isRunning
      await worker.ready()
      return worker
    }

    const startWeb = async (alongside?: Hono) =>
      releases.add(await web.start(alongside), ({ close }) => close())

    /** From when on events are mailed, and how many messages wait for a person's decision. */
    const facts = async () => ({ live_since: new Date(since), held: await held.count() })

    return { startWorker, startWeb, facts, close: releases.close }
  }

  try {
    return await build()
  } catch (error) {
    await releases.close().catch(() => {}) // what comes first is why it failed
    throw error
  }
}
