// The webhook endpoints: what is signed is stored, once, before it is answered for.

import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { shardSlot } from '../../src/redis/keys.ts'
import { readRaw } from '../../src/redis/store-once.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { startRedis } from '../../src/sandbox/redis.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { paidOrder } from '../support/events.ts'
import { mailed } from '../support/links.ts'
import { linesOf } from '../support/mailed.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { startWebRole } from '../support/web-role.ts'
import {
  type Signing,
  WEBHOOK_ENDPOINTS,
  type WebhookEndpoint,
} from '../support/webhook-endpoints.ts'

const post = (url: string, path: string, body: string, headers: Record<string, string>) =>
  visit(`${url}${path}`, { method: 'POST', headers, body })

/** Signs a body now, unless told otherwise, and posts it. */
const enter = (
  system: TestSystem,
  { path, sign }: WebhookEndpoint,
  body: string,
  change: Partial<Signing> = {},
) => post(system.postern, path, body, sign({ body, at: system.clock.now(), ...change }).headers)

const now = () => systemClock.now()

const STRANGE: [string, string][] = [
  [
    'a type that nobody has invented yet',
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
  [
    'a report on no email',
    JSON.stringify({ type: 'email.bounced', data: { email_id: null, to: 7, tags: 'x' } }),
  ],
  [
    'a report on an email of nobody',
    JSON.stringify({ type: 'email.bounced', data: { email_id: 'x', tags: { message: '{}:' } } }),
  ],
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

describe.each(WEBHOOK_ENDPOINTS)('the endpoint $path', (endpoint) => {
  const shared = shareSystem()

  test('stores what it answers 202 for as it came, once, to be looked at soon', async () => {
    const { url, redis } = await startWebRole({ RESEND_WEBHOOK_SECRET: SECRETS.resendWebhook })
    const body = JSON.stringify(paidOrder(), null, 3)
    const { id, headers } = endpoint.sign({ body, at: now() })
    const answers = [
      await post(url, endpoint.path, body, headers),
      await post(url, endpoint.path, body, headers),
      await post(
        url,
        endpoint.path,
        `${body} `,
        endpoint.sign({ body: `${body} `, at: now(), id }).headers,
      ),
    ]
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(answers.map((answer) => JSON.parse(answer.body).stored)).toEqual([
      ...['now', 'before', 'before'],
    ])
    const stored = readRaw((await redis.getBuffer(endpoint.keyOf(id))) ?? Buffer.alloc(0))
    expect(stored?.body.toString()).toBe(body)
    const due = Number(await redis.zscore(shardSlot(id, 'due', `${endpoint.kind}s`), id))
    expect(due).toBeLessThan(now() + 11_000)
    expect(due).toBeGreaterThan(0)
  })

  test('stores whatever is signed, and is none the worse for it', async () => {
    const system = shared()
    const logged = system.logText().length
    const fared = await Promise.all(
      STRANGE.map(async ([what, body]) => {
        const { id, headers } = endpoint.sign({ body, at: system.clock.now() })
        const { status } = await post(system.postern, endpoint.path, body, headers)
        return { what, id, status }
      }),
    )
    await system.settle()
    const ignored =
      endpoint.kind === 'event'
        ? system
            .outcomes()
            .filter((one) => /not_mapped|unreadable/.test(`${one.ignored}`))
            .map(({ event }) => event)
        : linesOf(system, 'report ignored').map(({ report }) => report)
    expect(fared.map(({ what, id, status }) => [what, status, ignored.includes(id)])).toEqual(
      STRANGE.map(([what]) => [what, 202, true]),
    )
    expect(system.logText().slice(logged)).not.toContain('failed')
    // And the next event is understood as ever.
    await mailed(system, newAddress())
  })

  test('refuses a bad signature, an old or future timestamp and missing headers with 403', async () => {
    const system = shared()
    const body = JSON.stringify(paidOrder())
    const good = endpoint.sign({ body, at: system.clock.now() }).headers
    const signed = (change: Partial<Signing>) =>
      endpoint.sign({ body, at: system.clock.now(), ...change }).headers
    const without = (name: string) =>
      Object.fromEntries(
        Object.entries(good).filter(([key]) => key !== `${endpoint.prefix}-${name}`),
      )
    const minutes = (count: number) => signed({ at: system.clock.now() + count * 60_000 })
    const guessed = createHash('sha256').update(body).digest('base64')
    const other = WEBHOOK_ENDPOINTS.find(({ path }) => path !== endpoint.path)
    const bad = [
      { ...good, [`${endpoint.prefix}-signature`]: `v1,${guessed}` },
      signed({ secret: 'whsec_YW5vdGhlcg==' }),
      signed({ body: `${body} ` }),
      minutes(-6),
      minutes(6),
      without('id'),
      without('timestamp'),
      without('signature'),
      other?.sign({ body, at: system.clock.now() }).headers ?? {},
    ]
    for (const headers of bad)
      expect((await post(system.postern, endpoint.path, body, headers)).status).toBe(403)
    expect((await post(system.postern, endpoint.path, body, good)).status).toBe(202)
  })

  test('refuses a body over one mebibyte with 413, and stores one of just that size', async () => {
    const system = shared()
    const most = JSON.stringify({ type: 'x', data: '' })
    const body = JSON.stringify({ type: 'x', data: 'a'.repeat(1024 * 1024 - most.length) })
    expect((await enter(system, endpoint, body)).status).toBe(202)
    expect((await enter(system, endpoint, `${body}a`)).status).toBe(413)
  })

  test('answers 503 with Retry-After while Redis is away, and afterwards 202 again', async () => {
    const redis = await startRedis()
    let running = redis
    onTestFinished(() => running.close())
    const system = await startTestSystem({ redisUrl: redis.url })
    const body = JSON.stringify(paidOrder())
    await redis.close()
    const refused = await enter(system, endpoint, body)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await visit(`${system.postern}/readyz`)).status).toBe(503)
    expect((await visit(`${system.postern}/healthz`)).status).toBe(200)
    running = await startRedis({ port: Number(new URL(redis.url).port) })
    await expect
      .poll(async () => (await enter(system, endpoint, body)).status, {
        timeout: 15_000,
        interval: 100,
      })
      .toBe(202)
    const told = endpoint.kind === 'event' ? 'message accepted' : 'report ignored'
    await expect.poll(() => system.logText()).toContain(told)
    expect(system.mails()).toHaveLength(endpoint.kind === 'event' ? 1 : 0)
  })
})

describe('the endpoint of Resend', () => {
  const [, endpoint] = WEBHOOK_ENDPOINTS
  const body = JSON.stringify({ type: 'email.sent', data: {} })

  test('is not there without a secret', async () => {
    const { url } = await startWebRole()
    const { headers } = endpoint.sign({ body, at: now() })
    expect((await post(url, endpoint.path, body, headers)).status).toBe(404)
  })

  test('opens to any of several secrets, and to headers of either name', async () => {
    const secrets = ['one of them for signing', 'another one for signing'].map(
      (word) => `whsec_${Buffer.from(word).toString('base64')}`,
    )
    const { url } = await startWebRole({ RESEND_WEBHOOK_SECRET: secrets.join(',') })
    for (const secret of secrets) {
      const { headers } = endpoint.sign({ body, at: now(), secret })
      const renamed = Object.entries(endpoint.sign({ body, at: now(), secret }).headers).map(
        ([name, value]) => [name.replace('svix-', 'webhook-'), value],
      )
      expect((await post(url, endpoint.path, body, headers)).status).toBe(202)
      expect((await post(url, endpoint.path, body, Object.fromEntries(renamed))).status).toBe(202)
    }
    expect(
      (await post(url, endpoint.path, body, endpoint.sign({ body, at: now() }).headers)).status,
    ).toBe(403)
  })
})
