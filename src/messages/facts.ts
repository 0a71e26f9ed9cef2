// Names of business facts that more than one event can cause: whichever event comes first, the message is the same one.

import type { Change } from '../customers/state.ts'

export const changeFact = (subscriptionId: string, { what, n }: Change) =>
  `sub/${subscriptionId}/${what === 'plan' ? 'plan' : 'qty'}/${n}`

/** @param period when the period began that follows the pause, ISO 8601. */
export const resumeFact = (subscriptionId: string, period: string | null) =>
  `sub/${subscriptionId}/resumed/${period}`
