// The priority of a message: fresh receipts go before the bulk of a billing day.

import type { Kind } from '../../emails/index.ts'
import type { Priority } from '../redis/due.ts'

/** A billing day sends these to everybody at once, or nobody waits for them. */
const BULK = new Set<Kind>([
  'subscription_cycled',
  'subscription_cycled_after_trial',
  'subscription_usage_invoice',
  'subscription_past_due',
  'subscription_renewal_reminder',
  'subscription_trial_conversion_reminder',
  'payment_method_expiration_reminder',
])

export const messagePriority = (kind: Kind): Priority => (BULK.has(kind) ? 'low' : 'high')
