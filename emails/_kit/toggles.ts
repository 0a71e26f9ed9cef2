// Which of the merchant's switches at Polar (customer_email_settings) stands for an email that ours replaces: it is to be off
// there, or customers get two. Null for what Polar sends nothing of.

import type { Kind } from './props.ts'

export const polarToggles: { [K in Kind]: string | null } = {
  order_confirmation: 'order_confirmation',
  subscription_confirmation: 'subscription_confirmation',
  trial_started: 'subscription_confirmation',
  subscription_cycled: 'subscription_cycled',
  subscription_cycled_after_trial: 'subscription_cycled_after_trial',
  subscription_usage_invoice: 'subscription_cycled',
  subscription_final_invoice: 'subscription_cycled',
  subscription_updated: 'subscription_updated',
  subscription_change_scheduled: null,
  subscription_cancellation: 'subscription_cancellation',
  subscription_uncanceled: 'subscription_uncanceled',
  subscription_revoked: 'subscription_revoked',
  subscription_past_due: 'subscription_past_due',
  payment_recovered: null,
  subscription_paused: 'subscription_paused',
  subscription_resumed: 'subscription_resumed',
  order_refunded: null,
}
