// The merchant, as Polar's API describes an organization.

import type { Organization } from './rows.ts'

export type OrganizationInput = Pick<Organization, 'id' | 'name' | 'slug'> & Partial<Organization>

export const organization = (input: OrganizationInput, createdAt: string): Organization => ({
  created_at: createdAt,
  modified_at: null,
  avatar_url: null,
  proration_behavior: 'prorate',
  allow_customer_updates: true,
  email: `help@${input.slug}.example.com`,
  website: `https://${input.slug}.example.com`,
  socials: [],
  status: 'active',
  details_submitted_at: createdAt,
  onboarding_resubmission_requested_at: null,
  sso_enforced: false,
  default_presentment_currency: 'usd',
  default_tax_behavior: 'location',
  feature_settings: { member_model_enabled: true },
  subscription_settings: {
    allow_multiple_subscriptions: false,
    proration_behavior: 'prorate',
    benefit_revocation_grace_period: 7,
    prevent_trial_abuse: false,
    allow_customer_updates: true,
  },
  // All off: a merchant who uses Postern has switched off Polar's own emails.
  customer_email_settings: {
    order_confirmation: false,
    payment_method_expiration_reminder: false,
    subscription_cancellation: false,
    subscription_confirmation: false,
    subscription_cycled: false,
    subscription_cycled_after_trial: false,
    subscription_past_due: false,
    subscription_paused: false,
    subscription_resumed: false,
    subscription_renewal_reminder: false,
    subscription_revoked: false,
    subscription_trial_conversion_reminder: false,
    subscription_uncanceled: false,
    subscription_updated: false,
  },
  customer_portal_settings: {
    usage: { show: false },
    subscription: { update_seats: false, update_plan: false },
  },
  dispute_settings: { auto_accept_below_amount: null },
  embed_hosts: [],
  country: 'SE',
  account_id: null,
  payout_account_id: null,
  capabilities: {
    checkout_payments: true,
    subscription_renewals: true,
    payouts: true,
    refunds: true,
    api_access: true,
    dashboard_access: true,
  },
  ...input,
})
