// The limit of a webhook endpoint in one Node process: node:http, one HMAC, one durable write to Redis, and nothing else.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { Redis } from 'ioredis'

const { REDIS_URL = '', POLAR_WEBHOOK_SECRET = '', PORT } = process.env

// Like Postern's: the commands of one tick go together.
const redis = new Redis(REDIS_URL, { enableAutoPipelining: true })

const bodyOf = (request: IncomingMessage) =>
  new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })

/** @returns the status of the answer. */
const take = async (request: IncomingMessage): Promise<number> => {
  if (request.method === 'GET') return 200
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given } = request.headers
  const body = await bodyOf(request)
  const hmac = createHmac('sha256', POLAR_WEBHOOK_SECRET).update(`${id}.${at}.`).update(body)
  const expected = Buffer.from(`v1,${hmac.digest('base64')}`)
  const claimed = Buffer.from(`${given}`)
  if (claimed.length !== expected.length || !timingSafeEqual(claimed, expected)) return 403
  await redis.set(`bare:${id}`, body, 'NX')
  return 202
}

createServer((request, response) => {
  take(request).then(
    (status) => response.writeHead(status, { 'content-length': 2 }).end('{}'),
    () => response.writeHead(503, { 'content-length': 2 }).end('{}'),
  )
}).listen(Number(PORT), '127.0.0.1')
