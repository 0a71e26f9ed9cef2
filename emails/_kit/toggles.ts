// Maps each kind to Polar's switch (customer_email_settings) for the email that ours replaces. The merchant must switch it off,
// or customers get two emails. Null if Polar sends no such email.

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
  payment_reminder: null,
  payment_final_notice: null,
  payment_recovered: null,
  subscription_paused: 'subscription_paused',
  subscription_resumed: 'subscription_resumed',
  subscription_renewal_reminder: 'subscription_renewal_reminder',
  subscription_trial_conversion_reminder: 'subscription_trial_conversion_reminder',
  payment_method_expiration_reminder: 'payment_method_expiration_reminder',
  order_refunded: null,
}
