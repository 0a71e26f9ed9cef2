// For each kind of email that an event causes, the shortest story that leads to it: what comes before, and the event that says it.

import { type Kind, kinds } from '../../emails/index.ts'
import { body, type Fields, orderTold, subscriptionTold } from './build.ts'

/** The day causes these, not an event. */
export const reminders = [
  'subscription_renewal_reminder',
  'subscription_trial_conversion_reminder',
  'payment_method_expiration_reminder',
  'payment_reminder',
  'payment_final_notice',
] as const satisfies Kind[]

export type EventKind = Exclude<Kind, (typeof reminders)[number]>

const isReminder = (kind: Kind) => (reminders as readonly Kind[]).includes(kind)

/** The kinds that an event causes. */
export const eventKinds = kinds.filter((kind): kind is EventKind => !isReminder(kind))

export type Story = { before: readonly string[]; says: string; after: readonly string[] }

const DAY_10 = '2026-11-10T12:00:00Z'
const DAY_11 = '2026-11-11T12:00:00Z'
const DAY_20 = '2026-11-20T12:00:00Z'

const plan = (id: string): Fields => ({ product_id: id, product: { id, name: id } })
const updated = (at: string, data: Fields) => subscriptionTold('subscription.updated', at, data)
const paid = (billing_reason: string, data: Fields = {}) =>
  orderTold('order.paid', DAY_10, { billing_reason, ...data })

const state = subscriptionTold('subscription.cycled', '2026-11-04T10:12:46Z', plan('plan-a'))
const usage = updated(DAY_20, { ...plan('plan-a'), amount: 4000 })

const cancelled = {
  cancel_at_period_end: true,
  canceled_at: DAY_10,
  ends_at: '2026-12-04T10:12:45Z',
}
const pending = {
  pending_update: { id: 'pending-1', applies_at: '2026-12-04T10:12:45Z', product_id: 'plan-b' },
}
const resumed = { current_period_start: DAY_20, current_period_end: '2026-12-20T12:00:00Z' }

const story = (
  says: string,
  { before = [state], after = [usage] }: Partial<Story> = {},
): Story => ({
  before,
  says,
  after,
})

export const stories: { [K in EventKind]: Story } = {
  order_confirmation: story(paid('purchase', { subscription: null })),
  subscription_confirmation: story(paid('subscription_create'), { before: [] }),
  trial_started: story(
    paid('subscription_create', { subscription: { status: 'trialing', trial_start: DAY_10 } }),
    { before: [] },
  ),
  subscription_cycled: story(paid('subscription_cycle')),
  subscription_cycled_after_trial: story(
    paid('subscription_cycle', { subscription: { trial_end: '2026-11-04T10:12:45.120934Z' } }),
  ),
  subscription_usage_invoice: story(paid('subscription_meter_cycle')),
  subscription_final_invoice: story(
    paid('subscription_cycle', {
      created_at: DAY_10,
      subscription: { status: 'canceled', ended_at: DAY_10 },
    }),
  ),
  subscription_updated: story(updated(DAY_10, plan('plan-b')), {
    after: [
      paid('subscription_update', {
        id: 'change-order',
        created_at: DAY_10,
        product: plan('plan-b').product,
        subscription: { product_id: 'plan-b', modified_at: DAY_10 },
      }),
      updated(DAY_20, plan('plan-c')),
    ],
  }),
  subscription_change_scheduled: story(updated(DAY_10, { ...plan('plan-a'), ...pending }), {
    after: [updated(DAY_20, { ...plan('plan-a'), ...pending, amount: 4000 })],
  }),
  subscription_cancellation: story(subscriptionTold('subscription.canceled', DAY_10, cancelled), {
    after: [subscriptionTold('subscription.uncanceled', DAY_11)],
  }),
  subscription_uncanceled: story(subscriptionTold('subscription.uncanceled', DAY_11), {
    before: [subscriptionTold('subscription.canceled', DAY_10, cancelled)],
    after: [
      subscriptionTold('subscription.canceled', DAY_20, { ...cancelled, canceled_at: DAY_20 }),
    ],
  }),
  subscription_revoked: story(
    subscriptionTold('subscription.revoked', DAY_10, { status: 'canceled', ended_at: DAY_10 }),
    { after: [] },
  ),
  subscription_past_due: story(
    subscriptionTold('subscription.past_due', DAY_10, { status: 'past_due', past_due_at: DAY_10 }),
  ),
  payment_recovered: story(
    orderTold('order.paid', '2026-11-06T10:14:01Z'), // of the order that failed
    { before: [body('subscription.past_due')] },
  ),
  subscription_paused: story(updated(DAY_10, { ...plan('plan-a'), pause_at_period_end: true }), {
    after: [updated(DAY_20, { ...plan('plan-a'), pause_at_period_end: true, amount: 4000 })],
  }),
  subscription_resumed: story(subscriptionTold('subscription.resumed', DAY_20, resumed), {
    before: [subscriptionTold('subscription.paused', DAY_10, { status: 'paused' })],
    after: [orderTold('order.paid', DAY_20, { created_at: DAY_20, subscription: resumed })],
  }),
  order_refunded: story(body('refund.created'), { before: [] }),
}
