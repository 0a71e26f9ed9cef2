// The kinds of email by what they are about, as the list of previews shows them.

import type { Kind } from '../../../../emails/index.ts'

const GROUP_OF = {
  order_confirmation: 'Orders',
  order_refunded: 'Orders',
  subscription_confirmation: 'Life of a subscription',
  trial_started: 'Life of a subscription',
  subscription_updated: 'Life of a subscription',
  subscription_change_scheduled: 'Life of a subscription',
  subscription_paused: 'Life of a subscription',
  subscription_resumed: 'Life of a subscription',
  subscription_cancellation: 'Life of a subscription',
  subscription_uncanceled: 'Life of a subscription',
  subscription_revoked: 'Life of a subscription',
  subscription_cycled: 'Renewals and invoices',
  subscription_cycled_after_trial: 'Renewals and invoices',
  subscription_usage_invoice: 'Renewals and invoices',
  subscription_final_invoice: 'Renewals and invoices',
  subscription_past_due: 'Failed payments',
  payment_reminder: 'Failed payments',
  payment_final_notice: 'Failed payments',
  payment_recovered: 'Failed payments',
  subscription_renewal_reminder: 'Reminders',
  subscription_trial_conversion_reminder: 'Reminders',
  payment_method_expiration_reminder: 'Reminders',
} satisfies Record<Kind, string>

const KINDS = Object.keys(GROUP_OF) as Kind[]

/** The names of the groups, each with its kinds. */
export const GROUPS: readonly (readonly [name: string, kinds: readonly Kind[]])[] = [
  ...new Set(Object.values(GROUP_OF)),
].map((name) => [name, KINDS.filter((kind) => GROUP_OF[kind] === name)])
