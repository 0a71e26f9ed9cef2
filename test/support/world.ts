// The parts that outlive a Postern process: its Redis, a simulated Polar and Resend, and the settings that lead to them.

import { systemClock } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import { freePort } from '../../src/sandbox/redis.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { ORGANIZATION, SECRETS } from '../../src/sandbox/system.ts'
import { startDurableRedis } from './durable-redis.ts'

type WorldOptions = {
  /** Requests a second that Resend takes. */
  rateLimit?: number
  /** Emails that Resend keeps. */
  keep?: number
  /** Web roles, among which Polar's webhooks are spread; the settings name the port of the first. */
  webs?: number
}

/** A world around a Redis, which it closes at its own end. */
export const startWorldAround = async <R extends { url: string; close: () => Promise<void> }>(
  redis: R,
  { webs = 1, ...options }: WorldOptions,
) => {
  const releases = createReleases()
  releases.add(redis, ({ close }) => close())
  const port = await freePort()
  const ports = [port]
  while (ports.length < webs) ports.push(await freePort())
  let webhooks = 0
  const resend = releases.add(
    await createSimulatedResend({ clock: systemClock, apiKey: SECRETS.resendKey, ...options }),
    ({ close }) => close(),
  )
  resend.changeDomain({ name: 'larkspur.example.com' })
  const polar = releases.add(
    await createSimulatedPolar({
      clock: systemClock,
      accessToken: SECRETS.polarToken,
      webhookSecret: SECRETS.polarWebhook,
      webhookUrl: () => `http://127.0.0.1:${ports[webhooks++ % webs]}/webhooks/polar`,
      organization: ORGANIZATION,
    }),
    ({ close }) => close(),
  )
  const settings: Record<string, string> = {
    PORT: `${port}`,
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    REDIS_URL: redis.url,
    POLAR_ACCESS_TOKEN: SECRETS.polarToken,
    POLAR_WEBHOOK_SECRET: SECRETS.polarWebhook,
    POLAR_ORGANIZATION_SLUG: ORGANIZATION.slug,
    POLAR_BASE_URL: polar.url,
    POLAR_PORTAL_ORIGIN: polar.url,
    RESEND_API_KEY: SECRETS.resendKey,
    RESEND_BASE_URL: resend.url,
    EMAIL_FROM: 'Larkspur <billing@larkspur.example.com>',
    LINK_SECRETS: SECRETS.links,
  }
  return { redis, resend, polar, settings, ports, close: releases.close }
}

/** @param data the directory of a Redis whose data this one begins with. */
export const startWorld = async ({ data, ...options }: WorldOptions & { data?: string } = {}) =>
  startWorldAround(await startDurableRedis(data), options)

export type World = Awaited<ReturnType<typeof startWorld>>
