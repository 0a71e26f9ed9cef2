// The webhook endpoints of the simulated Polar, by its API.

import { webhooks } from '@polar-sh/sdk/2026-10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rejection, type Started, startPolar, WEBHOOK_SECRET } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const api = () => started.sdk.webhooks
const listed = async () => (await api().listWebhookEndpoints()).items
const change = (input: Parameters<ReturnType<typeof api>['updateWebhookEndpoint']>[1]) =>
  api().updateWebhookEndpoint(started.polar.webhooks.endpoint.id, input)

const fieldOf = (error: Record<string, unknown>) =>
  (error as { error: { detail: { loc: string[] }[] } }).error.detail[0]?.loc

test('Postern’s endpoint is there from the start, with its secret and all event types', async () => {
  const [endpoint, ...others] = await listed()
  expect(others).toEqual([])
  expect(endpoint).toMatchObject({
    ...{ enabled: true, format: 'raw', api_version: '2026-10', name: null },
    ...{ secret: WEBHOOK_SECRET, uses_standard_webhook_signature: true },
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/hook$/),
    events: expect.arrayContaining(['order.paid', 'subscription.migrated', 'organization.updated']),
  })
  expect(endpoint?.events).toHaveLength(42)
  expect(await api().getWebhookEndpoint(endpoint?.id ?? '')).toEqual(endpoint)
})

describe('a change', () => {
  test('of the event types leaves out the events that are not among them', async () => {
    await change({ events: ['order.paid'] })
    const { deliveries } = await started.polar.scenario.purchase()
    expect(deliveries.map(({ type }) => type)).toEqual(['order.paid'])
    expect(started.types()).toEqual(['order.paid'])
    expect(started.polar.webhooks.events()).toHaveLength(1)
  })

  test('to disabled ends all events until it is enabled again, and what happened meanwhile is not sent later', async () => {
    await change({ enabled: false })
    const { deliveries } = await started.polar.scenario.purchase()
    expect(deliveries).toEqual([])
    expect(started.polar.webhooks.events()).toEqual([])
    expect(await change({ enabled: true })).toMatchObject({ enabled: true })
    expect(started.types()).toEqual([])
    await started.polar.scenario.purchase()
    expect(started.types()).toEqual(['order.created', 'order.updated', 'order.paid'])
  })

  test('of the API version is that of the events and of their header', async () => {
    await change({ api_version: '2026-04' })
    await started.polar.scenario.purchase()
    expect(JSON.parse(started.received[0]?.body ?? '')).toMatchObject({ api_version: '2026-04' })
    expect(started.received[0]?.headers['webhook-api-version']).toBe('2026-04')
  })

  test('of the secret applies to the next event', async () => {
    const { secret } = await api().resetWebhookEndpointSecret(started.polar.webhooks.endpoint.id)
    expect(secret).not.toBe(WEBHOOK_SECRET)
    await started.polar.scenario.purchase()
    await started.polar.deliver({ type: 'order.paid' })
    for (const { body, headers } of started.received)
      expect(await webhooks.validateEvent(body, headers, secret)).toEqual(JSON.parse(body))
  })

  test.each([
    ['an event type that does not exist', { events: ['order.lost'] }, 'events'],
    ['an address that is not https', { url: 'http://billing.example.com/' }, 'url'],
    ['a private address', { url: 'https://192.168.0.7/webhooks/polar' }, 'url'],
    ['an unknown version', { api_version: '2020-01' }, 'api_version'],
  ])('to %s is refused', async (_, input, field) => {
    const error = await rejection(change(input as object))
    expect(error).toMatchObject({ statusCode: 422 })
    expect(fieldOf(error)).toEqual(['body', field])
  })
})

describe('a second endpoint', () => {
  const add = () =>
    api().createWebhookEndpoint({
      ...{ url: started.polar.webhooks.endpoint.url, format: 'raw', name: 'Second' },
      events: ['order.paid'],
    })

  test('is listed first and gets events of its own, under other ids', async () => {
    const added = await add()
    expect(added.secret).toMatch(/^whsec_/)
    expect((await listed()).map(({ name }) => name)).toEqual(['Second', null])
    await started.polar.scenario.purchase()
    const paid = started.received.filter(({ type }) => type === 'order.paid')
    expect(new Set(paid.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
  })

  test('gets nothing more once it is removed', async () => {
    const { id } = await add()
    await api().deleteWebhookEndpoint(id)
    await started.polar.scenario.purchase()
    expect(started.received).toHaveLength(3)
    expect(await rejection(api().getWebhookEndpoint(id))).toMatchObject({ statusCode: 404 })
  })
})

test('an endpoint that does not exist answers 404, and an id that is none 422', async () => {
  const unknown = crypto.randomUUID()
  for (const call of [api().getWebhookEndpoint, api().resetWebhookEndpointSecret])
    expect(await rejection(call(unknown))).toMatchObject({ statusCode: 404 })
  const patched = await rejection(api().updateWebhookEndpoint(unknown, { enabled: true }))
  expect(patched).toMatchObject({ statusCode: 404 })
  expect(await rejection(api().getWebhookEndpoint('1'))).toMatchObject({ statusCode: 422 })
})
