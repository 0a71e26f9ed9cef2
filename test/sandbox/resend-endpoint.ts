// A simulated Resend with an endpoint that it reports to, for the tests beside it.

import { Hono } from 'hono'
import { Resend } from 'resend'
import { onTestFinished } from 'vitest'
import { createMovableClock } from '../../src/runtime/clock.ts'
import { listen } from '../../src/runtime/server.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { email } from './simulated-resend.ts'

export const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`

type Received = { id: string; timestamp: string; signature: string; payload: string }

/** A simulated Resend and an endpoint that answers each request as `statusOf` says: it may wait. */
export const startReported = async ({
  reports = true,
  statusOf = () => 200,
}: {
  reports?: boolean
  statusOf?: (n: number) => number | Promise<number>
} = {}) => {
  const received: Received[] = []
  const endpoint = await listen(
    new Hono().post('/hook', async (c) => {
      const [id = '', timestamp = '', signature = ''] = ['id', 'timestamp', 'signature'].map(
        (name) => c.req.header(`svix-${name}`),
      )
      received.push({ id, timestamp, signature, payload: await c.req.text() })
      return new Response('{}', { status: await statusOf(received.length) })
    }).fetch,
    { host: '127.0.0.1', port: 0 },
  )
  const clock = createMovableClock()
  const server = await createSimulatedResend({
    clock,
    apiKey: 're_test',
    rateLimit: Infinity,
    webhookUrl: () => `http://127.0.0.1:${endpoint.port}/hook`,
    webhookSecret: SECRET,
    reports,
  })
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= server.close()
    return closing
  }
  onTestFinished(async () => {
    await close()
    await endpoint.close()
  })
  const resend = new Resend('re_test', { baseUrl: server.url })
  const verified = ({ payload, ...headers }: Received) =>
    resend.webhooks.verify({ payload, headers, webhookSecret: SECRET })
  return {
    clock,
    server,
    close,
    resend,
    received,
    /** Every report, its signature checked by the SDK. */
    events: () => received.map(verified),
    types: () => received.map((one) => verified(one).type),
    send: async (
      change: Partial<typeof email> & { tags?: { name: string; value: string }[] } = {},
    ) => {
      const { data } = await resend.emails.send({ ...email, ...change })
      return data?.id ?? ''
    },
    lastEvent: async (id: string) => (await resend.emails.get(id)).data?.last_event,
  }
}
