import { webhooks } from '@polar-sh/sdk/2026-10'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import type { PolarEvent } from '../../src/sandbox/polar/shapes/rows.ts'
import { ACCESS_TOKEN, ORGANIZATION, type Started, startPolar, WEBHOOK_SECRET } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

describe('what is delivered', () => {
  test('is signed so that the Standard Webhooks library and Polar’s SDK both accept it', async () => {
    const { polar, received } = started
    await polar.scenario.purchase()
    expect(received).toHaveLength(3)
    for (const { body, headers } of received) {
      expect(new Webhook(WEBHOOK_SECRET).verify(body, headers)).toEqual(JSON.parse(body))
      expect(await webhooks.validateEvent(body, headers, WEBHOOK_SECRET)).toEqual(JSON.parse(body))
      expect(headers).toMatchObject({
        'user-agent': 'polar.sh webhooks',
        'webhook-api-version': '2026-10',
      })
    }
  })

  test('can be signed with an older secret, which is its own key', async () => {
    const secret = 'polar_whs_an-older-secret'
    const old = await startPolar({ webhookSecret: secret })
    try {
      await old.polar.scenario.purchase()
      const { body, headers } = old.received[0] as (typeof old.received)[0]
      expect(await webhooks.validateEvent(body, headers, secret)).toMatchObject({
        type: 'order.created',
      })
    } finally {
      await old.close()
    }
  })

  test('carries the clock’s time, so that a moved clock is seen by whoever checks it', async () => {
    const { polar, received, clock } = started
    clock.advance(DAY)
    await polar.scenario.purchase()
    const { body, headers } = received[0] as (typeof received)[0]
    expect(() => new Webhook(WEBHOOK_SECRET).verify(body, headers)).toThrow(/too new/)
  })

  test('is told again under the same id by asking for that id', async () => {
    const { polar, received } = started
    const { deliveries } = await polar.scenario.purchase()
    const [first] = deliveries
    if (first === undefined) throw new Error('nothing was delivered')
    await polar.deliver(first.event, { webhookId: first.webhookId })
    expect(received[3]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id'])
    expect(received[3]?.body).toBe(received[0]?.body)
  })

  test('to an endpoint that is down has status 0 and a reason', async () => {
    const alone = await createSimulatedPolar({
      clock: started.clock,
      accessToken: ACCESS_TOKEN,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: () => 'http://127.0.0.1:9',
      organization: ORGANIZATION,
    })
    const { deliveries } = await alone.scenario.purchase()
    await alone.close()
    expect(deliveries.map(({ status }) => status)).toEqual([0, 0, 0])
    expect(deliveries[0]?.body).not.toBe('')
  })
})

describe('the order of events', () => {
  const stories: [string, (polar: Started['polar']) => Promise<unknown>, string[]][] = [
    [
      'of a purchase',
      (polar) => polar.scenario.purchase(),
      ['order.created', 'order.updated', 'order.paid'],
    ],
    [
      'of a new subscription',
      (polar) => polar.scenario.subscribe(),
      [
        'subscription.created',
        'subscription.active',
        'subscription.updated',
        'order.created',
        'order.updated',
        'order.paid',
      ],
    ],
    [
      'of a renewal',
      (polar) => polar.scenario.renew(),
      [
        'subscription.cycled',
        'subscription.updated',
        'order.created',
        'order.updated',
        'order.paid',
      ],
    ],
    [
      'of a renewal that fails',
      (polar) => polar.scenario.failRenewal(),
      [
        'subscription.cycled',
        'subscription.updated',
        'order.created',
        'subscription.updated',
        'subscription.past_due',
      ],
    ],
    [
      'of a renewal without a card',
      (polar) => polar.scenario.failRenewal({ noCard: true }),
      [
        'subscription.cycled',
        'subscription.updated',
        'order.created',
        'subscription.updated',
        'subscription.past_due',
        'order.updated',
      ],
    ],
    [
      'of a recovery',
      (polar) => polar.scenario.recover(polar.script.failRenewal().orderId),
      ['subscription.updated', 'subscription.active', 'order.updated', 'order.paid'],
    ],
    [
      'of retries that are used up',
      (polar) => polar.scenario.giveUp(polar.script.failRenewal().orderId),
      ['subscription.updated', 'subscription.canceled', 'subscription.revoked', 'order.updated'],
    ],
    [
      'of another failed retry is silence',
      (polar) => polar.scenario.retry(polar.script.failRenewal().orderId),
      [],
    ],
    [
      'of a refund',
      (polar) => polar.scenario.refund(polar.script.purchase().orderId),
      ['refund.created', 'order.updated', 'order.refunded'],
    ],
    [
      'of a team’s purchase begins with the team',
      (polar) => polar.scenario.purchase({ customer: { type: 'team' } }),
      ['customer.created', 'member.created', 'order.created', 'order.updated', 'order.paid'],
    ],
  ]

  test.each(stories)('%s is Polar’s', async (_, play, types) => {
    await play(started.polar)
    expect(started.types()).toEqual(types)
  })

  test('shows in the instants: each event is later than the one before, in microseconds', async () => {
    const { polar, received } = started
    const { orderId } = await polar.scenario.failRenewal()
    await polar.scenario.recover(orderId)
    const stamps = received.map(({ body }) => (JSON.parse(body) as PolarEvent).timestamp)
    expect([...stamps].sort()).toEqual(stamps)
    expect(new Set(stamps).size).toBe(stamps.length)
    for (const stamp of stamps) expect(stamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  })
})
