// The transport of calls to Polar, over real sockets.

import { createServer, type RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { PolarNetworkError, PolarRateLimitError } from '@polar-sh/sdk'
import { createPolarCore, errors } from '@polar-sh/sdk/2026-10'
import { createCustomerSessions } from '@polar-sh/sdk/2026-10/services/customer_sessions'
import { expect, onTestFinished, test } from 'vitest'
import { createTransport } from '../../src/polar/transport.ts'
import { isSettled, stopTime } from '../support/still-time.ts'

/** A server, its connections, and the SDK's call that creates a session there. */
const serve = async (listener: RequestListener) => {
  const sockets: Socket[] = []
  const server = createServer({ keepAliveTimeout: 60_000 }, listener)
  server.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const core = createPolarCore({ accessToken: 'secret', baseUrl: `http://127.0.0.1:${port}` })
  core.sendRequest = createTransport(5000)
  const create = createCustomerSessions(core)
  const ask = (timeout = 5) => create({ customer_id: 'a' }, { timeout })
  return { ask, sockets }
}

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }

test('the request of the SDK arrives, and the answer is read', async () => {
  const asked: unknown[] = []
  const { ask } = await serve((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => {
      body += piece
    })
    request.on('end', () => {
      const { authorization, 'content-type': type, 'polar-version': version } = request.headers
      asked.push([request.method, request.url, authorization, type, version, JSON.parse(body)])
      answer(201, '{"token":"t"}')(request, response)
    })
  })
  expect(await ask()).toEqual({ token: 't' })
  expect(asked).toEqual([
    [
      'POST',
      '/v1/customer-sessions/',
      'Bearer secret',
      'application/json',
      '2026-10',
      { customer_id: 'a' },
    ],
  ])
})

test('a connection is kept for the next request', async () => {
  const { ask, sockets } = await serve(answer(201, '{}'))
  for (let n = 0; n < 5; n++) await ask()
  expect(sockets).toHaveLength(1)
})

test('a request on a broken keep-alive connection is repeated once on a new one', async () => {
  let requests = 0
  const { ask, sockets } = await serve((request, response) => {
    requests++
    if (requests === 2 || requests > 3) request.socket.resetAndDestroy()
    else answer(201, '{}')(request, response)
  })
  await ask()
  await expect(ask()).resolves.toEqual({})
  expect(sockets).toHaveLength(2)
  await expect(ask()).rejects.toThrow(PolarNetworkError)
  expect(requests).toBe(4)
})

test('a request on a new connection that breaks is not repeated', async () => {
  let requests = 0
  const { ask } = await serve((request) => {
    requests++
    request.socket.resetAndDestroy()
  })
  await expect(ask()).rejects.toThrow(PolarNetworkError)
  expect(requests).toBe(1)
})

test.each([
  ['no answer', () => {}],
  ['half an answer', (_, response) => response.writeHead(201).write('{"tok')],
] as [string, RequestListener][])('waits no longer than it may for %s', async (_, listener) => {
  let requests = 0
  const { ask } = await serve((request, response) => {
    listener(request, response)
    requests++
  })
  const time = stopTime()
  const asked = ask(0.2)
  const refused = expect(asked).rejects.toThrow(PolarNetworkError)
  await expect.poll(() => requests).toBe(1)
  await time.pass(199)
  expect(await isSettled(asked)).toBe(false)
  await time.pass(1)
  await refused
})

test('an answer that is cut off, or endless, is an error', async () => {
  const cut = await serve((_, response) => {
    response.writeHead(201, { 'content-length': '100' }).write('{"token":"t"}')
    response.socket?.end()
  })
  await expect(cut.ask()).rejects.toThrow(PolarNetworkError)
  const endless = await serve((_, response) => {
    response.writeHead(201)
    const more = () => response.write('x'.repeat(1 << 20), more)
    more()
  })
  await expect(endless.ask()).rejects.toThrow(/too large/)
})

test('a refusal has the error of the SDK', async () => {
  const limited = await serve(answer(429, '{}', { 'retry-after': '7' }))
  await expect(limited.ask()).rejects.toMatchObject({ retryAfter: 7 })
  await expect(limited.ask()).rejects.toThrow(PolarRateLimitError)
  const refused = await serve(answer(422, '{"detail":[{"loc":["body","customer_id"]}]}'))
  await expect(refused.ask()).rejects.toThrow(errors.HTTPValidationError)
})
