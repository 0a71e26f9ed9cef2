// A configuration with nothing wrong, for the doctor: a Redis, a simulated Polar and Resend, and an outside where Postern
// answers. Each fault is planted into it, and is gone before the next test.

import { afterAll, afterEach, beforeEach } from 'vitest'
import type { Diagnosis } from '../../src/doctor/check-all.ts'
import { type DoctorParts, runDoctor } from '../../src/doctor/doctor.ts'
import type { Reach } from '../../src/doctor/reach.ts'
import { LIVE_SINCE_KEY } from '../../src/redis/keys.ts'
import { HOUR, systemClock } from '../../src/runtime/clock.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { ORGANIZATION, SECRETS } from '../../src/sandbox/system.ts'
import { emptyRedis } from './empty-redis.ts'
import { onlyRunning } from './processes.ts'
import { requiredSettings } from './required-settings.ts'

export const ALIVE: Reach = async () => ({
  ...{ status: 200, location: null, body: '{"status":"alive"}' },
})

const WELL_REDIS = {
  appendonly: 'yes',
  appendfsync: 'always',
  'maxmemory-policy': 'noeviction',
  maxmemory: '0',
  'min-replicas-to-write': '0',
}

/** Call it at the top of a file. */
export const healthyConfiguration = async () => {
  const { redis, url } = await emptyRedis()
  const publicUrl = requiredSettings(url).PUBLIC_URL
  const resend = await createSimulatedResend({
    ...{ clock: systemClock, apiKey: SECRETS.resendKey, rateLimit: Number.POSITIVE_INFINITY },
    webhookUrl: () => `${publicUrl}/webhooks/resend`,
    webhookSecret: SECRETS.resendWebhook,
  })
  const polar = await createSimulatedPolar({
    clock: systemClock,
    accessToken: SECRETS.polarToken,
    webhookSecret: SECRETS.polarWebhook,
    webhookUrl: () => `${publicUrl}/webhooks/polar`,
    organization: ORGANIZATION,
    rateLimitPerMinute: 1_000_000,
  })
  afterAll(async () => {
    await polar.close()
    await resend.close()
  })

  const settings: Record<string, string> = {
    ...requiredSettings(url),
    POLAR_BASE_URL: polar.url,
    RESEND_BASE_URL: resend.url,
    RESEND_WEBHOOK_SECRET: SECRETS.resendWebhook,
    RESEND_RATE_LIMIT: '1000',
    API_TOKEN: 'c7b1d8e2f4a60593',
    CONSOLE_PASSWORD: 'correct horse battery',
    METRICS_TOKEN: '9f8e7d6c5b4a3210',
    ALERT_WEBHOOK_URL: 'https://hooks.example.com/T0K3N/0f1e2d',
  }
  const { events: types } = polar.webhooks.endpoint
  const emails = polar.world.organization.customer_email_settings
  const [reports] = resend.webhooks.list()
  if (!reports) throw new Error('the simulated Resend has no webhook')

  const healRedis = async () => {
    await redis.call('REPLICAOF', 'NO', 'ONE')
    for (const [name, value] of Object.entries(WELL_REDIS)) await redis.config('SET', name, value)
  }

  const heal = async () => {
    const now = Date.now()
    await onlyRunning(redis, {})
    await redis.set(LIVE_SINCE_KEY, now - HOUR)
    polar.fault = undefined
    polar.missingScopes = []
    polar.webhooks.change({
      ...{ url: '', enabled: true, format: 'raw', api_version: '2026-10', events: types },
    })
    polar.world.changeOrganization({ customer_email_settings: emails })
    resend.fault = undefined
    resend.permission = 'full_access'
    resend.useQuota({ daily: 0, monthly: 0 })
    resend.changeDomain({
      ...{ name: 'larkspur.example.com', status: 'verified' },
      ...{ click_tracking: false, open_tracking: false },
      capabilities: { sending: 'enabled', receiving: 'disabled' },
    })
    for (const { id } of resend.webhooks.list()) resend.webhooks.remove(id)
    resend.webhooks.add({ ...reports })
  }

  await healRedis()
  beforeEach(heal)
  afterEach(healRedis)

  const diagnose = (
    change: Record<string, string> = {},
    parts: Omit<Partial<DoctorParts>, 'environment'> = {},
  ): Promise<Diagnosis> =>
    runDoctor({ reach: ALIVE, ...parts, environment: { ...settings, ...change } })

  return { redis, polar, resend, settings, publicUrl, diagnose }
}

export type HealthyConfiguration = Awaited<ReturnType<typeof healthyConfiguration>>
