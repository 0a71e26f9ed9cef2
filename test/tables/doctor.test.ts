// Findings of the doctor that no simulated fault shows: what a Redis says of itself, addresses, endpoints, what runs.

import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ofEndpoints } from '../../src/doctor/endpoints.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { ofAnswer, ofPublicUrl } from '../../src/doctor/public-url.ts'
import { reach } from '../../src/doctor/reach.ts'
import type { RedisFacts } from '../../src/doctor/read-redis.ts'
import { ofRedis } from '../../src/doctor/redis.ts'
import { ofRunning, type RunningFacts } from '../../src/doctor/running.ts'
import type { WebhookEndpoint } from '../../src/polar/webhooks.ts'
import type { RunningProcess } from '../../src/processes/store.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { healthRoutes } from '../../src/runtime/health.ts'
import { listen } from '../../src/runtime/server.ts'
import { NEEDED_EVENTS } from '../../src/watch/needed-events.ts'

const namesOf = (findings: readonly Finding[]) => findings.map(({ name }) => name)
const gravity = (findings: readonly Finding[]) => findings.map(({ severity }) => severity)

describe('a Redis', () => {
  const settings = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' }
  const facts = (info: Record<string, string>, change: Partial<RedisFacts> = {}): RedisFacts => ({
    nodes: [{ info: { redis_version: '7.2.4', ...info }, settings }],
    ...{ notWritten: null, ahead: 0, ...change },
  })

  test.each<[string, RedisFacts, string[]]>([
    ['as it should be', facts({}), []],
    ['that is the oldest that will do', facts({ redis_version: '6.2.0' }), []],
    ['that is too old', facts({ redis_version: '6.0.16' }), ['redis_version']],
    ['that says nothing of itself', { ...facts({}), nodes: [{ info: {}, settings }] }, []],
    ['whose last write failed', facts({ aof_last_write_status: 'err' }), ['redis_disk_failing']],
    ['whose snapshot failed', facts({ rdb_last_bgsave_status: 'err' }), ['redis_disk_failing']],
    ['whose disk is well', facts({ aof_last_write_status: 'ok' }), []],
    ['that is full', facts({ used_memory: '81', maxmemory: '100' }), ['redis_nearly_full']],
    ['with room', facts({ used_memory: '79', maxmemory: '100' }), []],
    [
      'without a limit, on a full machine',
      facts({ used_memory: '90', maxmemory: '0', total_system_memory: '100' }),
      ['redis_nearly_full'],
    ],
    ['with a replica', facts({ connected_slaves: '1' }), ['redis_replicas_unused']],
    ['without one', facts({ connected_slaves: '0' }), []],
    ['whose clock is off', facts({}, { ahead: -MINUTE }), ['redis_clock']],
  ])('%s', (_, given, expected) => {
    expect(namesOf(ofRedis(given, { durability: 'checked', replicas: 0 }))).toEqual(expected)
  })

  test('with a replica that Postern waits for is as it should be', () => {
    const given = facts({ connected_slaves: '1' })
    expect(ofRedis(given, { durability: 'checked', replicas: 1 })).toEqual([])
  })

  test('that does not show its settings is a warning where the operator vouches for it', () => {
    const hidden = { appendonly: undefined, appendfsync: undefined, 'maxmemory-policy': undefined }
    const given = { ...facts({}), nodes: [{ info: {}, settings: hidden }] }
    expect(gravity(ofRedis(given, { durability: 'checked', replicas: 0 }))).toEqual(['problem'])
    expect(gravity(ofRedis(given, { durability: 'assumed', replicas: 0 }))).toEqual(['warning'])
  })
})

describe('PUBLIC_URL', () => {
  const of = (publicUrl: string, sender: string, environment: 'production' | 'sandbox') =>
    ofPublicUrl({ publicUrl, sender, environment })

  test.each<[string, string, string[]]>([
    ['https://billing.example.com', 'example.com', []],
    ['https://example.com', 'mail.example.com', []],
    ['https://billing.example.com', 'mail.example.com', []],
    ['https://billing.ab.io', 'ab.io', []],
    ['https://billing.shop.co.uk', 'shop.co.uk', []],
    ['https://billing.shop.co.uk', 'other.co.uk', ['public_url_other_domain']],
    ['https://billing.example.org', 'example.com', ['public_url_other_domain']],
    ['http://203.0.113.7:3000', 'example.com', ['public_url_address']],
    ['https://[2001:db8::1]', 'example.com', ['public_url_address']],
    ['http://localhost:3000', 'example.com', ['public_url_private']],
    ['http://127.0.0.1', 'example.com', ['public_url_private']],
    ['http://192.168.1.7', 'example.com', ['public_url_private']],
    ['http://[::1]:3000', 'example.com', ['public_url_private']],
    ['http://postern.internal', 'example.com', ['public_url_private']],
  ])('%s, with mail from %s', (publicUrl, sender, expected) => {
    expect(namesOf(of(publicUrl, sender, 'production'))).toEqual(expected)
  })

  test("that nobody outside reaches is only a warning in Polar's sandbox", () => {
    expect(gravity(of('http://localhost', 'example.com', 'production'))).toEqual(['problem'])
    expect(gravity(of('http://localhost', 'example.com', 'sandbox'))).toEqual(['warning'])
  })
})

describe('a request to PUBLIC_URL', () => {
  test('follows no redirect, and says where it leads and who answers', async () => {
    const app = new Hono()
      .route('/', healthRoutes({}))
      .get('/moved', (c) => c.redirect('https://example.com/', 301))
      .get('/strange', (c) => c.text('It works!'))
    const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
    onTestFinished(server.close)
    const asked = async (path: string) => {
      const reached = await reach(`http://127.0.0.1:${server.port}${path}`)
      return [reached, namesOf(ofAnswer('https://billing.example.com', reached))]
    }
    expect(await asked('/healthz')).toEqual([expect.objectContaining({ status: 200 }), []])
    expect(await asked('/moved')).toEqual([
      expect.objectContaining({ status: 301, location: 'https://example.com/' }),
      ['public_url_redirects'],
    ])
    expect((await asked('/strange'))[1]).toEqual(['public_url_other_service'])
    expect(await reach('http://127.0.0.1:1/healthz')).toEqual({ failed: expect.any(String) })
  })
})

describe('an endpoint at Polar', () => {
  const OURS = { url: 'https://billing.example.com/webhooks/polar', secrets: ['whsec_b25l'] }
  const endpoint = (change: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
    ...{ id: 'one', url: OURS.url, isEnabled: true, secret: 'whsec_b25l' },
    ...{ eventTypes: NEEDED_EVENTS, apiVersion: '2026-10', format: 'raw', ...change },
  })
  const elsewhere = (change: Partial<WebhookEndpoint> = {}) =>
    endpoint({ url: 'https://elsewhere.example.com/hook', secret: 'whsec_b3RoZXI=', ...change })

  test.each<[string, WebhookEndpoint[], string[]]>([
    ['as it should be', [endpoint(), elsewhere()], []],
    ['behind a proxy', [endpoint({ url: 'https://tunnel.example.net/webhooks/polar/' })], []],
    ['twice', [endpoint(), endpoint({ url: `${OURS.url}/` })], ['endpoint_twice']],
    ['twice, once disabled', [endpoint(), endpoint({ isEnabled: false })], []],
    ['by our secret at another path', [elsewhere({ secret: 'whsec_b25l' })], ['endpoint_url']],
    ['with a hidden secret, perhaps', [elsewhere({ secret: null })], ['endpoint_missing']],
    ['whose version is hidden', [endpoint({ apiVersion: null })], []],
  ])('%s', (_, endpoints, expected) => {
    expect(namesOf(ofEndpoints(endpoints, OURS))).toEqual(expected)
  })
})

describe('what runs', () => {
  const now = Date.parse('2026-12-01T12:00:00Z')
  const process = (change: Partial<RunningProcess> = {}): RunningProcess => ({
    ...{ id: 'one', role: 'all', mode: 'live', version: '1.0.0', startedAt: now, beatAt: now },
    ...change,
  })
  const facts: RunningFacts = {
    ...{ liveSince: now - MINUTE, running: [process()], lastAlive: now, isSilent: false },
    ...{ pause: null, held: 0, proxy: null },
  }
  const LIVE = { sendMode: 'live', liveSince: undefined } as const

  test.each<[string, Partial<RunningFacts>, string[]]>([
    ['as it should be', {}, []],
    ['not yet', { liveSince: null, running: [], lastAlive: null }, []],
    ['no more', { running: [] }, ['worker_missing']],
    ['a web role alone', { running: [process({ role: 'web' })] }, ['worker_missing']],
    ['a worker in another mode', { running: [process({ mode: 'shadow' })] }, ['worker_mode']],
    [
      'a web role in another mode, which sends nothing',
      { running: [process({ role: 'web', mode: 'hold' }), process({ role: 'worker' })] },
      [],
    ],
    [
      'workers in two modes',
      { running: [process(), process({ mode: 'shadow' })] },
      ['processes_differ'],
    ],
    [
      'processes of two versions',
      { running: [process(), process({ role: 'web', version: '1.1.0' })] },
      ['processes_differ'],
    ],
    ['a rate limit for a moment', { pause: { until: now + 1, because: 'rate_limit' } }, []],
    ['a used quota', { pause: { until: now + 1, because: 'quota' } }, ['mail_paused']],
    ['held messages', { held: 2 }, ['messages_held']],
    ['a silence', { isSilent: true }, ['silence']],
    ['mail that a start holds', { pause: { held: 'setting' } }, ['mail_held']],
  ])('%s', (_, change, expected) => {
    expect(namesOf(ofRunning({ ...facts, ...change }, LIVE, now))).toEqual(expected)
  })

  test('two modes are a problem, and two versions a warning that names them', () => {
    const differing = (change: Partial<RunningProcess>) =>
      ofRunning({ ...facts, running: [process(), process(change)] }, LIVE, now)
    expect(differing({ mode: 'hold' })).toMatchObject([
      { severity: 'problem', says: expect.stringContaining('hold and live') },
    ])
    expect(differing({ version: '1.1.0' })).toMatchObject([
      { severity: 'warning', says: expect.stringContaining('1.0.0 and 1.1.0') },
    ])
  })

  test('mail that SEND_MODE holds is meant', () => {
    const running = [process({ mode: 'hold' })]
    const held: RunningFacts = { ...facts, running, pause: { held: 'setting' } }
    expect(ofRunning(held, { ...LIVE, sendMode: 'hold' }, now)).toEqual([])
  })
})
