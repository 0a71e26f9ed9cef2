// Decides which date an email may name for the next attempt to charge a failed renewal.

import { DAY } from '../runtime/clock.ts'

export type FailedCharge = {
  /** The next attempt as Polar has it, ISO 8601. */
  nextAttemptAt: string | null
  /** When Polar gives up and ends the subscription, ISO 8601; null if it does not. */
  deadline: string | null
  /** Whether the bank declined for good. */
  isHard: boolean
  /** Whether a card was charged at all. */
  wasCharged: boolean
  /** Whether Polar renews this merchant's subscriptions and retries their charges. */
  renews: boolean
}

/**
 * The date that an email may name. After a hard decline it is the deadline, since Polar charges nothing before that. `null`
 * where Polar's date is no promise: Polar writes one even where there is no card, and while it has suspended renewals.
 */
export const nextChargeOf = (
  { nextAttemptAt, deadline, isHard, wasCharged, renews }: FailedCharge,
  now: number,
): string | null => {
  const end = deadline === null ? Number.POSITIVE_INFINITY : Date.parse(deadline)
  if (nextAttemptAt === null || !wasCharged || !renews || end <= now) return null
  if (isHard) return deadline
  const at = Date.parse(nextAttemptAt)
  // The attempt before the last one is a week earlier, so an attempt within the last day is the last.
  return at > now && at < end - DAY ? nextAttemptAt : null
}
