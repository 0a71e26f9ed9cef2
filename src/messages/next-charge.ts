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
 * The next attempt. After a hard decline it is the deadline, since nothing is charged before that, and an email promises no
 * retry by it. `null` where none can be relied on: Polar writes one as well where there is no card to charge, and while it
 * has suspended renewals.
 */
export const nextChargeOf = (
  { nextAttemptAt, deadline, isHard, wasCharged, renews }: FailedCharge,
  now: number,
): string | null => {
  if (nextAttemptAt === null || !wasCharged || !renews || Date.parse(deadline) <= now) return null
  if (isHard) return deadline
  const at = Date.parse(nextAttemptAt)
  // The attempt before the last is a week earlier: one within the deadline's last day is the last.
  return at > now && at < Date.parse(deadline) - DAY ? nextAttemptAt : null
}
