// Payloads in Polar's real shape, made fit for a test: ids and times of their own.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

// biome-ignore lint/suspicious/noExplicitAny: payloads are as free as JSON is
export type Payload = any

export const fixture = (name: string): Payload =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'))

/** A paid order with an id and a customer of its own, happening now. */
export const paidOrder = (
  change: Record<string, unknown> = {},
  name = 'order.paid.discount-tax-multi-item',
) => {
  const event = fixture(name)
  const customerId = randomUUID()
  event.timestamp = new Date().toISOString()
  event.data.id = randomUUID()
  event.data.customer_id = customerId
  event.data.customer = { ...event.data.customer, id: customerId }
  if (event.data.subscription) event.data.subscription.customer_id = customerId
  Object.assign(event.data, change)
  return event
}
