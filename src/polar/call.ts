// Calling Polar: within a time, within the budget, and with errors in our own words.

import { PolarClientError, PolarRateLimitError } from '@polar-sh/sdk'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { type Clock, SECOND } from '../runtime/clock.ts'

/** Polar could not answer: slow, limiting, failing or away, or its budget is spent. Asking again later may help. */
export class PolarUnavailable extends Error {
  override readonly name = 'PolarUnavailable'
}

/** Polar will not answer: what is asked for is not there, or not for us to know. Asking again will not help. */
export class PolarRefused extends Error {
  override readonly name = 'PolarRefused'
  readonly status: number
  constructor(status: number, options?: ErrorOptions) {
    super(`Polar: it refused with ${status}`, options)
    this.status = status
  }
}

export type PolarOptions = {
  accessToken: string
  environment: 'production' | 'sandbox'
  /** Another API origin, without `/v1`. */
  baseUrl: string | undefined
}

/** Milliseconds that an answer may take unless something else is said. */
export const PATIENCE = 5 * SECOND

/** Client errors that pass. */
const PASSING = new Set([408, 425, 429])

const inOurWords = (cause: unknown): PolarUnavailable | PolarRefused => {
  if (cause instanceof PolarUnavailable || cause instanceof PolarRefused) return cause
  if (cause instanceof PolarRateLimitError)
    return new PolarUnavailable(
      `Polar: its rate limit is reached, try again in ${cause.retryAfter ?? '?'} s`,
    )
  if (cause instanceof PolarClientError) {
    return PASSING.has(cause.statusCode)
      ? new PolarUnavailable(`Polar: it refused with ${cause.statusCode}`)
      : new PolarRefused(cause.statusCode, { cause })
  }
  return new PolarUnavailable(`Polar: ${cause instanceof Error ? cause.name : 'unknown'}`)
}

/** Whom a client asks for. */
export type Purpose = {
  /** Notes a call in the budget; rejects with PolarUnavailable where none is left. */
  spend: () => Promise<void>
  /** After an answer that failed nothing is asked for so long (ms): a Polar that hangs must not make everything hang. */
  rest: number
}

export const createCaller = (
  { accessToken, environment, baseUrl }: PolarOptions,
  { spend, rest }: Purpose,
  clock: Clock,
) => {
  const sdk = createPolar({ accessToken, environment, ...(baseUrl ? { baseUrl } : {}) })
  let resting = { until: 0, because: '' }
  return {
    sdk,
    /**
     * One call.
     * @param patience milliseconds.
     * @throws {PolarUnavailable} @throws {PolarRefused}
     */
    ask: async <T>(
      call: (options: { timeout: number }) => Promise<T>,
      patience = PATIENCE,
    ): Promise<T> => {
      if (clock.now() < resting.until) throw new PolarUnavailable(resting.because)
      await spend()
      try {
        return await call({ timeout: Math.max(patience, 1) / SECOND })
      } catch (cause) {
        const error = inOurWords(cause)
        if (error instanceof PolarUnavailable)
          resting = { until: clock.now() + rest, because: error.message }
        throw error
      }
    },
  }
}

export type Caller = ReturnType<typeof createCaller>

/** What was refused for good counts as not there. */
export const unlessRefused = (error: unknown): null => {
  if (error instanceof PolarRefused) return null
  throw error
}
