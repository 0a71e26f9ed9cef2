// Builds purchase events, each with its own customer, order and address, signed so that both sides can verify them.

import { randomUUID } from 'node:crypto'
import { createEvents } from '../../src/sandbox/polar/events.ts'
import { signWebhook } from '../../src/sandbox/polar/sign.ts'

/** An older secret, whose bytes are the key. The peer's adapter supports no other. */
export const WEBHOOK_SECRET = 'polar_whs_bench_opens_nothing'

const events = createEvents({ slug: 'larkspur' })

export type Purchase = { webhookId: string; address: string; customerId: string; body: string }

/** A purchase in Polar's present format. It has no billing name, since the peer attaches no invoice. */
export const purchaseToday = (name: string, product?: string): Purchase & { event: object } => {
  const customerId = randomUUID()
  const address = `${name}@example.com`
  const event = events.orderPaid({
    customer: { id: customerId, email: address, name: 'Theo Okafor' },
    order: { billing_name: null, billing_address: null },
    ...(product && { product: { id: product } }),
  })
  return { webhookId: `msg_${name}`, address, customerId, event, body: JSON.stringify(event) }
}

/** Many customers buy the same product, as in reality; otherwise product lookups would use up Polar's rate limit. */
export const PRODUCT = '6b0f6c1e-5a53-4b0a-9a3c-6a1f1f0f2d77'

/** The same with two fields that Polar no longer sends and that the peer's adapter requires. */
export const purchase = (name: string, product?: string): Purchase => {
  const { event, ...rest } = purchaseToday(name, product)
  const { data, ...envelope } = event as { data: { customer: object } & object }
  const customer = { ...data.customer, avatar_url: 'https://www.gravatar.com/avatar/6f1d0a2c' }
  const body = JSON.stringify({ ...envelope, data: { ...data, user_id: randomUUID(), customer } })
  return { ...rest, body }
}

export const signed = ({ webhookId, body }: Purchase) =>
  signWebhook({ secret: WEBHOOK_SECRET, webhookId, at: Date.now(), body })
