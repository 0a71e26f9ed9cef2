// Kill -9 in the gaps between two stores. Each gap heals by itself within a minute, and sends one email.

import { expect, onTestFinished, test } from 'vitest'
import { freePort, startRedis } from '../../src/redis/embedded.ts'
import { MINUTE, systemClock } from '../../src/runtime/clock.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { ORGANIZATION, SECRETS } from '../../src/sandbox/system.ts'
import { fixture, paidOrder } from '../support/events.ts'
import { startPostern } from '../support/process.ts'
import { startRedisProxy } from '../support/redis-proxy.ts'

/** Redis, Polar and Resend that outlive any Postern. */
const startWorld = async () => {
  const redis = await startRedis()
  const port = await freePort()
  const resend = await createSimulatedResend({ clock: systemClock, apiKey: SECRETS.resendKey })
  const polar = await createSimulatedPolar({
    clock: systemClock,
    accessToken: SECRETS.polarToken,
    webhookSecret: SECRETS.polarWebhook,
    webhookUrl: () => `http://127.0.0.1:${port}/webhooks/polar`,
    organization: ORGANIZATION,
  })
  onTestFinished(async () => {
    await Promise.all([polar.close(), resend.close()])
    await redis.close()
  })
  const settings = {
    PORT: `${port}`,
    PUBLIC_URL: 'https://billing.larkspur.example.com',
    REDIS_URL: redis.url,
    POLAR_ACCESS_TOKEN: SECRETS.polarToken,
    POLAR_WEBHOOK_SECRET: SECRETS.polarWebhook,
    POLAR_ORGANIZATION_SLUG: ORGANIZATION.slug,
    POLAR_BASE_URL: polar.url,
    RESEND_API_KEY: SECRETS.resendKey,
    RESEND_BASE_URL: resend.url,
    EMAIL_FROM: 'Larkspur <billing@larkspur.example.com>',
    LINK_SECRETS: SECRETS.links,
  }
  return { redis, resend, polar, settings }
}

test('killed between storing an event and nudging about it: one email', {
  timeout: 2 * MINUTE,
}, async () => {
  const { redis, resend, polar, settings } = await startWorld()
  let kill: (() => void) | undefined
  const proxy = await startRedisProxy(redis.url, (sent) => {
    if (!kill || !sent.includes('{postern}:events')) return true
    kill()
    return false
  })
  const web = await startPostern({ ...settings, ROLE: 'web', REDIS_URL: proxy })
  kill = () => process.kill(web.pid, 'SIGKILL')
  const answered = await polar.deliver(paidOrder())
  expect([202, 0]).toContain(answered.status)
  await web.kill('SIGKILL')

  const began = Date.now()
  await startPostern(settings)
  await expect.poll(() => resend.accepted(), { timeout: MINUTE, interval: 50 }).toBe(1)
  expect(Date.now() - began).toBeLessThan(MINUTE)
  // The nudge was lost for good: what brought the email is the due entry that was stored with the event.
  expect(Date.now() - began).toBeGreaterThan(1000)
})

/** An update in which a pause is asked for: what it means shows only beside what was known before. */
const pauseAsked = () => {
  const event = fixture('subscription.updated')
  Object.assign(event.data, { pause_at_period_end: true, modified_at: new Date().toISOString() })
  return { ...event, timestamp: new Date().toISOString() }
}

test.each([
  ['a paid order', paidOrder],
  ['a change of state, which is stored by then', pauseAsked],
])(
  'killed between understanding %s and delivering its message: one email',
  {
    timeout: 2 * MINUTE,
  },
  async (_, event) => {
    const { redis, resend, polar, settings } = await startWorld()
    let reached = () => {}
    const gap = new Promise<void>((resolve) => {
      reached = resolve
    })
    const proxy = await startRedisProxy(redis.url, (sent) => {
      if (!sent.includes(':due:deliveries\r\n') || !sent.includes('msg_')) return true
      reached()
      return false
    })
    const postern = await startPostern({
      ...settings,
      LIVE_SINCE: '2020-01-01T00:00:00Z',
      REDIS_URL: proxy,
    })
    await polar.deliver(event())
    await gap
    await postern.kill('SIGKILL')
    expect(resend.accepted()).toBe(0)

    await startPostern(settings)
    await expect.poll(() => resend.accepted(), { timeout: MINUTE, interval: 50 }).toBe(1)
  },
)

test('killed after Resend accepted and before that was recorded: one email', {
  timeout: 2 * MINUTE,
}, async () => {
  const { resend, polar, settings } = await startWorld()
  const postern = await startPostern(settings)
  const accepted = new Promise<void>((resolve) => {
    resend.beforeAnswer = async () => {
      await postern.kill('SIGKILL')
      resolve()
    }
  })
  await polar.deliver(paidOrder())
  await accepted
  resend.beforeAnswer = undefined
  expect(resend.accepted()).toBe(1)

  const requests = resend.requests()
  const again = await startPostern(settings)
  await expect
    .poll(() => again.output(), { timeout: MINUTE, interval: 50 })
    .toContain('message accepted')
  expect(resend.requests()).toBe(requests + 1)
  expect(resend.accepted()).toBe(1)
})

test('an answer that is lost on the way leads to the same request again, and one email', {
  timeout: MINUTE,
}, async () => {
  const { resend, polar, settings } = await startWorld()
  resend.fault = ({ n }) => (n === 1 ? 'drop-after-accept' : undefined)
  const postern = await startPostern(settings)
  await polar.deliver(paidOrder())
  await expect
    .poll(() => postern.output(), { timeout: MINUTE, interval: 50 })
    .toContain('message accepted')
  expect(resend.accepted()).toBe(1)
  expect(resend.requests()).toBe(2)
})
