// The parts that outlive a Postern process: its Redis, a simulated Polar and Resend, and the settings that lead to them.

import { systemClock } from '../../src/runtime/clock.ts'
import { createReleases } from '../../src/runtime/releases.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import { freePort } from '../../src/sandbox/redis.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { ORGANIZATION, SECRETS } from '../../src/sandbox/system.ts'
import { startDurableRedis } from './durable-redis.ts'

/**
 * @param options how many requests a second Resend takes, how many emails it keeps, and the directory of a Redis whose data
 * this one begins with.
 */
export const startWorld = async ({
  data,
  ...options
}: {
  rateLimit?: number
  keep?: number
  data?: string
} = {}) => {
  const releases = createReleases()
  const redis = releases.add(await startDurableRedis(data), ({ close }) => close())
  const port = await freePort()
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
      webhookUrl: () => `http://127.0.0.1:${port}/webhooks/polar`,
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
  return { redis, resend, polar, settings, close: releases.close }
}

export type World = Awaited<ReturnType<typeof startWorld>>
