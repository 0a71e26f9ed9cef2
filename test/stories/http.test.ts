// Requests as health checks, proxies and load balancers send them.

import { describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/runtime/server.ts'
import { exchange, openConnection, requestText } from '../support/raw-http.ts'
import { shareWebRole } from '../support/shared-system.ts'
import { startWebRole } from '../support/web-role.ts'

const TOKEN = 'a-token-of-prometheus'
const API_TOKEN = 'a-token-of-the-backend-0123456789'

/** Public routes with the status of their answers. */
const ROUTES: [string, number][] = [
  ['/healthz', 200],
  ['/readyz', 200],
  ['/metrics', 200],
  ['/portal', 302],
  ['/l/forged', 404],
  ['/api/links/link_unknown/clicks', 401],
]

const HOSTS: [string, string, Record<string, string>][] = [
  ['over HTTP/1.0 without Host', 'HTTP/1.0', {}],
  ['over HTTP/1.1 without Host', 'HTTP/1.1', {}],
  ['with an empty Host', 'HTTP/1.1', { Host: '' }],
  ['with a Host that no URL can have', 'HTTP/1.1', { Host: 'two words' }],
  ['with a Host that a proxy forgot to fill in', 'HTTP/1.1', { Host: '$host' }],
  ['with an address in octal as Host', 'HTTP/1.1', { Host: '010.0.0.1' }],
  ['with a port that is none', 'HTTP/1.1', { Host: 'billing.acme.example.com:99999' }],
]

const shared = shareWebRole({ METRICS_TOKEN: TOKEN, API_TOKEN: API_TOKEN })

describe('a request', () => {
  test.each(HOSTS)('%s is answered by every route', async (_, version, host) => {
    const { url } = shared()
    for (const [path, status] of ROUTES) {
      const headers = {
        ...host,
        Connection: 'close',
        ...(path === '/metrics' && { Authorization: `Bearer ${TOKEN}` }),
      }
      const answer = await exchange(url, requestText(`GET ${path} ${version}`, headers))
      expect([path, answer.status]).toEqual([path, status])
    }
  })

  test.each(['/healthz', '/readyz', '/metrics', '/portal', '/l/forged'])(
    'for %s is answered the same with slashes around its path',
    async (path) => {
      const { url } = shared()
      const headers = { Host: 'localhost', Connection: 'close', Authorization: `Bearer ${TOKEN}` }
      const statusOf = async (asked: string) =>
        (await exchange(url, requestText(`GET ${asked} HTTP/1.1`, headers))).status
      const expected = await statusOf(path)
      expect(expected).not.toBe(400)
      for (const asked of [
        `${path}/`,
        `${path}//`,
        `//${path.slice(1)}`,
        `///${path.slice(1)}/?a=/`,
      ])
        expect([asked, await statusOf(asked)]).toEqual([asked, expected])
    },
  )
})

describe('a health probe', () => {
  test.each([
    'GET /healthz HTTP/1.0',
    'HEAD /healthz HTTP/1.0',
    'HEAD /healthz/ HTTP/1.0',
    'HEAD /readyz HTTP/1.0',
    'OPTIONS /healthz HTTP/1.0',
    'OPTIONS /readyz/ HTTP/1.0',
    'OPTIONS / HTTP/1.0',
    'OPTIONS * HTTP/1.0',
  ])('is answered with 200: %s', async (line) => {
    const { url } = shared()
    expect((await exchange(url, requestText(line))).status).toBe(200)
  })

  test('by OPTIONS gets 503 while Redis is down, as one by GET does', async () => {
    const { url, closeRedis } = await startWebRole()
    await closeRedis()
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect((await exchange(url, requestText(`${method} /readyz HTTP/1.0`))).status).toBe(503)
    expect((await exchange(url, requestText('OPTIONS / HTTP/1.0'))).status).toBe(200)
  })
})

describe('a client that is slow', () => {
  const start = async () => {
    const times = { headersTimeout: 20, requestTimeout: 40, connectionsCheckingInterval: 10 }
    const address = { host: '127.0.0.1', port: 0 }
    const read = async (request: Request) => new Response(await request.text())
    const server = await listen(read, address, times)
    onTestFinished(() => server.close())
    return openConnection(`http://127.0.0.1:${server.port}`)
  }

  test.each([
    ['with its headers', 'POST / HTTP/1.1\r\nHost: localhost\r\n'],
    ['with its body', requestText('POST / HTTP/1.1', { 'Content-Length': '10' }, 'half')],
  ])('%s is answered 408 and disconnected', async (_, text) => {
    const connection = await start()
    connection.send(text)
    await connection.closed
    expect(connection.received()).toMatch(/^HTTP\/1\.1 408 /)
  })
})

test('a body that its client cuts off is not logged as an error on any route', async () => {
  const web = shared()
  const before = web.logs().length
  const headers = {
    ...{ Host: 'localhost', Authorization: `Bearer ${API_TOKEN}` },
    'Transfer-Encoding': 'chunked',
  }
  const cutOff = async () => {
    const connection = openConnection(web.url)
    connection.send(requestText('POST /api/links HTTP/1.1', headers, '5\r\n{"a":'))
    await connection.breakOff()
    return web
      .logs()
      .slice(before)
      .map(({ msg }) => msg)
  }
  // A body that ends before the route reads it is simply empty, so some bytes are sent first.
  await expect.poll(cutOff).toContain('request cut off by its client')
  expect(
    web
      .logs()
      .slice(before)
      .filter(({ level }) => Number(level) >= 40),
  ).toEqual([])
})

test('an idle connection is kept open for longer than proxies keep theirs', async () => {
  const { url } = shared()
  const answer = await fetch(`${url}/healthz`)
  expect(answer.headers.get('keep-alive')).toBe('timeout=65')
})
