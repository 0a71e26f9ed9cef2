// Bodies of webhooks that nobody has verified: how much of them is in hand, and for how long.

import { Hono } from 'hono'
import { describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { listen } from '../../src/runtime/server.ts'
import { SECRETS } from '../../src/sandbox/system.ts'
import { createBodies } from '../../src/webhooks/body.ts'
import { createMonitor } from '../../src/webhooks/monitor.ts'
import { webhookRoutes } from '../../src/webhooks/routes.ts'
import { createVerifier } from '../../src/webhooks/signature.ts'
import { openConnection, requestText } from '../support/raw-http.ts'
import { WEBHOOK_ENDPOINTS } from '../support/webhook-endpoints.ts'

const KIB = 1024
const [polar] = WEBHOOK_ENDPOINTS
const clock = systemClock
const log = createLog('silent')

/** An endpoint that stores in memory. */
const startEndpoint = async (bounds: Parameters<typeof createBodies>[0]) => {
  const bodies = createBodies(bounds)
  const stored: string[] = []
  const monitor = createMonitor({
    ...{ endpoint: 'polar', secrets: 1, notify: () => {}, clock, log },
    origin: { sender: 'Polar', setting: 'POLAR_WEBHOOK_SECRET' },
  })
  const endpoint = {
    ...({ path: polar.path, takes: 'event', headers: ['webhook'], monitor } as const),
    verifier: createVerifier([SECRETS.polarWebhook], clock),
    add: async (_id: string, body: Uint8Array) => stored.push(Buffer.from(body).toString()) > 0,
  }
  const app = new Hono().route('/', webhookRoutes([endpoint], { clock, log, bodies }))
  const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close())
  return { url: `http://127.0.0.1:${server.port}`, bodies, stored, monitor }
}

const LINE = `POST ${polar.path} HTTP/1.1`

/** A connection on which so many bytes of a longer body are sent, and then no more. */
const stall = (url: string, bytes: number) => {
  const connection = openConnection(url)
  const body = 'x'.repeat(bytes)
  const { headers } = polar.sign({ body, at: clock.now() })
  const length = { Host: 'localhost', 'Content-Length': `${1000 * KIB}` }
  connection.send(requestText(LINE, { ...length, ...headers }, body))
  return connection
}

const sendWhole = async (url: string, body: string) => {
  const { headers } = polar.sign({ body, at: clock.now() })
  return (await fetch(`${url}${polar.path}`, { method: 'POST', headers, body })).status
}

describe('bodies in hand', () => {
  test('are bounded all together: the largest is answered 503, and a webhook gets through meanwhile', async () => {
    const { url, bodies, stored, monitor } = await startEndpoint({ together: 1000 * KIB })
    const small = stall(url, 10 * KIB)
    const large = Array.from({ length: 12 }, () => stall(url, 200 * KIB))
    await expect.poll(() => monitor.outcomes().no_room).toBeGreaterThan(6)
    await expect.poll(() => large.filter(({ isClosed }) => isClosed()).length).toBeGreaterThan(6)
    for (const { received } of large.filter(({ isClosed }) => isClosed()))
      expect(received()).toMatch(/^HTTP\/1\.1 503 [\s\S]+retry-after: \d/i)
    expect(bodies.bytesInHand()).toBeLessThanOrEqual(1000 * KIB)
    expect(await sendWhole(url, '{}')).toBe(202)
    expect(stored).toEqual(['{}'])
    expect(small.received()).toBe('')
  })

  test('are given back, whatever becomes of them', async () => {
    const { url, bodies, monitor } = await startEndpoint({})
    const cut = stall(url, 100)
    await expect.poll(() => bodies.bytesInHand()).toBeGreaterThanOrEqual(100)
    await cut.breakOff()
    await expect.poll(() => monitor.outcomes().cut_off).toBe(1)
    expect(await sendWhole(url, '{}')).toBe(202)
    expect(bodies.bytesInHand()).toBe(0)
  })

  test('count for more in many chunks, which take more memory', async () => {
    const { url, bodies } = await startEndpoint({})
    const connection = openConnection(url)
    const { headers } = polar.sign({ body: '', at: clock.now() })
    const chunked = { Host: 'localhost', ...headers, 'Transfer-Encoding': 'chunked' }
    connection.send(requestText(LINE, chunked, '1\r\nx\r\n'.repeat(1000)))
    await expect.poll(() => bodies.bytesInHand()).toBeGreaterThan(100 * KIB)
  })

  test('end with 408 and a closed connection where they do not arrive in time', async () => {
    const { url, bodies, monitor } = await startEndpoint({ patience: 20 })
    const connection = stall(url, 100)
    await connection.closed
    expect(connection.received()).toMatch(/^HTTP\/1\.1 408 /)
    expect(monitor.outcomes().too_slow).toBe(1)
    expect(bodies.bytesInHand()).toBe(0)
  })
})
