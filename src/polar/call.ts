// Calling Polar: within a time, within the budget, and with errors in our own words.

import { PolarClientError, PolarNetworkError, PolarRateLimitError } from '@polar-sh/sdk'
import { createPolar, createPolarCore } from '@polar-sh/sdk/2026-10'
import { createCustomerSessionsService } from '@polar-sh/sdk/2026-10/services/customer_sessions'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import { createTransport } from './transport.ts'

/**
 * Polar could not answer: slow, limiting, failing or away, or its budget is spent. Asking again later may help; where it is
 * known, from `until` on (milliseconds).
 */
export class PolarUnavailable extends Error {
  override readonly name = 'PolarUnavailable'
  readonly until: number | undefined
  constructor(message: string, until?: number, options?: ErrorOptions) {
    super(message, options)
    this.until = until
  }
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

/** A limit that Polar sets longer than this is asked about again all the same. */
const LONGEST_REST = MINUTE

/** Whom a client asks for. */
export type Purpose = {
  /** Notes a call in the budget; rejects with PolarUnavailable where none is left. */
  spend: () => Promise<void>
  /** A Polar that hangs is left alone for so long (ms), or everything would hang with it; one that limits, as long as it says. */
  rest: number
}

export const createCaller = (
  { accessToken, environment, baseUrl }: PolarOptions,
  { spend, rest }: Purpose,
  clock: Clock,
) => {
  const given = { accessToken, environment, ...(baseUrl ? { baseUrl } : {}) }
  const sdk = createPolar(given)
  const core = createPolarCore(given)
  core.sendRequest = createTransport(PATIENCE)
  let resting: PolarUnavailable | undefined

  const inOurWords = (cause: unknown): PolarUnavailable | PolarRefused => {
    const now = clock.now()
    if (cause instanceof PolarRateLimitError) {
      const wait = Math.min((cause.retryAfter ?? 0) * SECOND, LONGEST_REST)
      return new PolarUnavailable('Polar: its rate limit is reached', now + Math.max(rest, wait))
    }
    if (cause instanceof PolarNetworkError)
      return new PolarUnavailable(`Polar: ${cause.name}`, now + rest)
    if (cause instanceof PolarClientError && !PASSING.has(cause.statusCode))
      return new PolarRefused(cause.statusCode, { cause })
    return new PolarUnavailable(`Polar: ${cause instanceof Error ? cause.name : 'unknown'}`)
  }

  return {
    sdk,
    /** Of the SDK, what a click asks for. */
    customerSessions: createCustomerSessionsService(core),
    /**
     * One call, and the reading of its answer: one of an unforeseen shape is no answer.
     * @param patience milliseconds.
     * @throws {PolarUnavailable} @throws {PolarRefused}
     */
    ask: async <T>(
      call: (options: { timeout: number }) => Promise<T>,
      patience = PATIENCE,
    ): Promise<T> => {
      if (resting?.until !== undefined && clock.now() < resting.until) throw resting
      const until = performance.now() + patience
      await spend() // Redis may take its time too
      const left = until - performance.now()
      if (left <= 0) throw new PolarUnavailable('Polar: no time is left to ask it')
      try {
        return await call({ timeout: left / SECOND })
      } catch (cause) {
        const error = inOurWords(cause)
        if (error instanceof PolarUnavailable && (error.until ?? 0) > clock.now()) resting = error
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

/** What is refused to us now, for want of a scope say, may be granted later: nobody is given up for it. */
export const orLater = (error: unknown): never => {
  throw error instanceof PolarRefused ? new PolarUnavailable(error.message) : error
}
