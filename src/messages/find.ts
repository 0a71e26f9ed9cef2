// The shape of a read from Polar for an email, which may have to be tried again.

import { MINUTE } from '../runtime/clock.ts'
import type { Message, NotYet } from './message.ts'

/**
 * Reads from Polar: the result, when to try again if Polar is away for now, or `otherwise` if it stays away.
 * @param patience milliseconds to wait where Polar says when it will answer again.
 */
export type Find = <T>(
  message: Message,
  read: () => Promise<T | NotYet>,
  otherwise: T,
  patience?: number,
) => Promise<T | NotYet>

/** An email that is worth little without Polar's data waits so long for the budget, or for Polar to answer. */
export const MAX_WAIT = 3 * MINUTE

export const isNotYet = <T>(found: T | NotYet): found is NotYet =>
  typeof found === 'object' && found !== null && 'retryAt' in found
