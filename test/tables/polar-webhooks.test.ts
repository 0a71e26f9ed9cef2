// Reading Polar's webhook endpoints and deliveries.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PolarRefusedError, type PolarUnavailableError, wasRefused } from '../../src/polar/call.ts'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { createAdvance } from '../../src/sandbox/advance.ts'
import { rejection, type Started, startPolar, WEBHOOK_SECRET } from '../sandbox/world.ts'
import { stoppedClock } from './decided.ts'
import { clientOf } from './polar-client.ts'

let started: Started
let clock: ReturnType<typeof stoppedClock>
let polar: ReturnType<typeof clientOf>
beforeEach(async () => {
  clock = stoppedClock()
  started = await startPolar({ clock })
  polar = clientOf(started)
})
afterEach(() => started.close())

const endpointId = () => started.polar.webhooks.endpoint.id
const deliveries = (which: object = {}) =>
  polar.webhookDeliveries({ endpointId: endpointId(), ...which })

const answerWith = (...items: object[]) => {
  const body = { items, pagination: { total_count: items.length, max_page: 1 } }
  started.polar.fault = () => ({ status: 200, body })
}

describe('the webhook endpoints', () => {
  test('are read with their address, secret, event types and version', async () => {
    expect(await polar.webhookEndpoints()).toEqual([
      {
        ...{ id: endpointId(), url: started.polar.webhooks.endpoint.url, isEnabled: true },
        ...{ secret: WEBHOOK_SECRET, apiVersion: '2026-10', format: 'raw' },
        eventTypes: started.polar.webhooks.endpoint.events,
      },
    ])
  })

  test('tell one that is disabled, and enable it again', async () => {
    started.polar.webhooks.change({ enabled: false })
    expect(await polar.webhookEndpoints()).toMatchObject([{ isEnabled: false }])
    expect(await polar.enableWebhookEndpoint(endpointId())).toMatchObject({ isEnabled: true })
    expect(started.polar.webhooks.endpoint.enabled).toBe(true)
  })

  test('may lack what Polar does not show', async () => {
    answerWith({ id: 'a', url: 'https://billing.example.com', secret: null, events: null })
    expect(await polar.webhookEndpoints()).toEqual([
      {
        ...{ id: 'a', url: 'https://billing.example.com', isEnabled: false, secret: null },
        ...{ eventTypes: [], apiVersion: null, format: null },
      },
    ])
  })

  test('refuse to enable one that is not there', async () => {
    const enabling = polar.enableWebhookEndpoint(crypto.randomUUID())
    await expect(enabling).rejects.toThrow(PolarRefusedError)
  })
})

describe('a missing scope', () => {
  const scopes = ['webhooks:read', 'webhooks:write']

  test('is named, and may be added later', async () => {
    started.polar.missingScopes = scopes
    for (const call of [polar.webhookEndpoints, deliveries]) {
      const error = (await rejection(call())) as unknown as PolarUnavailableError
      expect(error.message).toMatch(/lacks the scope webhooks:read or webhooks:write/)
      expect(wasRefused(error)).toBe(true)
    }
    expect(polar.denials).toEqual([
      { call: 'GET /v1/webhooks/endpoints', status: 403, scopes },
      { call: 'GET /v1/webhooks/deliveries', status: 403, scopes },
    ])
    started.polar.missingScopes = []
    expect(await polar.webhookEndpoints()).toHaveLength(1)
  })

  test('to enable an endpoint is named as well', async () => {
    started.polar.missingScopes = ['webhooks:write']
    expect(await polar.webhookEndpoints()).toHaveLength(1)
    const error = await rejection(polar.enableWebhookEndpoint(endpointId()))
    expect(error).toMatchObject({ status: 403, name: 'PolarRefusedError' })
    expect(polar.denials).toMatchObject([{ scopes: ['webhooks:write'] }])
  })
})

describe('the deliveries', () => {
  test('have the id and the body of the webhook, so that it can be taken in as if it had arrived', async () => {
    await started.polar.scenario.welcome()
    const [sent] = started.received
    expect(await deliveries()).toEqual({
      items: [
        {
          ...{ id: expect.any(String), at: expect.any(String), succeeded: true, status: 202 },
          event: {
            ...{ id: sent?.headers['webhook-id'], type: 'customer.created', payload: sent?.body },
            ...{ succeeded: true, isSkipped: false },
          },
        },
      ],
      next: null,
    })
  })

  test('of an outage are the failed ones, and those that waited when the endpoint was disabled', async () => {
    const advance = createAdvance({ clock, polar: started.polar.time })
    await started.polar.scenario.welcome()
    started.polar.webhooks.fault = 'unreachable'
    for (let n = 0; n < 10; n++) await started.polar.scenario.welcome()
    await advance(30 * MINUTE)
    await started.polar.scenario.welcome()
    await advance(HOUR)
    const { items } = await deliveries({ succeeded: false })
    const events = new Map(items.map(({ event }) => [event.id, event]))
    const endedAs = (succeeded: boolean | null, isSkipped: boolean) =>
      [...events.values()].filter(
        (event) => event.succeeded === succeeded && event.isSkipped === isSkipped,
      )
    expect([endedAs(false, false).length, endedAs(null, true).length]).toEqual([10, 1])
    expect(events.size).toBe(11)
    expect(items.every(({ status }) => status === null)).toBe(true)
  })

  test('can be read by type and by time, without both ends', async () => {
    await started.polar.scenario.purchase()
    const all = (await deliveries()).items
    const types = ['order.paid', 'order.created']
    const ofTypes = await deliveries({ types })
    expect(ofTypes.items.map(({ event }) => event.type)).toEqual(types)
    const between = await deliveries({ after: all[2]?.at, before: all[0]?.at })
    expect(between.items).toEqual([all[1]])
  })

  test('come in pages by time, and no attempt is lost while new ones arrive', async () => {
    const { customerId } = await started.polar.scenario.welcome()
    const update = () => started.polar.scenario.updateCustomer(customerId, {})
    for (let n = 0; n < 249; n++) await update()
    const before = started.polar.webhooks.events().map(({ id }) => id)
    const seen = new Set<string>()
    let next: string | null | undefined
    let pages = 0
    do {
      const page = await deliveries(next === undefined ? {} : { before: next })
      for (const { event } of page.items) seen.add(event.id)
      next = page.next
      pages++
      await update()
    } while (next !== null)
    expect([...seen].toReversed()).toEqual(before)
    expect(pages).toBe(3)
  })

  test('of an unexpected shape are left out, and nulls are read as such', async () => {
    const event = { id: 'msg_1', type: 'order.paid', succeeded: null, payload: null }
    const row = { id: 'a', created_at: '2026-11-20T12:00:00Z' }
    answerWith(
      { ...row, webhook_event: null },
      { ...row, webhook_event: { ...event, type: null } },
      { ...row, http_code: null, response: null, succeeded: null, webhook_event: event },
    )
    expect((await deliveries()).items).toEqual([
      {
        ...{ id: 'a', at: '2026-11-20T12:00:00Z', succeeded: false, status: null },
        event: {
          id: 'msg_1',
          type: 'order.paid',
          succeeded: null,
          isSkipped: false,
          payload: null,
        },
      },
    ])
  })
})
