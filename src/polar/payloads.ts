// Schemas of Polar's objects. The fields that Postern needs are required; the others may be
// missing, null or malformed.

import * as z from 'zod'

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
const count = z.number().int().positive().nullish().catch(null)
/**
 * ISO 8601 with a four-digit year, as Polar writes it. Normalized, so that equal instants are equal
 * strings.
 */
export const instant = z
  .string()
  .refine((value) => /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)))
  .transform((value) => new Date(value).toISOString())
const maybeInstant = instant
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** If Polar's ids are ever not UUIDs, a link's token has room for three of this length. */
const MAX_ID_BYTES = 24

const id = z
  .string()
  .min(1)
  .refine((value) => UUID.test(value) || Buffer.byteLength(value) <= MAX_ID_BYTES)
export const maybeId = id
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

const dated = { created_at: maybeInstant, modified_at: maybeInstant }
const interval = z.enum(['day', 'week', 'month', 'year']).nullish().catch(null)

const address = z.object({
  line1: text,
  line2: text,
  postal_code: text,
  city: text,
  state: text,
  country: text,
})

export const customer = z.object({
  ...dated,
  id,
  external_id: text,
  email: text,
  name: text,
  type: z.enum(['individual', 'team']).catch('individual'),
  locale: text,
  billing_address: z.object({ country: text }).nullish().catch(null),
  deleted_at: maybeInstant,
})

/** A member has no deletion time. Only the event says that a member has left. */
export const member = z.object({
  ...dated,
  id,
  customer_id: id,
  email: text,
})

export const seat = z.object({ member })

const product = z.object({
  id,
  name: text,
  recurring_interval: interval,
  recurring_interval_count: count,
})

const price = z.object({ amount_type: text })

const pendingUpdate = z.object({
  id,
  created_at: maybeInstant,
  applies_at: instant,
  product_id: maybeId,
  seats: count,
  units: count,
})

const subscriptionCore = z.object({
  ...dated,
  id,
  status: text,
  amount: cents,
  currency: text,
  recurring_interval: interval,
  recurring_interval_count: count,
  current_period_start: maybeInstant,
  current_period_end: maybeInstant,
  trial_start: maybeInstant,
  trial_end: maybeInstant,
  cancel_at_period_end: flag,
  canceled_at: maybeInstant,
  customer_cancellation_reason: text,
  ends_at: maybeInstant,
  ended_at: maybeInstant,
  past_due_at: maybeInstant,
  pause_at_period_end: flag,
  paused_at: maybeInstant,
  resumes_at: maybeInstant,
  seats: count,
  units: count,
  customer_id: maybeId,
  product_id: maybeId,
})

export const subscription = subscriptionCore.extend({
  customer,
  product: product.nullish().catch(null),
  prices: z.array(price).nullish().catch(null),
  pending_update: pendingUpdate.nullish().catch(null),
})

export const order = z.object({
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
  next_payment_attempt_at: maybeInstant,
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

export const refund = z.object({
  ...dated,
  id,
  status: z.string().catch('unknown'),
  amount: z.number().int(),
  tax_amount: cents,
  currency: z.string().min(1),
  order_id: id,
})

export const envelope = z.object({
  type: z.string().min(1),
  timestamp: instant.nullish().catch(null),
  data: z.unknown(),
})

/** The names of the invalid fields, without their values. */
export const invalidFields = (error: z.ZodError) =>
  [...new Set(error.issues.map((issue) => issue.path.join('.') || 'its data'))].join(', ')

export type Customer = z.infer<typeof customer>
export type Member = z.infer<typeof member>
export type Subscription = z.infer<typeof subscription>
export type SubscriptionCore = z.infer<typeof subscriptionCore>
/** `created_at` is the time of the event if the order has none. */
export type Order = z.infer<typeof order> & { created_at: string }
export type Refund = z.infer<typeof refund>
