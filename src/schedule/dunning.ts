// The reminders of a failed payment. Each is a step of an episode, which is one failed period of a subscription.

import { dunningEnds } from '../customers/dunning.ts'
import { DAY, HOUR } from '../runtime/clock.ts'

export type DunningPolicy = {
  /** Days after the failure. */
  reminders: readonly number[]
  /** Days before the end. */
  finalNotice: number
}

export type Step = {
  /** From 1. */
  step: number
  kind: 'payment_reminder' | 'payment_final_notice'
  /** Milliseconds. */
  at: number
}

/** No reminder of an episode comes sooner after another. */
export const APART = 20 * HOUR

/** The steps of an episode, in order. The final notice takes the place of a reminder that would come close to it, or after it. */
export const stepsOf = (pastDueAt: string, { reminders, finalNotice }: DunningPolicy): Step[] => {
  const last = Date.parse(dunningEnds(pastDueAt)) - finalNotice * DAY
  const times = reminders
    .map((days) => Date.parse(pastDueAt) + days * DAY)
    .filter((at) => at <= last - APART)
  return [
    ...times.map((at, index) => ({ step: index + 1, kind: 'payment_reminder' as const, at })),
    { step: times.length + 1, kind: 'payment_final_notice', at: last },
  ]
}
