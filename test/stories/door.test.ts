// The door: what is signed is stored, once, before it is answered for.

import { createHash, randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startRedis } from '../../src/redis/embedded.ts'
import { shardSlot } from '../../src/redis/keys.ts'
import { visit } from '../../src/sandbox/person.ts'
import { signWebhook } from '../../src/sandbox/polar/sign.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { paidOrder } from '../support/events.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const signed = (
  system: TestSystem,
  body: string,
  change: { secret?: string; at?: number } = {},
) => {
  const webhookId = randomUUID()
  return {
    webhookId,
    headers: signWebhook({
      secret: SECRETS.polarWebhook,
      webhookId,
      at: system.clock.now(),
      body,
      ...change,
    }),
  }
}

const post = (system: TestSystem, body: string, headers: Record<string, string>) =>
  visit(`${system.postern}/webhooks/polar`, { method: 'POST', headers, body })

const inspect = (system: TestSystem) => {
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  return redis
}

describe('the door', () => {
  test('what it answers 202 for is stored as it came', async () => {
    const system = await startTestSystem()
    const body = JSON.stringify(paidOrder(), null, 3)
    const { webhookId, headers } = signed(system, body)
    expect((await post(system, body, headers)).status).toBe(202)
    expect(await inspect(system).hget(shardSlot(webhookId, 'event', webhookId), 'body')).toBe(body)
  })

  const strange: [string, string][] = [
    [
      'a type that Polar has yet to invent',
      JSON.stringify({ type: 'order.teleported', data: { id: 1 } }),
    ],
    [
      'an order without a customer',
      JSON.stringify({ type: 'order.paid', timestamp: 'soon', data: { id: 'x' } }),
    ],
    [
      'an order of nulls',
      JSON.stringify({ type: 'order.paid', data: { id: null, items: null, customer: null } }),
    ],
    ['data that is a list', JSON.stringify({ type: 'subscription.past_due', data: [1, 2] })],
    ['JSON that is no object', '[1,2,3]'],
    ['a type that is no string', JSON.stringify({ type: { $gt: '' }, data: {} })],
    ['no JSON at all', 'Bonjour'],
    ['an empty body', ''],
    ['a nest a thousand deep', `${'['.repeat(1000)}${']'.repeat(1000)}`],
    [
      'a key called __proto__',
      '{"type":"order.paid","__proto__":{"polluted":1},"data":{"__proto__":{}}}',
    ],
  ]
  test.each(strange)('%s is stored, and harmless', async (_, body) => {
    const system = await startTestSystem()
    const { webhookId, headers } = signed(system, body)
    expect((await post(system, body, headers)).status).toBe(202)
    await system.settle()
    expect(system.outcomes()).toMatchObject([
      { event: webhookId, ignored: expect.stringMatching(/not_mapped|unreadable/) },
    ])
    // And the next event is understood as ever.
    await system.polarWorld.deliver(paidOrder())
    await system.theMail('order_confirmation')
  })

  test('a bad signature, an old or future timestamp and missing headers are refused with 403', async () => {
    const system = await startTestSystem()
    const body = JSON.stringify(paidOrder())
    const good = signed(system, body).headers
    const without = (name: string) =>
      Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))
    const minutes = (count: number) =>
      signed(system, body, { at: system.clock.now() + count * 60_000 }).headers
    const bad = [
      { ...good, 'webhook-signature': `v1,${createHash('sha256').update(body).digest('base64')}` },
      signed(system, body, { secret: 'whsec_YW5vdGhlcg==' }).headers,
      signed(system, `${body} `).headers,
      minutes(-6),
      minutes(6),
      without('webhook-id'),
      without('webhook-timestamp'),
      without('webhook-signature'),
    ]
    for (const headers of bad) expect((await post(system, body, headers)).status).toBe(403)
    expect((await post(system, body, good)).status).toBe(202)
  })

  test('a body over one mebibyte is refused with 413, one of just that size is stored', async () => {
    const system = await startTestSystem()
    const most = JSON.stringify({ type: 'x', data: '' })
    const body = JSON.stringify({ type: 'x', data: 'a'.repeat(1024 * 1024 - most.length) })
    expect((await post(system, body, signed(system, body).headers)).status).toBe(202)
    expect((await post(system, `${body}a`, signed(system, `${body}a`).headers)).status).toBe(413)
  })

  test('while Redis is away the answer is 503 with Retry-After, and afterwards 202 again', async () => {
    const redis = await startRedis()
    let running = redis
    onTestFinished(() => running.close())
    const system = await startTestSystem({ redisUrl: redis.url })
    const body = JSON.stringify(paidOrder())
    await redis.close()
    const refused = await post(system, body, signed(system, body).headers)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await visit(`${system.postern}/readyz`)).status).toBe(503)
    expect((await visit(`${system.postern}/healthz`)).status).toBe(200)
    running = await startRedis({ port: Number(new URL(redis.url).port) })
    await expect
      .poll(async () => (await post(system, body, signed(system, body).headers)).status, {
        timeout: 15_000,
        interval: 100,
      })
      .toBe(202)
    await expect.poll(() => system.mails().length, { timeout: 20_000 }).toBe(1)
  })
})
