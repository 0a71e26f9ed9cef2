// Decides who is credited with a recovered payment: Polar, the customer, or the email whose link brought the customer. Pure.

/** An email about a failed payment: the first notice, a reminder with its step, or the final notice. */
export type Email = 'subscription_past_due' | 'payment_final_notice' | `payment_reminder_${number}`

/** `customer`: without a link of ours. `unknown`: Polar does not tell what started the payment. */
export type Credit = Email | 'polar' | 'customer' | 'unknown'

/** Charges that Polar starts without the customer (server/polar/models/payment.py). */
const BY_POLAR = new Set(['retry_dunning', 'subscription_cycle'])

/**
 * @param trigger what started the payment, in Polar's words; `null` if Polar does not tell.
 * @param followed the emails of the episode whose link a person followed before the payment, in the order of their steps.
 */
export const creditOf = (trigger: string | null, followed: readonly Email[]): Credit => {
  if (trigger === null) return 'unknown'
  if (BY_POLAR.has(trigger)) return 'polar'
  return followed.at(-1) ?? 'customer'
}
