// When Polar charges a failed order again, and when it gives up.

import { DAY, HOUR, MINUTE } from '../../runtime/clock.ts'
import { later } from './instants.ts'
import type { Payment } from './shapes/rows.ts'

/** From each failed charge to the next attempt. */
const INTERVALS = [2 * DAY, 5 * DAY, 7 * DAY, 7 * DAY] as const

/** From the day a subscription is past due until Polar gives up at the next failure. */
const PATIENCE = 21 * DAY + MINUTE

/** The codes after which Polar does not charge again before the deadline. */
const HARD = new Set(
  `card_not_supported do_not_honor expired_card fraudulent incorrect_cvc incorrect_number invalid_account invalid_cvc
  invalid_expiry_year invalid_pin live_mode_test_card lost_card merchant_blacklist not_permitted pickup_card
  previously_declined_do_not_retry restricted_card revocation_of_all_authorizations revocation_of_authorization
  security_violation stolen_card stop_payment_order blocklist`.split(/\s+/),
)

export const isHard = (reason: string | null | undefined) => HARD.has(reason ?? '')

/** Charges by the customer, or after a change of card, do not shorten the schedule. */
const COUNTED: readonly Payment['trigger'][] = ['purchase', 'subscription_cycle', 'retry_dunning']

export const countedFailures = (payments: Payment[]) =>
  payments.filter(({ status, trigger }) => status === 'failed' && COUNTED.includes(trigger)).length

export const deadlineOf = (pastDueAt: string) => later(pastDueAt, PATIENCE)

/** The date of the next attempt after the first failed charge of an order. */
export const firstRetry = (pastDueAt: string, failedAt: string, reason?: string | null) =>
  isHard(reason) ? deadlineOf(pastDueAt) : later(failedAt, INTERVALS[0])

/** The next attempt of a soft decline that is known only from an event; `null` after the last one. */
export const retryAfter = (pastDueAt: string, now: number) => {
  let at = pastDueAt
  for (const interval of INTERVALS) {
    at = later(at, interval)
    if (Date.parse(at) > now) return at
  }
  return null
}

/**
 * The date of the next attempt after a failed retry; `null` if Polar gives up.
 * @param failures the counted ones, this one included. Without a card there are none: Polar then waits the last interval.
 */
export const nextRetry = (pastDueAt: string, failedAt: string, failures: number) => {
  const isOver = Date.parse(failedAt) >= Date.parse(deadlineOf(pastDueAt))
  const interval = INTERVALS.at(failures - 1)
  return isOver || interval === undefined ? null : later(failedAt, interval)
}

/** The same for an invoice of usage, which has no deadline of its own; `null` if Polar gives up. */
export const nextUsageRetry = (failedAt: string, failures: number) => {
  const interval = INTERVALS.at(failures - 1)
  return interval === undefined ? null : later(failedAt, interval)
}

/** Polar charges at every full hour the orders whose date has passed. */
export const chargedAt = (nextAttemptAt: string): number =>
  (Math.floor(Date.parse(nextAttemptAt) / HOUR) + 1) * HOUR
