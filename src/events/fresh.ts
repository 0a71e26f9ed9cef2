// How old a fact may be to be mailed, when the backfill finds it after its webhook was missed. A customer is told late of money
// that moved, and not told at all of something that no longer calls for anything.

import type { Kind } from '../../emails/index.ts'
import { DAY } from '../runtime/clock.ts'

/** By kind, in milliseconds. Reminders belong to a day of their own, and the schedule brings them. */
const FRESH_FOR: Record<Kind, number> = {
  order_confirmation: 7 * DAY,
  subscription_confirmation: 7 * DAY,
  subscription_cycled: 7 * DAY,
  subscription_cycled_after_trial: 7 * DAY,
  subscription_usage_invoice: 7 * DAY,
  subscription_final_invoice: 7 * DAY,
  order_refunded: 7 * DAY,
  payment_recovered: 7 * DAY,
  subscription_resumed: 7 * DAY,
  subscription_revoked: 7 * DAY,
  subscription_cancellation: 3 * DAY,
  subscription_uncanceled: 3 * DAY,
  subscription_updated: 3 * DAY,
  subscription_change_scheduled: 3 * DAY,
  subscription_paused: 3 * DAY,
  trial_started: 2 * DAY,
  subscription_past_due: 2 * DAY,
  payment_reminder: 0,
  payment_final_notice: 0,
  subscription_renewal_reminder: 0,
  subscription_trial_conversion_reminder: 0,
  payment_method_expiration_reminder: 0,
}

/** Since when a fact must have happened to be mailed at `now`, by kind; in milliseconds. */
export const freshSince =
  (now: number) =>
  (kind: Kind): number =>
    now - FRESH_FOR[kind]
