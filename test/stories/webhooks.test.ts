// Requests that are no webhook for us: refused early, cheaply, and with a reason that an operator can act on.

import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { PASSWORD, signedIn } from '../support/operator.ts'
import { exchange, openConnection, requestText } from '../support/raw-http.ts'
import { startReceiver } from '../support/receiver.ts'
import { shareWebRole } from '../support/shared-system.ts'
import { startWebRole, type WebRole } from '../support/web-role.ts'
import {
  type Signing,
  WEBHOOK_ENDPOINTS,
  type WebhookEndpoint,
} from '../support/webhook-endpoints.ts'

const METRICS = 'a-token-of-prometheus'
const BODY = JSON.stringify({ type: 'nobody.knows', data: {} })
const MIB = 1024 * 1024

const STRAY_PATHS = [
  '/webhook/polar',
  '/',
  '/api/webhooks/polar',
  '/polar',
  '/webhooks',
  '/Webhooks/Polar',
]

const SETTINGS = { RESEND_WEBHOOK_SECRET: SECRETS.resendWebhook, METRICS_TOKEN: METRICS }

const start = (environment: Record<string, string> = {}) =>
  startWebRole({ ...SETTINGS, ...environment })

const signed = (web: WebRole, endpoint: WebhookEndpoint, change: Partial<Signing> = {}) =>
  endpoint.sign({ body: BODY, at: web.clock.now(), ...change }).headers

const post = async (
  web: WebRole,
  path: string,
  headers: Record<string, string>,
  body: string = BODY,
) => (await visit(`${web.url}${path}`, { method: 'POST', headers, body })).status

const metric = async (web: WebRole, name: string) => {
  const headers = { authorization: `Bearer ${METRICS}` }
  const { body } = await visit(`${web.url}/metrics`, { headers })
  const line = body.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

const outcome = (web: WebRole, endpoint: WebhookEndpoint, name: string) =>
  metric(
    web,
    `postern_webhooks_total{endpoint="${endpoint.path.slice('/webhooks/'.length)}",outcome="${name}"}`,
  )

const warnings = (web: WebRole) =>
  web
    .logs()
    .filter(({ level }) => Number(level) >= 40)
    .map(({ msg, ...rest }) => ({ msg: String(msg), ...rest }) as Record<string, unknown>)

describe.each(WEBHOOK_ENDPOINTS)('the endpoint $path', (endpoint) => {
  const provider = endpoint.path.slice('/webhooks/'.length)
  /** For tests that neither move its clock nor count what is the same in others. */
  const shared = shareWebRole(SETTINGS)

  test('takes webhooks with slashes around its path', async () => {
    const web = shared()
    for (const path of [
      `${endpoint.path}/`,
      `${endpoint.path}//`,
      `/${endpoint.path}`,
      `//${endpoint.path}/`,
    ])
      expect([path, await post(web, path, signed(web, endpoint))]).toEqual([path, 202])
  })

  test('refuses what is not signed before any of its body has come, and closes the connection', async () => {
    const web = shared()
    const good = signed(web, endpoint)
    const off = signed(web, endpoint, { at: web.clock.now() - 15 * MINUTE })
    const { [`${endpoint.prefix}-id`]: _, ...withoutId } = good
    const rejected: Record<string, string>[] = [
      {},
      withoutId,
      { ...good, [`${endpoint.prefix}-timestamp`]: 'soon' },
      { ...good, [`${endpoint.prefix}-signature`]: 'v1,AAAA' },
    ]
    await post(web, endpoint.path, off) // uses up this second's look at one of another time
    for (const headers of [...rejected, off]) {
      const connection = openConnection(web.url)
      const length = { Host: 'localhost', 'Content-Length': '1000' }
      connection.send(requestText(`POST ${endpoint.path} HTTP/1.1`, { ...length, ...headers }))
      await connection.closed
      expect(connection.received()).toMatch(/^HTTP\/1\.1 403 /)
    }
  })

  test('lets a client that sends all of a refused body have its answer, and go on', async () => {
    const web = shared()
    const connection = openConnection(web.url)
    const body = 'x'.repeat(MIB)
    const headers = { Host: 'localhost', 'Content-Length': `${MIB}` }
    connection.send(requestText(`POST ${endpoint.path} HTTP/1.1`, headers, body))
    connection.send(
      requestText('GET /healthz HTTP/1.1', { Host: 'localhost', Connection: 'close' }),
    )
    await connection.closed
    expect(connection.received()).toMatch(/^HTTP\/1\.1 403 [\s\S]+HTTP\/1\.1 200 [\s\S]+alive/)
  })

  test('refuses more than a mebibyte, declared or in chunks, signed or declared by anybody', async () => {
    const web = shared()
    const big = 'x'.repeat(MIB + 1)
    const { headers } = endpoint.sign({ body: big, at: web.clock.now() })
    const close = { Host: 'localhost', Connection: 'close' }
    const line = `POST ${endpoint.path} HTTP/1.1`
    const chunked = { ...close, ...headers, 'Transfer-Encoding': 'chunked' }
    const chunks = `${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`
    const declared = { ...close, 'Content-Length': `${big.length}` }
    for (const text of [
      requestText(line, { ...declared, ...headers }, big),
      requestText(line, declared),
      requestText(line, chunked, chunks),
    ])
      expect((await exchange(web.url, text)).status).toBe(413)
    expect(await outcome(web, endpoint, 'too_large')).toBe(3)
  })

  test('stores one that comes in chunks, as it came', async () => {
    const web = shared()
    const headers = {
      Connection: 'close',
      ...signed(web, endpoint),
      'Transfer-Encoding': 'chunked',
    }
    const chunks = [...BODY].map((letter) => `1\r\n${letter}\r\n`).join('')
    const line = `POST ${endpoint.path} HTTP/1.1`
    const { status } = await exchange(web.url, requestText(line, headers, `${chunks}0\r\n\r\n`))
    expect(status).toBe(202)
  })

  test('makes no error of a body that its sender cuts off', async () => {
    const web = shared()
    const before = warnings(web)
    const logged = web.logText().length
    const connection = openConnection(web.url)
    const headers = { Host: 'localhost', ...signed(web, endpoint), 'Content-Length': '1000' }
    connection.send(requestText(`POST ${endpoint.path} HTTP/1.1`, headers, 'half of it'))
    await connection.breakOff()
    await expect.poll(() => outcome(web, endpoint, 'cut_off')).toBe(1)
    expect(warnings(web)).toEqual(before)
    expect(web.logText().slice(logged)).not.toContain('stack')
  })

  test('counts refusals by cause, and logs each cause once a minute, with the setting to look at', async () => {
    const web = await start()
    const wrong = signed(web, endpoint, { secret: 'whsec_YW5vdGhlcg==' })
    for (let time = 0; time < 5; time++) {
      await post(web, endpoint.path, {})
      await post(web, endpoint.path, wrong)
    }
    const setting = endpoint.kind === 'event' ? 'POLAR_WEBHOOK_SECRET' : 'RESEND_WEBHOOK_SECRET'
    expect(warnings(web)).toMatchObject([
      { endpoint: provider, cause: 'no_signature' },
      { endpoint: provider, cause: 'wrong_secret', msg: expect.stringContaining(setting) },
    ])
    web.clock.advance(MINUTE)
    await post(web, endpoint.path, {})
    const unsigned = warnings(web).filter(({ cause }) => cause === 'no_signature')
    expect(unsigned).toMatchObject([
      { endpoint: provider, count: 1 },
      { endpoint: provider, count: 5 },
    ])
    expect(await outcome(web, endpoint, 'no_signature')).toBe(6)
    expect(await outcome(web, endpoint, 'wrong_secret')).toBe(5)
    expect(await outcome(web, endpoint, 'stored')).toBe(0)
  })

  test.each([15, -15])(
    'says by how much the clocks are apart where one is genuine: %i minutes',
    async (minutes) => {
      const receiver = await startReceiver()
      const web = await start({ ALERT_WEBHOOK_URL: receiver.url })
      for (let time = 0; time < 3; time++) {
        const headers = signed(web, endpoint, { at: web.clock.now() + minutes * MINUTE })
        expect(await post(web, endpoint.path, headers)).toBe(403)
        web.clock.advance(SECOND)
      }
      expect(warnings(web)).toMatchObject([
        {
          endpoint: provider,
          cause: 'timestamp',
          msg: expect.stringContaining('15 minutes apart'),
        },
      ])
      expect(await receiver.post(1)).toMatchObject({
        event: 'webhook_clock',
        endpoint: provider,
        minutes: 15,
      })
      expect(await outcome(web, endpoint, 'timestamp')).toBe(3)
      expect(receiver.posts).toHaveLength(1)
    },
  )

  test('reads at most one body a second of those that come from another time', async () => {
    const web = await start()
    const at = web.clock.now() - 15 * MINUTE
    const line = `POST ${endpoint.path} HTTP/1.1`
    const withBody = () => exchange(web.url, requestText(line, headersOf(at), BODY))
    const headersOf = (signedAt: number) => ({
      ...{ Host: 'localhost', Connection: 'close', 'Content-Length': `${BODY.length}` },
      ...signed(web, endpoint, { at: signedAt, secret: 'whsec_YW5vdGhlcg==' }),
    })
    for (let time = 0; time < 3; time++) expect((await withBody()).status).toBe(403)
    expect(await outcome(web, endpoint, 'timestamp')).toBe(2) // the one that was read fits no secret
    expect(await outcome(web, endpoint, 'wrong_secret')).toBe(1)
    web.clock.advance(SECOND)
    await withBody()
    expect(await outcome(web, endpoint, 'wrong_secret')).toBe(2)
  })

  test('is an alert once refusals last ten minutes, and once more when it is over', async () => {
    const receiver = await startReceiver()
    const web = await start({ ALERT_WEBHOOK_URL: receiver.url })
    const wrong = () => signed(web, endpoint, { secret: 'whsec_YW5vdGhlcg==' })
    for (let minute = 0; minute < 15; minute++) {
      await post(web, endpoint.path, wrong())
      web.clock.advance(MINUTE)
    }
    expect(await receiver.post(1)).toMatchObject({
      ...{ event: 'webhooks_refused', endpoint: provider, because: 'wrong_secret' },
    })
    for (let time = 0; time < 2; time++)
      expect(await post(web, endpoint.path, signed(web, endpoint))).toBe(202)
    expect(await receiver.post(2)).toMatchObject({
      event: 'webhooks_verified_again',
      endpoint: provider,
    })
    expect(receiver.posts).toHaveLength(2)
    const name = `postern_webhook_bad_minutes_total{endpoint="${provider}",trouble="refused"}`
    expect(await metric(web, name)).toBe(15)
  })

  test('tells when each of several secrets last verified, and logs its place once an hour', async () => {
    const [old, next] = ['old', 'new'].map(
      (word) => `whsec_${btoa(`the ${word} one of two secrets`)}`,
    )
    if (!old || !next) throw new Error('two secrets')
    const secrets = `${next},${old}`
    const setting = `${provider.toUpperCase()}_WEBHOOK_SECRET`
    const web = await start({ [setting]: secrets, CONSOLE_PASSWORD: PASSWORD })
    const operator = await signedIn({ postern: web.url })
    const card = new RegExp(` ${setting} (Secret 1 .*?) The last webhook by each secret`)
    const shown = async () => card.exec(await operator.text('/console'))?.[1]
    const [first, second] = [1, 2].map((n) => `Secret ${n} of 2`)
    const place = (index: number) =>
      metric(
        web,
        `postern_webhook_secret_last_verified_seconds{endpoint="${provider}",secret="${index}"}`,
      )
    const before = web.clock.now() / SECOND
    for (let time = 0; time < 3; time++)
      await post(web, endpoint.path, signed(web, endpoint, { secret: old }))
    expect(await place(1)).toBe(0)
    expect(await place(2)).toBeGreaterThanOrEqual(before)
    expect(await shown()).toMatch(new RegExp(`^${first} none yet ${second} 2\\S+ \\S+ UTC$`))
    await post(web, endpoint.path, signed(web, endpoint, { secret: next }))
    expect(await place(1)).toBeGreaterThanOrEqual(before)
    const lines = () => web.logs().filter(({ msg }) => String(msg).startsWith('webhook verified'))
    const words = (nth: string) => `webhook verified by the ${nth} of 2 secrets`
    expect(lines().map(({ msg }) => msg)).toEqual([words('2nd'), words('1st')])
    web.clock.advance(61 * MINUTE)
    await post(web, endpoint.path, signed(web, endpoint, { secret: old }))
    expect(lines()).toHaveLength(3)
    expect(web.logText()).not.toContain('whsec_')
  })
})

describe('webhooks that cannot be stored', () => {
  const [endpoint] = WEBHOOK_ENDPOINTS

  test('are counted, and an alert when that lasts ten minutes', async () => {
    const receiver = await startReceiver()
    const web = await start({ ALERT_WEBHOOK_URL: receiver.url })
    await web.closeRedis()
    for (let minute = 0; minute < 13; minute++) {
      expect(await post(web, endpoint.path, signed(web, endpoint))).toBe(503)
      web.clock.advance(MINUTE)
    }
    // Beside the alert of Redis itself.
    const notStored = () => receiver.posts.filter(({ event }) => event === 'webhooks_not_stored')
    await expect.poll(notStored).toEqual([expect.objectContaining({ endpoint: 'polar' })])
    expect(await outcome(web, endpoint, 'not_stored')).toBe(13)
  })
})

describe('a webhook at a path that is no endpoint', () => {
  test('leaves a line that says where it should go', async () => {
    const web = await start({ API_TOKEN: 'a-token-of-the-backend-0123456789' })
    for (const endpoint of WEBHOOK_ENDPOINTS)
      for (const path of STRAY_PATHS) {
        const before = warnings(web).length
        expect(await post(web, path, signed(web, endpoint))).toBeGreaterThanOrEqual(400)
        expect(warnings(web).slice(before)).toContainEqual(
          expect.objectContaining({
            ...{ path, count: 1, msg: expect.stringContaining(endpoint.path) },
          }),
        )
        web.clock.advance(MINUTE)
      }
  })

  test('is logged where it is signed, once a minute, and only with a path that can be nothing else', async () => {
    const web = await start()
    const [endpoint] = WEBHOOK_ENDPOINTS
    const strays = () => web.logs().filter(({ msg }) => String(msg).startsWith('webhook posted'))
    expect(await post(web, '/polar', {})).toBe(404)
    expect(strays()).toEqual([])
    for (const path of ['/polar', '/other', '/ann@example.com'])
      await post(web, path, signed(web, endpoint))
    expect(strays()).toMatchObject([{ path: '/polar', count: 1 }])
    web.clock.advance(MINUTE)
    await post(web, '/ann@example.com', signed(web, endpoint))
    expect(strays()).toMatchObject([{ path: '/polar' }, { count: 3 }])
    expect(web.logText()).not.toContain('ann@example.com')
  })

  test('names the setting that is missing where Resend has an endpoint and Postern none', async () => {
    const web = await startWebRole()
    const [, endpoint] = WEBHOOK_ENDPOINTS
    expect(await post(web, endpoint.path, signed(web, endpoint))).toBe(404)
    expect(warnings(web)).toMatchObject([
      { path: endpoint.path, msg: expect.stringContaining('RESEND_WEBHOOK_SECRET') },
    ])
  })
})
