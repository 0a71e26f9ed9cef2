// Decides when a subscription's next reminder is due. The appointment follows from the customer state alone, so an event that
// moves a period moves its reminder, and an event that ends what a reminder is about removes it.

import type { Interval, Kind } from '../../emails/index.ts'
import { dunningEnds, pastDueSince, stepName, stepNamed } from '../customers/dunning.ts'
import type { SubscriptionState } from '../customers/state.ts'
import { DAY } from '../runtime/clock.ts'
import { APART, type DunningPolicy, stepsOf } from './dunning.ts'

export type ReminderKind =
  | 'subscription_renewal_reminder'
  | 'subscription_trial_conversion_reminder'
  | 'payment_reminder'
  | 'payment_final_notice'

export type Appointment = {
  kind: ReminderKind
  /** When it is due, in milliseconds. */
  at: number
  /** The day that it announces, ISO 8601: later it is pointless. */
  until: string
  /** Names it in the customer state once it is decided: the day, or the step of an episode. */
  name: string
}

export type ReminderPolicy = {
  /** Milliseconds before a renewal. */
  renewal: number
  /** Milliseconds before the end of a trial. */
  trial: number
  dunning: DunningPolicy
  isOff: (kind: Kind) => boolean
}

/** Periods from which on Polar reminds of a renewal (server/polar/subscription/repository.py): about half a year. */
const LONG: Record<Interval, number> = { year: 1, month: 6, week: 25, day: 180 }

/** A trial too short for the usual reminder has it a day before its end. */
const SHORT_TRIAL = DAY

const ahead = (kind: ReminderKind, at: number, until: string): Appointment => ({
  ...{ kind, at, until },
  name: until,
})

const renewal = ({ snapshot }: SubscriptionState, policy: ReminderPolicy): Appointment | null => {
  const { interval = null, intervalCount, renewsAt = null } = snapshot ?? {}
  if (renewsAt === null || interval === null || (intervalCount ?? 1) < LONG[interval]) return null
  return ahead('subscription_renewal_reminder', Date.parse(renewsAt) - policy.renewal, renewsAt)
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
  return ahead('subscription_trial_conversion_reminder', at, renewsAt)
}

/** The next step of a failed payment. Steps that were missed give way to the last of them. */
const dunning = (
  subscription: SubscriptionState,
  policy: ReminderPolicy,
  now: number,
): Appointment | null => {
  const pastDueAt = pastDueSince(subscription)
  if (pastDueAt === null) return null
  const last = stepNamed(subscription.reminded)
  const isSame = last?.pastDueAt === pastDueAt
  const steps = stepsOf(pastDueAt, policy.dunning).filter(
    ({ step, kind }) => step > (isSame ? last.step : 0) && !policy.isOff(kind),
  )
  const next = steps.findLast(({ at }) => at <= now) ?? steps[0]
  if (!next) return null
  const earliest = isSame ? (subscription.remindedAt ?? 0) + APART : 0
  return {
    ...{ kind: next.kind, at: Math.max(next.at, earliest), until: dunningEnds(pastDueAt) },
    name: stepName(pastDueAt, next.step),
  }
}

/**
 * The next reminder of a subscription; `null` where none is due any more.
 * @param now milliseconds, to leave out what was missed by then.
 */
export const appointmentOf = (
  subscription: SubscriptionState,
  policy: ReminderPolicy,
  now = Number.NEGATIVE_INFINITY,
): Appointment | null => {
  const { snapshot, free, reminded } = subscription
  if (snapshot?.status === 'past_due') return dunning(subscription, policy, now)
  if (free) return null
  const next =
    snapshot?.status === 'trialing'
      ? trial(subscription, policy)
      : snapshot?.status === 'active'
        ? renewal(subscription, policy)
        : null
  return next && next.name !== reminded && !policy.isOff(next.kind) ? next : null
}
