// The naive peer's worker: one email for each job, rendered and sent.

import { render } from '@react-email/components'
import { type Job, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { createElement } from 'react'
import { Resend } from 'resend'
import { OrderEmail, type PaidOrder } from './email.tsx'
import { keepsEmails, setting } from './settings.ts'

const resend = new Resend(setting('RESEND_API_KEY'))

/** Resend's quick start sends without an idempotency key; its page on idempotency shows this key. */
const hasKeys = process.env.PEER_KEYS === 'yes'

const send = async (job: Job<{ data: PaidOrder }>) => {
  if (job.name !== 'order.paid') return
  const order = job.data.data
  const email = createElement(OrderEmail, {
    order,
    portalUrl: `${setting('PUBLIC_URL')}/portal?customer=${order.customerId}`,
  })
  const sent = {
    from: setting('EMAIL_FROM'),
    to: order.customer.email,
    subject: `Your order: ${order.product?.name ?? order.description}`,
    html: await render(email),
    text: await render(email, { plainText: true }),
  }
  const { error } = await resend.emails.send(
    sent,
    hasKeys ? { idempotencyKey: `order-paid/${order.id}` } : {},
  )
  if (error) throw new Error(error.message)
  return keepsEmails ? sent : undefined
}

const worker = new Worker('emails', send, {
  connection: new Redis(setting('REDIS_URL'), { maxRetriesPerRequest: null }),
  concurrency: 10,
  limiter: { max: Number(setting('RESEND_RATE_LIMIT')), duration: 1000 },
})
worker.on('failed', (job, error) => console.error(`job ${job?.id} failed: ${error.message}`))

await worker.waitUntilReady()
console.log('worker ready')
