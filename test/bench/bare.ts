// The limit of one Node process, by node:http and nothing else. A webhook takes one HMAC and one durable write to Redis; a click
// takes one durable write, one session from Polar and a redirect to its portal.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { Agent, request as ask, createServer, type IncomingMessage } from 'node:http'
import { Redis } from 'ioredis'

const {
  REDIS_URL = '',
  POLAR_WEBHOOK_SECRET = '',
  POLAR_BASE_URL = '',
  POLAR_ACCESS_TOKEN = '',
  PORT,
} = process.env

// Like Postern's: the commands of one tick go together.
const redis = new Redis(REDIS_URL, { enableAutoPipelining: true })

const bodyOf = (request: IncomingMessage) =>
  new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })

const agent = new Agent({ keepAlive: true })

const SESSION = {
  method: 'POST',
  agent,
  headers: { authorization: `Bearer ${POLAR_ACCESS_TOKEN}`, 'content-type': 'application/json' },
}

/** @returns the URL of the portal, signed in. */
const session = (customer: string) =>
  new Promise<string>((resolve, reject) => {
    const sent = ask(`${POLAR_BASE_URL}/v1/customer-sessions/`, SESSION, (answer) => {
      bodyOf(answer).then((body) => resolve(JSON.parse(`${body}`).customer_portal_url), reject)
    })
    sent.on('error', reject)
    sent.end(JSON.stringify({ customer_id: customer }))
  })

type Answer = { status: number; headers?: Record<string, string> }

const click = async (customer: string): Promise<Answer> => {
  await redis.incr(`bare:clicks:${customer}`)
  return { status: 302, headers: { location: await session(customer) } }
}

const webhook = async (request: IncomingMessage): Promise<Answer> => {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given } = request.headers
  const body = await bodyOf(request)
  const hmac = createHmac('sha256', POLAR_WEBHOOK_SECRET).update(`${id}.${at}.`).update(body)
  const expected = Buffer.from(`v1,${hmac.digest('base64')}`)
  const claimed = Buffer.from(`${given}`)
  if (claimed.length !== expected.length || !timingSafeEqual(claimed, expected))
    return { status: 403 }
  await redis.set(`bare:${id}`, body, 'NX')
  return { status: 202 }
}

const answerTo = async (request: IncomingMessage): Promise<Answer> => {
  if (request.method === 'POST') return webhook(request)
  const [, customer] = /^\/portal\?customer=([\w-]+)/.exec(request.url ?? '') ?? []
  return customer ? click(customer) : { status: 200 }
}

createServer((request, response) => {
  answerTo(request).then(
    ({ status, headers }) =>
      response.writeHead(status, { 'content-length': 2, ...headers }).end('{}'),
    () => response.writeHead(503, { 'content-length': 2 }).end('{}'),
  )
}).listen(Number(PORT), '127.0.0.1')
