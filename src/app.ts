// The composition root: reads from top to bottom as the way an event takes, from the door to the inbox and from the link
// to the portal. Concrete things meet here and nowhere else.

import type { Hono } from 'hono'
import { brandSettings, createBrand, isOff } from '../emails/index.ts'
import { createClickStore } from './clicks/store.ts'
import type { Config } from './config.ts'
import { liveSince } from './events/live-since.ts'
import { createEventStore } from './events/store.ts'
import { createUnderstand } from './events/understand.ts'
import { createLinks } from './links/issue.ts'
import { createLinkStore } from './links/store.ts'
import { createTokens } from './links/token.ts'
import { createHandOver } from './messages/hand-over.ts'
import { createMessageStore } from './messages/store.ts'
import { createBudget } from './polar/budget.ts'
import { createPolarClient } from './polar/client.ts'
import { createEnter } from './portal/enter.ts'
import { createPlaces } from './portal/places.ts'
import { createCommit } from './redis/commit.ts'
import { checkDurability, connect } from './redis/connection.ts'
import { createDue } from './redis/due.ts'
import { createQueue } from './redis/queue.ts'
import type { Clock } from './runtime/clock.ts'
import type { Checks } from './runtime/health.ts'
import { failure, type Log } from './runtime/log.ts'
import { createPending } from './runtime/pending.ts'
import { createPressure } from './runtime/pressure.ts'
import { createReleases } from './runtime/releases.ts'
import { createSending } from './sending.ts'
import { createWebRole } from './web.ts'
import { createVerifier } from './webhooks/signature.ts'
import { createWorkerRole } from './worker.ts'

/** Jobs of events at the same time; each carries up to a hundred. */
const EVENT_JOBS = 1
const DELIVERIES_AT_ONCE = 20

/** Where the API is another, its portal pages may be on any port of its host. */
const anyPortOf = (origin: string | undefined): string[] => {
  if (!origin) return []
  const { protocol, hostname } = new URL(origin)
  return [`${protocol}//${hostname}:*`]
}

export const createApp = async (config: Config, { clock, log }: { clock: Clock; log: Log }) => {
  const releases = createReleases()
  const complain = (what: string) => (error: unknown) => log.error(failure(error), what)

  const build = async () => {
    const open = async (purpose: 'ask' | 'work') =>
      releases.add(
        await connect(config.redis.urls, purpose, complain('redis connection failed')),
        (redis) => redis.disconnect(),
      )
    const redis = await open('ask')
    if (config.redis.durability === 'checked') {
      const warning = await checkDurability(redis)
      if (warning) log.warn(warning)
    }
    const commit = createCommit(redis)
    const pending = releases.add(createPending(complain('click not recorded')), ({ settled }) =>
      settled(),
    )
    const brand = createBrand({ ...config.brand.fallback, ...brandSettings, ...config.brand.told })
    const budget = createBudget(redis, config.polar.environment, clock)
    const polar = createPolarClient(config.polar, budget.messages, clock)

    // webhooks → events
    const door = createPressure()
    const eventsDue = createDue(redis, 'events', clock)
    const events = createEventStore(redis, eventsDue, clock)
    const lost = (ids: string[], error: unknown) =>
      log.warn({ ids: ids.length, ...failure(error) }, 'nudges lost')
    const queueOf = (name: string, per: 'one' | 'many') =>
      releases.add(createQueue(redis, name, { per, onLost: lost }), (queue) => queue.close())
    const eventQueue = queueOf('events', 'many')

    // events → messages → deliveries
    const messages = createMessageStore(redis)
    const deliveriesDue = createDue(redis, 'deliveries', clock)
    const deliveryQueue = queueOf('deliveries', 'one')
    const understand = createUnderstand({
      events,
      messages,
      handOver: createHandOver(deliveriesDue, deliveryQueue.nudge, clock),
      polar,
      commit,
      clock,
      log,
      policy: {
        liveSince: await liveSince(redis, config.liveSince, clock),
        isOff: (kind) => config.email.kindsOff.includes(kind) || isOff(brand, kind),
      },
    })

    // links, which the emails carry
    const tokens = createTokens(config.links.secrets)
    const linkStore = createLinkStore(redis, clock)
    const links = createLinks({
      store: linkStore,
      tokens,
      publicUrl: config.publicUrl,
      ttl: config.links.ttl,
      clock,
    })
    const deliver = createSending({
      ...{ config, redis, events, messages, links, polar, clock, log },
      due: deliveriesDue,
    })

    // links → clicks → portal
    const places = createPlaces(config.polar.portalOrigin, config.polar.slug)
    const checks: Checks = { redis: async () => (await redis.ping()) === 'PONG' }
    const web = createWebRole({
      address: { host: config.host, port: config.port },
      checks,
      webhooks: {
        verify: createVerifier(config.polar.webhookSecrets, clock),
        add: (id, body) => door.during(() => events.add(id, body)),
        nudge: eventQueue.nudge,
        log,
      },
      links: {
        store: linkStore,
        tokens,
        clicks: createClickStore(redis),
        enter: createEnter(createPolarClient(config.polar, budget.clicks, clock), clock),
        places,
        secrets: config.links.secrets,
        formOrigins: [places.origin, ...anyPortOf(config.polar.baseUrl)],
        brand: brand.name,
        isStrict: config.links.confirm === 'strict',
        settle: config.links.settle,
        clock,
        log,
        isDeleted: async (customerId) => (await events.known(customerId)).known.deletedAt !== null,
        track: pending.track,
      },
    })

    const startWorker = async () => {
      const worker = createWorkerRole({
        connection: await open('work'),
        log,
        stages: {
          events: {
            due: eventsDue,
            queue: eventQueue,
            look: understand,
            concurrency: EVENT_JOBS,
            eased: door.eased,
          },
          // On hold nothing is claimed: messages wait as they are until a start in another mode.
          ...(config.sendMode !== 'hold' && {
            deliveries: {
              due: deliveriesDue,
              queue: deliveryQueue,
              look: deliver,
              concurrency: DELIVERIES_AT_ONCE,
              perSecond: config.resend.rateLimit,
            },
          }),
        },
      })
      releases.add(worker, ({ close }) => close())
      checks.worker = worker.isRunning
      await worker.ready()
      return worker
    }

    const startWeb = async (alongside?: Hono) =>
      releases.add(await web.start(alongside), ({ close }) => close())

    return { startWorker, startWeb, close: releases.close }
  }

  try {
    return await build()
  } catch (error) {
    await releases.close().catch(() => {}) // what comes first is why it failed
    throw error
  }
}
