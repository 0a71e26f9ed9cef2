// An event as Polar told it, read for what we need and nothing else: an unknown field, type or shape does no harm.

import { z } from 'zod'

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value || null)
const flag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value ?? false)
const cents = z
  .number()
  .int()
  .nullish()
  .catch(null)
  .transform((value) => value ?? 0)
/** ISO 8601 with a four-digit year, as Polar writes it; kept in one spelling, so that equal instants are equal texts. */
const instant = z
  .string()
  .refine((value) => /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)))
  .transform((value) => new Date(value).toISOString())
const maybeInstant = instant
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What fits three times into a link's token beside everything else, should Polar's ids ever be no UUIDs. */
const MOST_ID_BYTES = 30

const id = z
  .string()
  .min(1)
  .refine((value) => UUID.test(value) || Buffer.byteLength(value) <= MOST_ID_BYTES)
const maybeId = id
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

const dated = { created_at: maybeInstant, modified_at: maybeInstant }

const address = z.object({
  line1: text,
  line2: text,
  postal_code: text,
  city: text,
  state: text,
  country: text,
})

const customer = z.object({
  ...dated,
  id,
  email: text,
  name: text,
  type: z.enum(['individual', 'team']).catch('individual'),
  locale: text,
  deleted_at: maybeInstant,
})

const product = z.object({
  id,
  name: text,
  recurring_interval: z.enum(['day', 'week', 'month', 'year']).nullish().catch(null),
  recurring_interval_count: z.number().int().positive().nullish().catch(null),
})

const price = z.object({ amount_type: text })

const subscriptionCore = z.object({
  ...dated,
  id,
  status: text,
  recurring_interval: z.enum(['day', 'week', 'month', 'year']).nullish().catch(null),
  recurring_interval_count: z.number().int().positive().nullish().catch(null),
  current_period_start: maybeInstant,
  current_period_end: maybeInstant,
  trial_end: maybeInstant,
  cancel_at_period_end: flag,
  ended_at: maybeInstant,
  past_due_at: maybeInstant,
  paused_at: maybeInstant,
  customer_id: maybeId,
})

const subscription = subscriptionCore.extend({
  customer,
  product: product.nullish().catch(null),
  prices: z.array(price).nullish().catch(null),
})

const order = z.object({
  ...dated,
  id,
  status: z.string().catch('unknown'),
  billing_reason: z.string().catch('unknown'),
  subtotal_amount: cents,
  discount_amount: cents,
  tax_amount: cents,
  total_amount: z.number().int(),
  applied_balance_amount: cents,
  due_amount: cents,
  currency: z.string().min(1),
  billing_name: text,
  billing_address: address.nullish().catch(null),
  invoice_number: text,
  description: text,
  customer,
  product: product.nullish().catch(null),
  discount: z.object({ name: text, code: text }).nullish().catch(null),
  subscription: subscriptionCore.nullish().catch(null),
  subscription_id: maybeId,
  items: z
    .array(z.object({ label: z.string().catch(''), amount: cents, proration: flag }))
    .nullish()
    .catch(null)
    .transform((items) => items ?? []),
})

export type Customer = z.infer<typeof customer>
export type Subscription = z.infer<typeof subscription>
/** An order that does not say when it was made was made when its event happened. */
export type Order = z.infer<typeof order> & { created_at: string }

export type Event = {
  /** Polar's type, `order.paid`; any string. */
  type: string
  /** When it happened, by Polar's clock, in milliseconds. */
  occurredAt: number
} & (
  | { about: 'order'; order: Order; customer: Customer }
  | { about: 'subscription'; subscription: Subscription; customer: Customer }
  | { about: 'customer'; customer: Customer }
  | { about: 'something else' }
)

type Unreadable = { unreadable: string }

const envelope = z.object({
  type: z.string().min(1),
  timestamp: instant.nullish().catch(null),
  data: z.unknown(),
})

const where = (error: z.ZodError) =>
  [...new Set(error.issues.map((issue) => issue.path.join('.') || 'its data'))].join(', ')

const json = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined // not JSON: the envelope below says so
  }
}

const withDate = (found: z.infer<typeof order>, occurredAt: number): Order => ({
  ...found,
  created_at: found.created_at ?? found.modified_at ?? new Date(occurredAt).toISOString(),
})

/**
 * Reads the raw body of an event.
 * @param receivedAt stands in, in milliseconds, for a timestamp that is missing.
 * @returns `unreadable` with what is missing; its words name fields, never values.
 */
export const readEvent = (body: string, receivedAt: number): Event | Unreadable => {
  const read = envelope.safeParse(json(body))
  if (!read.success) return { unreadable: 'not an event: no JSON object with a type' }
  const { type, timestamp, data } = read.data
  const common = { type, occurredAt: timestamp ? Date.parse(timestamp) : receivedAt }
  const [topic] = type.split('.')
  switch (topic) {
    case 'order': {
      const { data: found, error } = order.safeParse(data)
      return error
        ? { unreadable: `order without ${where(error)}` }
        : {
            ...common,
            about: 'order',
            order: withDate(found, common.occurredAt),
            customer: found.customer,
          }
    }
    case 'subscription': {
      const { data: found, error } = subscription.safeParse(data)
      return error
        ? { unreadable: `subscription without ${where(error)}` }
        : { ...common, about: 'subscription', subscription: found, customer: found.customer }
    }
    case 'customer': {
      const { data: found, error } = customer.safeParse(data)
      return error
        ? { ...common, about: 'something else' }
        : { ...common, about: 'customer', customer: found }
    }
    default:
      return { ...common, about: 'something else' }
  }
}
