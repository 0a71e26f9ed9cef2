// Starts the whole system without any account: Postern as in production, its own Redis, and a simulated Polar and Resend
// that the real SDKs call.

import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import type { ResolveMx } from '../links/mail-gateway.ts'
import { connect } from '../redis/connection.ts'
import { aheadBy, type MovableClock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { createReleases } from '../runtime/releases.ts'
import { createAdvance } from './advance.ts'
import { simulatedMx } from './mx.ts'
import { inOwnTime } from './polar/play-time.ts'
import { createSimulatedPolar } from './polar/server.ts'
import { createNextWork } from './postern-due.ts'
import { freePort, startRedis } from './redis.ts'
import { createSimulatedResend } from './resend/server.ts'
import { sandboxRoutes } from './routes.ts'
import { createSettle } from './settle.ts'

export const ORGANIZATION = {
  id: '3ceaaf30-8142-48ea-91d9-3080f9b439fc',
  name: 'Larkspur Audio',
  slug: 'larkspur',
}

/** These secrets are valid for the simulations only. */
export const SECRETS = {
  polarToken: 'polar_oat_sandbox_opens_nothing',
  polarWebhook: 'whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtc2FuZGJveCE=',
  resendKey: 're_sandbox_opens_nothing',
  resendWebhook: `whsec_${Buffer.from('what became of a sandbox email').toString('base64')}`,
  links: 't61WdHfIN1aquaVCsr4E93264lEV2F8iBw102MxHedw=',
}

export type SystemOptions = {
  clock: MovableClock
  log: Log
  /** Additional settings. */
  environment?: NodeJS.ProcessEnv
  ports?: { postern?: number; polar?: number; resend?: number }
  /** Requests a second that the simulated Resend admits. Default: 5. */
  resendRateLimit?: number
  /** Requests a minute that the simulated Polar admits. Default: 500. */
  polarRateLimit?: number
  /** Milliseconds by which Polar's clock is ahead of Postern's; negative where it is behind. Default: 0. */
  polarAhead?: number
  /** Whether the simulated Resend reports the events of each email by itself. Default: true. */
  reports?: boolean
  /** Replaces DNS. Default: the simulated one; no real DNS server is asked. */
  resolveMx?: ResolveMx
  /** How long a composed email waits for others that are being composed (ms). Default: as in production. */
  linger?: number
  /** A running Redis. Default: starts one. */
  redisUrl?: string
  say?: (line: string) => void
}

/** The sandbox's settings. Those before `given` can be overridden, those after it cannot. */
const environmentOf = (
  given: NodeJS.ProcessEnv,
  urls: { postern: string; polar: string; resend: string; redis: string },
) => ({
  // Events of any age become emails here, so that old payloads can be tried out.
  LIVE_SINCE: '2020-01-01T00:00:00Z',
  EMAIL_FROM: 'Larkspur Audio <billing@larkspur.example.com>',
  EMAIL_REPLY_TO: 'help@larkspur.example.com',
  LINK_SECRETS: SECRETS.links,
  HOST: '127.0.0.1',
  PUBLIC_URL: urls.postern,
  POLAR_ENVIRONMENT: 'production',
  ...given,
  PORT: new URL(urls.postern).port,
  REDIS_URL: urls.redis,
  POLAR_ACCESS_TOKEN: SECRETS.polarToken,
  POLAR_WEBHOOK_SECRET: SECRETS.polarWebhook,
  POLAR_ORGANIZATION_SLUG: ORGANIZATION.slug,
  POLAR_BASE_URL: urls.polar,
  POLAR_PORTAL_ORIGIN: urls.polar,
  RESEND_API_KEY: SECRETS.resendKey,
  RESEND_WEBHOOK_SECRET: SECRETS.resendWebhook,
  RESEND_BASE_URL: urls.resend,
})

export const startSystem = async (options: SystemOptions) => {
  const { clock, log, environment = {}, ports = {}, polarAhead = 0, say } = options
  const releases = createReleases()
  try {
    const redisUrl =
      options.redisUrl ??
      releases.add(await startRedis(say ? { say } : {}), (redis) => redis.close()).url
    const port = ports.postern || (await freePort())
    const posternUrl = `http://localhost:${port}`
    const resend = releases.add(
      await createSimulatedResend({
        clock,
        apiKey: SECRETS.resendKey,
        port: ports.resend ?? 0,
        rateLimit: options.resendRateLimit ?? 5,
        webhookSecret: SECRETS.resendWebhook,
        webhookUrl: () => `${posternUrl}/webhooks/resend`,
        reports: options.reports ?? true,
      }),
      ({ close }) => close(),
    )
    const polar = releases.add(
      await createSimulatedPolar({
        clock: aheadBy(polarAhead, clock),
        accessToken: SECRETS.polarToken,
        webhookSecret: SECRETS.polarWebhook,
        webhookUrl: () => `http://127.0.0.1:${port}/webhooks/polar`,
        organization: ORGANIZATION,
        port: ports.polar ?? 0,
        rateLimitPerMinute: options.polarRateLimit ?? 500,
      }),
      ({ close }) => close(),
    )
    const urls = { postern: posternUrl, polar: polar.url, resend: resend.url, redis: redisUrl }
    const settings = environmentOf(environment, urls)
    const config = readConfig(settings, clock)
    resend.changeDomain({ name: config.email.from.address.replace(/^.*@/, '') })
    const app = releases.add(
      await createApp(config, {
        ...{ clock, log, linger: options.linger },
        resolveMx: options.resolveMx ?? simulatedMx,
      }),
      ({ close }) => close(),
    )
    const worker = await app.startWorker()
    const settle = createSettle({ clock, worker, polar, resend })

    const nextWork = createNextWork(async () =>
      releases.add(await connect(config.redis, 'ask', () => {}), (redis) => redis.disconnect()),
    )
    const polarTime = inOwnTime(polarAhead, polar.time)
    const advance = createAdvance({ clock, polar: polarTime, settle, nextWork })

    await app.startWeb(sandboxRoutes({ polar, resend, clock, advance }))
    return {
      ...urls,
      clock,
      polarWorld: polar,
      resendWorld: resend,
      config,
      /** Its settings, for running a command beside it. */
      environment: settings,
      settle,
      /** Lets milliseconds pass, with all that falls due at Polar and in Postern. `clock.advance` moves the clock alone. */
      advance,
      /** Checks the simulated accounts, as a start of the service does with real ones. */
      checkAccount: app.checkAccount,
      close: releases.close,
    }
  } catch (error) {
    await releases.close().catch(() => {}) // the first error is the cause
    throw error
  }
}

export type System = Awaited<ReturnType<typeof startSystem>>
