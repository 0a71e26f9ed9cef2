// Decides when a subscription's next reminder is due. The appointment follows from the customer state alone, so an event that
// moves a period moves its reminder.

import type { Interval, Kind } from '../../emails/index.ts'
import type { SubscriptionState } from '../customers/state.ts'
import { DAY } from '../runtime/clock.ts'

/** The kind of the reminder, when it is due (ms), and the day that it announces, ISO 8601. */
export type Appointment = {
  kind: 'subscription_renewal_reminder' | 'subscription_trial_conversion_reminder'
  at: number
  until: string
}

export type ReminderPolicy = {
  /** Milliseconds before a renewal. */
  renewal: number
  /** Milliseconds before the end of a trial. */
  trial: number
  isOff: (kind: Kind) => boolean
}

/** Periods from which on Polar reminds of a renewal (server/polar/subscription/repository.py): about half a year. */
const LONG: Record<Interval, number> = { year: 1, month: 6, week: 25, day: 180 }

/** A trial too short for the usual reminder has it a day before its end. */
const SHORT_TRIAL = DAY

const renewal = ({ snapshot }: SubscriptionState, policy: ReminderPolicy): Appointment | null => {
  const { interval = null, intervalCount, renewsAt = null } = snapshot ?? {}
  if (renewsAt === null || interval === null || (intervalCount ?? 1) < LONG[interval]) return null
  const at = Date.parse(renewsAt) - policy.renewal
  return { kind: 'subscription_renewal_reminder', at, until: renewsAt }
}

/**
 * While a subscription is on trial, its period ends with the trial. The reminder comes no sooner than a day after the trial
 * began, or half of a shorter one: the first email has just named the end.
 */
const trial = ({ snapshot }: SubscriptionState, policy: ReminderPolicy): Appointment | null => {
  const { trialStartedAt = null, renewsAt = null } = snapshot ?? {}
  if (trialStartedAt === null || renewsAt === null) return null
  const [start, end] = [Date.parse(trialStartedAt), Date.parse(renewsAt)]
  const length = end - start
  if (length < SHORT_TRIAL) return null
  const before = length >= policy.trial ? policy.trial : SHORT_TRIAL
  const at = Math.max(end - before, start + Math.min(DAY, length / 2))
  return { kind: 'subscription_trial_conversion_reminder', at, until: renewsAt }
}

/** The next reminder of a subscription; `null` where none is due any more. */
export const appointmentOf = (
  subscription: SubscriptionState,
  policy: ReminderPolicy,
): Appointment | null => {
  const { snapshot, free, reminded } = subscription
  if (free) return null
  const next =
    snapshot?.status === 'trialing'
      ? trial(subscription, policy)
      : snapshot?.status === 'active'
        ? renewal(subscription, policy)
        : null
  return next && next.until !== reminded && !policy.isOff(next.kind) ? next : null
}
