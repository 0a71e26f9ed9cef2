// Reduces the card network's many decline codes to the few reasons that a customer can act on. The code is in no webhook:
// Postern asks Polar for the payment when it composes the email. The words are in emails/words/<language>/payments.ts.

import type { Decline } from '../../emails/index.ts'

/** Stripe's decline codes, which Polar passes on (docs.stripe.com/declines/codes). Stripe advises not to name fraud codes. */
const MEANINGS: Record<string, Decline> = {
  insufficient_funds: 'insufficient_funds',
  expired_card: 'expired_card',
  invalid_expiry_month: 'incorrect_details',
  invalid_expiry_year: 'incorrect_details',
  incorrect_number: 'incorrect_details',
  invalid_number: 'incorrect_details',
  incorrect_cvc: 'incorrect_details',
  invalid_cvc: 'incorrect_details',
  incorrect_zip: 'incorrect_details',
  incorrect_address: 'incorrect_details',
  invalid_account: 'lost_or_blocked',
  authentication_required: 'authentication_required',
  payment_intent_authentication_failure: 'authentication_required',
  card_velocity_exceeded: 'limit_exceeded',
  withdrawal_count_limit_exceeded: 'limit_exceeded',
  card_not_supported: 'not_supported',
  currency_not_supported: 'not_supported',
  new_account_information_available: 'lost_or_blocked',
  pickup_card: 'lost_or_blocked',
  restricted_card: 'lost_or_blocked',
  revocation_of_all_authorizations: 'lost_or_blocked',
  revocation_of_authorization: 'lost_or_blocked',
  stop_payment_order: 'lost_or_blocked',
}

/**
 * Polar does not charge again before the deadline where the first charge was declined for one of these
 * (server/polar/models/payment.py).
 */
const HARD = new Set([
  ...['blocklist', 'card_not_supported', 'do_not_honor', 'expired_card', 'fraudulent'],
  ...['incorrect_cvc', 'incorrect_number', 'invalid_account', 'invalid_cvc'],
  ...['invalid_expiry_year', 'invalid_pin', 'live_mode_test_card', 'lost_card'],
  ...['merchant_blacklist', 'not_permitted', 'pickup_card'],
  ...['previously_declined_do_not_retry', 'restricted_card'],
  ...['revocation_of_all_authorizations', 'revocation_of_authorization'],
  ...['security_violation', 'stolen_card', 'stop_payment_order'],
])

/** Whether a charge was declined for good. */
export const isHardDecline = (reason: string | null | undefined): boolean =>
  reason != null && HARD.has(reason)

/** `null` where Polar names no code. A code that is not in the table counts as a plain decline. */
export const declineOf = (reason: string | null | undefined): Decline | null => {
  if (!reason) return null
  return Object.hasOwn(MEANINGS, reason) ? (MEANINGS[reason] ?? null) : 'declined'
}
