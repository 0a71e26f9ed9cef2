// The naive peer's web process. Polar's adapter for Hono adds one job for each webhook and signs in people who click, as its
// documentation shows.

import { serve } from '@hono/node-server'
import { CustomerPortal, Webhooks } from '@polar-sh/hono'
import { Queue } from 'bullmq'
import { Hono } from 'hono'
import { Redis } from 'ioredis'
import { keepsJobs, setting } from './settings.ts'

const queue = new Queue('emails', {
  connection: new Redis(setting('REDIS_URL')),
  defaultJobOptions: {
    attempts: 5,
    backoff: { type: 'exponential', delay: 1000 },
    removeOnComplete: !keepsJobs,
    removeOnFail: 1000,
  },
})

const app = new Hono()

app.get('/health', (c) => c.text('ok'))

app.post(
  '/webhooks/polar',
  Webhooks({
    webhookSecret: setting('POLAR_WEBHOOK_SECRET'),
    onPayload: async (payload) => {
      await queue.add(payload.type, payload)
    },
  }),
)

app.get(
  '/portal',
  CustomerPortal({
    accessToken: setting('POLAR_ACCESS_TOKEN'),
    server: 'production',
    getCustomerId: async (c) => c.req.query('customer') ?? '',
  }),
)

serve({ fetch: app.fetch, port: Number(setting('PORT')), hostname: '127.0.0.1' })
