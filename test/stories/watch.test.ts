// The watch over Polar's webhook endpoint: an operator is told within a minute, once, of what Polar tells nobody.

import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RECEIVED_KEY } from '../../src/redis/keys.ts'
import { DAY, HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import type { EndpointChange } from '../../src/sandbox/polar/webhooks/endpoints.ts'
import { WEBHOOK_TYPES } from '../../src/sandbox/polar/webhooks/types.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { runCommand } from '../support/command.ts'
import type { OnFinished } from '../support/process.ts'
import { startReceiver } from '../support/receiver.ts'
import { share } from '../support/shared-system.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const METRICS_TOKEN = 'a-token-of-prometheus'

/** A system that is watched, and what its operator is told of the endpoint. */
const startWatched = async (onFinished: OnFinished = onTestFinished) => {
  const { url, posts } = await startReceiver(undefined, onFinished)
  const environment = { ALERT_WEBHOOK_URL: url, METRICS_TOKEN }
  const system = await startTestSystem({ backfill: true, reports: false, environment }, onFinished)
  // The endpoint has the address that its merchant gave it.
  system.polarWorld.webhooks.change({ url: `${system.postern}/webhooks/polar` })
  const alerts = () =>
    posts
      .filter(({ event }) => `${event}`.startsWith('webhook_endpoint'))
      .map(({ event, finding }) => `${event}: ${finding}`)
  return { system, alerts }
}

const minutes = async (system: TestSystem, count: number) => {
  for (let minute = 0; minute < count; minute++) await system.advance(MINUTE)
}

/** A merchant's change at Polar. @param path below the webhook endpoints. */
const atPolar = (system: TestSystem, method: string, path: string, body?: object) =>
  fetch(`${system.polar}/v1/webhooks/endpoints${path}`, {
    method,
    headers: {
      authorization: `Bearer ${SECRETS.polarToken}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })

const shopping = async ({ polarWorld: { scenario } }: TestSystem) => {
  for (let n = 0; n < 4; n++)
    await scenario.purchase({ customer: { email: `customer${n}@example.com` } })
}

const metric = async (system: TestSystem, finding: string) => {
  const { body } = await visit(`${system.postern}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  })
  return body.split('\n').find((line) => line.includes(`_finding{finding="${finding}"}`))
}

const DISABLED = 'webhook_endpoint: endpoint_disabled'
const ENABLED = 'webhook_endpoint_mended: endpoint_disabled'

describe('an endpoint', () => {
  const shared = share(startWatched)

  /** The watched system, and the alerts since now. */
  const watched = () => {
    const { system, alerts } = shared()
    const before = alerts().length
    return { system, alerts: () => alerts().slice(before) }
  }

  test('that is set up as the docs say has nothing wrong', async () => {
    const { system, alerts } = watched()
    await shopping(system)
    await minutes(system, 8)
    expect(alerts()).toEqual([])
    expect(await metric(system, 'endpoint_disabled')).toMatch(/ 0$/)
    const { code, out, err } = await runCommand('webhooks', system.environment)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Nothing is wrong with it.')
  })

  test('that may not be read, or whose Polar is away, is no finding', async () => {
    const { system, alerts } = watched()
    system.polarWorld.missingScopes = ['webhooks:read', 'webhooks:write']
    await minutes(system, 5)
    expect(alerts()).toEqual([])
    system.polarWorld.missingScopes = []
    system.polarWorld.fault = () => 'reset'
    await minutes(system, 5)
    system.polarWorld.fault = undefined
    expect(alerts()).toEqual([])
    const errors = system.logs().filter(({ msg }) => msg === 'webhook endpoint not checked')
    expect(errors).toEqual([])
  })

  test.each<[string, string, EndpointChange, EndpointChange]>([
    ['endpoint_events', 'lacks types', { events: ['order.paid'] }, { events: WEBHOOK_TYPES }],
    ['endpoint_format', 'writes for Slack', { format: 'slack' }, { format: 'raw' }],
  ])(
    '%s: that %s is one alert within a minute, and one when it is mended',
    async (finding, _, wrong, right) => {
      const { system, alerts } = watched()
      await minutes(system, 1)
      system.polarWorld.webhooks.change(wrong)
      await minutes(system, 1)
      await expect.poll(alerts).toEqual([`webhook_endpoint: ${finding}`])
      await minutes(system, 3)
      expect(alerts()).toHaveLength(1)
      const isError = (line: Record<string, unknown>) =>
        line.level === 50 && line.finding === finding
      expect(system.logs().filter(isError)).toHaveLength(1)
      system.polarWorld.webhooks.change(right)
      await minutes(system, 1)
      await expect
        .poll(alerts)
        .toEqual([`webhook_endpoint: ${finding}`, `webhook_endpoint_mended: ${finding}`])
    },
  )
})

test('an endpoint that Polar disabled after ten failed events is one alert, stays so until the operator says so, and is one more alert when it is enabled; the emails then go out', async () => {
  const { system, alerts: all } = await startWatched()
  system.polarWorld.webhooks.fault = 'unreachable'
  await shopping(system)
  await system.advance(HOUR)
  expect(system.polarWorld.webhooks.endpoint.enabled).toBe(false)
  system.polarWorld.webhooks.fault = undefined
  await minutes(system, 1)
  // While Polar was still trying, there may have been a warning that deliveries fail.
  const alerts = () => all().filter((alert) => !alert.endsWith('deliveries_failing'))
  await expect.poll(alerts).toEqual([DISABLED])
  await minutes(system, 4)
  expect(alerts()).toEqual([DISABLED])
  expect(await metric(system, 'endpoint_disabled')).toMatch(/ 1$/)

  const webhooks = (...args: string[]) => runCommand('webhooks', system.environment, args)
  expect(await webhooks()).toMatchObject({
    code: 1,
    err: expect.stringContaining('npm run webhooks -- --enable'),
  })
  system.polarWorld.missingScopes = ['webhooks:write']
  expect(await webhooks('--enable')).toMatchObject({
    code: 1,
    err: expect.stringContaining(
      'Add webhooks:write to the access token at Polar, or enable the endpoint',
    ),
  })
  system.polarWorld.missingScopes = []
  await minutes(system, 1)
  expect(system.polarWorld.webhooks.endpoint.enabled).toBe(false)

  const { code, out, err } = await webhooks('--enable')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('is enabled.')
  await minutes(system, 1)
  await expect.poll(alerts).toEqual([DISABLED, ENABLED])
  expect(await metric(system, 'endpoint_disabled')).toMatch(/ 0$/)
  expect(system.mails()).toEqual([])
  await minutes(system, 5)
  expect(system.mails('order_confirmation')).toHaveLength(4)
  expect(alerts()).toEqual([DISABLED, ENABLED])
})

test('a new secret at Polar is told by its name and never by its letters, a deleted endpoint within a minute', async () => {
  const { system, alerts } = await startWatched()
  const { webhooks } = system.polarWorld
  const { id } = webhooks.endpoint
  await atPolar(system, 'PATCH', `/${id}/secret`)
  const { secret } = webhooks.endpoint
  expect(secret).not.toBe(SECRETS.polarWebhook)
  await minutes(system, 3)
  await expect.poll(alerts).toEqual(['webhook_endpoint: endpoint_secret'])
  expect(system.logText()).not.toContain(secret)

  const missing = () => alerts().filter((alert) => alert.endsWith(': endpoint_missing'))
  await atPolar(system, 'DELETE', `/${id}`)
  await minutes(system, 1)
  await expect.poll(missing).toEqual(['webhook_endpoint: endpoint_missing'])
  await minutes(system, 3)
  expect(missing()).toHaveLength(1)
  await atPolar(system, 'POST', '', {
    ...{ url: `${system.postern}/webhooks/polar`, format: 'raw', events: WEBHOOK_TYPES },
  })
  await minutes(system, 1)
  await expect.poll(missing).toContain('webhook_endpoint_mended: endpoint_missing')
})

test('deliveries that fail are told with the status that Polar got, long before Polar gives up', async () => {
  const { system, alerts } = await startWatched()
  await minutes(system, 1)
  system.polarWorld.webhooks.fault = { status: 502 }
  await shopping(system)
  await minutes(system, 4)
  await expect.poll(alerts).toEqual(['webhook_endpoint: deliveries_failing'])
  const line = system.logs().find(({ finding }) => finding === 'deliveries_failing')
  expect(line?.msg).toContain('got the status 502')
  system.polarWorld.webhooks.fault = undefined
  await minutes(system, 10)
  await expect
    .poll(alerts)
    .toEqual([
      'webhook_endpoint: deliveries_failing',
      'webhook_endpoint_mended: deliveries_failing',
    ])
})

test('a silence that this merchant’s hours never have is one alert, until a webhook comes', async () => {
  const { system, alerts } = await startWatched()
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  const now = system.clock.now()
  const hours = Array.from({ length: (15 * DAY) / HOUR }, (_, ago) => Math.floor(now / HOUR) - ago)
  await redis.hset(RECEIVED_KEY, Object.fromEntries(hours.map((hour) => [hour, 60])))
  await redis.hset(RECEIVED_KEY, 'last', now)
  await minutes(system, 6)
  expect(alerts()).toEqual([])
  await minutes(system, 10)
  await expect.poll(alerts).toEqual(['webhook_endpoint: silence'])
  await shopping(system)
  await minutes(system, 1)
  await expect
    .poll(alerts)
    .toEqual(['webhook_endpoint: silence', 'webhook_endpoint_mended: silence'])
})
