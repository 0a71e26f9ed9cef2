// When Polar charges a failed renewal again, as far as a customer can rely on it.

import { DAY } from '../runtime/clock.ts'

export type FailedCharge = {
  /** What Polar wrote as the next attempt, ISO 8601. */
  nextAttemptAt: string | null
  /** When Polar gives up, ISO 8601. */
  deadline: string
  /** Whether the bank said no for good. */
  isHard: boolean
  /** Whether a card was charged at all. */
  wasCharged: boolean
  /** Whether Polar renews this merchant's subscriptions and retries their charges. */
  renews: boolean
}

/**
 * The next attempt that may be promised; `null` where none may be. Polar writes one in each case, but after a hard decline
 * it is the deadline itself, without a card nothing is charged by it, and while renewals are suspended none takes place.
 */
export const promisedRetry = (
  { nextAttemptAt, deadline, isHard, wasCharged, renews }: FailedCharge,
  now: number,
): string | null => {
  if (nextAttemptAt === null || isHard || !wasCharged || !renews) return null
  const at = Date.parse(nextAttemptAt)
  // The attempt before the last is a week earlier: one within the deadline's last day is the last.
  return at > now && at < Date.parse(deadline) - DAY ? nextAttemptAt : null
}
