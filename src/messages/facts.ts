// Names of business facts that more than one event can cause, or that others look up: whichever event comes first, the message
// is the same one.

import type { Change } from '../customers/state.ts'

export const changeFact = (subscriptionId: string, { what, n }: Change) =>
  `sub/${subscriptionId}/${what === 'plan' ? 'plan' : 'qty'}/${n}`

/** @param period when the period began that follows the pause, ISO 8601. */
export const resumeFact = (subscriptionId: string, period: string | null) =>
  `sub/${subscriptionId}/resumed/${period}`

/**
 * @param pastDueAt names the episode, ISO 8601.
 * @param step of a reminder, from 1; without it, the fact is the failure itself.
 */
export const pastDueFact = (subscriptionId: string, pastDueAt: string, step?: number) =>
  `sub/${subscriptionId}/past-due/${pastDueAt}${step === undefined ? '' : `/${step}`}`
