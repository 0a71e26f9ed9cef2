// How Polar goes about a failed renewal (server/polar/config.py): it tries for three weeks, then it ends the subscription.

import { DAY, MINUTE } from '../runtime/clock.ts'
import { isRecovered } from './paid-orders.ts'
import type { SubscriptionState } from './state.ts'

/** Polar tries for this long after the first failed charge. */
const DUNNING = 21 * DAY

/** A minute after its last attempt Polar gives up, and ends the subscription. */
export const dunningEnds = (pastDueAt: string) =>
  new Date(Date.parse(pastDueAt) + DUNNING + MINUTE).toISOString()

/**
 * Whether Polar ended a subscription because it could not collect. A customer, the merchant or a deletion can end a past-due
 * one sooner, and `past_due_at` stays set then as well.
 */
export const isEndedByDunning = (pastDueAt: string | null, endedAt: string): boolean =>
  pastDueAt !== null && Date.parse(endedAt) - Date.parse(pastDueAt) >= DUNNING

/**
 * Since when a subscription is past due, ISO 8601; `null` where it is not. One that is cancelled is not dunned: whoever has left
 * is not asked to stay.
 */
export const pastDueSince = (subscription: SubscriptionState): string | null => {
  const { snapshot, canceledAt, episodes } = subscription
  if (snapshot?.status !== 'past_due' || canceledAt !== null) return null
  const pastDueAt = episodes
    .map((episode) => episode.pastDueAt)
    .toSorted()
    .at(-1)
  // The payment that ends it may be told before the subscription is active again.
  return pastDueAt === undefined || isRecovered(subscription, pastDueAt) ? null : pastDueAt
}

/** The name of a step of an episode, by which the state remembers the last reminder. */
export const stepName = (pastDueAt: string, step: number): string => `${pastDueAt}/${step}`

/** The episode and step of a name; `null` for any other name. */
export const stepNamed = (
  name: string | null | undefined,
): { pastDueAt: string; step: number } | null => {
  const [pastDueAt, step] = name?.split('/') ?? []
  return pastDueAt && step ? { pastDueAt, step: Number(step) } : null
}
