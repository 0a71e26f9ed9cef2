// The lean Polar's process. It answers POST /v1/customer-sessions/ after a delay, as the full simulator does, or fails on command,
// and counts the calls.

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '../../../src/runtime/clock.ts'
import { createStamp } from '../../../src/sandbox/polar/instants.ts'
import { customer } from '../../../src/sandbox/polar/shapes/customer.ts'
import { addressOf } from './customers.ts'
import type { Command, State } from './start.ts'

const HOUR = 3_600_000

/** Callers decide when to close their connections. */
const KEEP = HOUR

const stamp = createStamp(systemClock)
const template = customer(stamp, '3ceaaf30-8142-48ea-91d9-3080f9b439fc', {
  avatar_url: 'https://www.gravatar.com/avatar/6f1d0a2c', // the peer's SDK wants one
})

let command: Command = { trouble: null, answerAfter: 0 }
let calls = 0

const respond = (response: ServerResponse, status: number, body: object, headers: object = {}) => {
  const text = JSON.stringify(body)
  const length = Buffer.byteLength(text)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': length,
    ...headers,
  })
  response.end(text)
}

const session = (customerId: string) => {
  const email = addressOf(customerId)
  const token = `polar_mst_${randomBytes(24).toString('base64url')}`
  const now = Date.now()
  const query = new URLSearchParams({ customer_session_token: token, email })
  return {
    id: crypto.randomUUID(),
    created_at: new Date(now).toISOString(),
    modified_at: null,
    token,
    expires_at: new Date(now + HOUR).toISOString(),
    return_url: null,
    customer_portal_url: `https://polar.example.com/larkspur/portal?${query}`,
    customer_id: customerId,
    customer: { ...template, id: customerId, email },
  }
}

/** A refusal about an unknown field. */
const UNFORESEEN = {
  error: 'PolarRequestValidationError',
  detail: [{ loc: ['body', 'not_heard_of'], msg: 'Not so.', type: 'value_error', input: null }],
}

const answer = (request: IncomingMessage, response: ServerResponse, body: string) => {
  switch (command.trouble) {
    case null: {
      const { customer_id } = JSON.parse(body) as { customer_id: string }
      setTimeout(() => respond(response, 201, session(customer_id)), command.answerAfter)
      return
    }
    case '429':
      return respond(response, 429, { error: 'RateLimitExceeded' }, { 'retry-after': '30' })
    case '500':
      return respond(response, 500, { error: 'InternalServerError' })
    case '422':
      return respond(response, 422, UNFORESEEN)
    case 'reset':
      request.socket.destroy()
      return
    case 'hang':
      return
    default:
      command.trouble satisfies never
  }
}

const server = createServer({ keepAliveTimeout: KEEP }, (request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    body += chunk
  })
  request.on('end', () => {
    // A start checks its account, and a worker the webhook endpoint, which nobody has clicked for.
    if (!/^\/v1\/(?:organizations|webhooks)\//.test(request.url ?? '')) calls += 1
    if (request.method === 'POST' && request.url === '/v1/customer-sessions/')
      answer(request, response, body)
    else respond(response, 404, { error: 'ResourceNotFound', detail: 'Not found' })
  })
})

server.listen(0, '127.0.0.1', () => {
  process.on('message', (received: Command) => {
    command = received
    process.send?.({ port: (server.address() as AddressInfo).port, calls } satisfies State)
  })
})
process.on('disconnect', () => process.exit()) // the bench has ended
