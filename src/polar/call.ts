// Calling Polar: within a time, within the budget, and with errors in our own words.

import { PolarClientError, PolarNetworkError, PolarRateLimitError } from '@polar-sh/sdk'
import { createPolarCore } from '@polar-sh/sdk/2026-10'
import { createCustomerSessionsService } from '@polar-sh/sdk/2026-10/services/customer_sessions'
import { createCustomersService } from '@polar-sh/sdk/2026-10/services/customers'
import { createOrdersService } from '@polar-sh/sdk/2026-10/services/orders'
import { createOrganizationsService } from '@polar-sh/sdk/2026-10/services/organizations'
import { createPaymentsService } from '@polar-sh/sdk/2026-10/services/payments'
import { createProductsService } from '@polar-sh/sdk/2026-10/services/products'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import { PosternError } from '../runtime/errors.ts'
import { callOf, type Denial, type Denials, denialOf, reasonOf } from './denials.ts'
import { createTransport } from './transport.ts'

/**
 * Polar could not answer: slow, limiting, failing or away, or its budget is spent. Asking again later may help; where it is
 * known, from `until` on (milliseconds).
 */
export class PolarUnavailableError extends PosternError {
  override readonly name = 'PolarUnavailableError'
  readonly until: number | undefined
  constructor(message: string, until?: number, options?: ErrorOptions) {
    super(message, options)
    this.until = until
  }
}

/** Polar will not answer: what is asked for is not there, or not for us to know. Asking again will not help. */
export class PolarRefusedError extends PosternError {
  override readonly name = 'PolarRefusedError'
  readonly status: number
  constructor(status: number, because?: string, options?: ErrorOptions) {
    super(`Polar: it refused with ${status}${because ? `, ${because}` : ''}`, options)
    this.status = status
  }
}

/** Ends a call of the SDK, which would drop the header that names the missing scope. */
class DeniedError extends PosternError {
  override readonly name = 'DeniedError'
  readonly denial: Denial
  constructor(denial: Denial) {
    super(reasonOf(denial))
    this.denial = denial
  }
}

export type PolarOptions = {
  accessToken: string
  environment: 'production' | 'sandbox'
  /** Another API origin, without `/v1`. */
  baseUrl: string | undefined
  denials: Denials
}

/** Milliseconds that an answer may take unless something else is said. */
export const PATIENCE = 5 * SECOND

/** Client errors that pass. */
const PASSING = new Set([408, 425, 429])

/** A limit that Polar sets longer than this is asked about again all the same. */
const LONGEST_REST = MINUTE

/** Whom a client asks for. */
export type Purpose = {
  /** Notes a call in the budget; rejects with PolarUnavailableError where none is left. */
  spend: () => Promise<void>
  /** A Polar that hangs is left alone for so long (ms), or everything would hang with it; one that limits, as long as it says. */
  rest: number
}

export const createCaller = (
  { accessToken, environment, baseUrl, denials }: PolarOptions,
  { spend, rest }: Purpose,
  clock: Clock,
) => {
  const core = createPolarCore({ accessToken, environment, ...(baseUrl ? { baseUrl } : {}) })
  const send = createTransport(PATIENCE)
  core.sendRequest = async (request, options) => {
    const [url, { method = 'GET' }] = request
    const response = await send(request, options)
    const call = callOf(method, url)
    const denial = denialOf(call, response.status, response.headers.get('WWW-Authenticate'))
    if (denial) {
      denials.denied(denial)
      throw new DeniedError(denial)
    }
    denials.worked(call)
    return response
  }
  let resting: PolarUnavailableError | undefined

  const inOurWords = (cause: unknown): PolarUnavailableError | PolarRefusedError => {
    const now = clock.now()
    if (cause instanceof PolarRateLimitError) {
      const wait = Math.min((cause.retryAfter ?? 0) * SECOND, LONGEST_REST)
      return new PolarUnavailableError(
        'Polar: its rate limit is reached',
        now + Math.max(rest, wait),
      )
    }
    if (cause instanceof PolarNetworkError)
      return new PolarUnavailableError(`Polar: ${cause.name}`, now + rest)
    if (cause instanceof DeniedError)
      return new PolarRefusedError(cause.denial.status, cause.message, { cause })
    if (cause instanceof PolarClientError && !PASSING.has(cause.statusCode))
      return new PolarRefusedError(cause.statusCode, undefined, { cause })
    return new PolarUnavailableError(`Polar: ${cause instanceof Error ? cause.name : 'unknown'}`)
  }

  return {
    /** The parts of the SDK that we ask, all over one transport. */
    sdk: {
      customerSessions: createCustomerSessionsService(core),
      customers: createCustomersService(core),
      orders: createOrdersService(core),
      organizations: createOrganizationsService(core),
      payments: createPaymentsService(core),
      products: createProductsService(core),
    },
    /**
     * One call, and the reading of its answer: one of an unforeseen shape is no answer.
     * @param patience milliseconds.
     * @throws {PolarUnavailableError} @throws {PolarRefusedError}
     */
    ask: async <T>(
      call: (options: { timeout: number }) => Promise<T>,
      patience = PATIENCE,
    ): Promise<T> => {
      if (resting?.until !== undefined && clock.now() < resting.until) throw resting
      const until = performance.now() + patience
      await spend() // Redis may take its time too
      const left = until - performance.now()
      if (left <= 0) throw new PolarUnavailableError('Polar: no time is left to ask it')
      try {
        return await call({ timeout: left / SECOND })
      } catch (cause) {
        const error = inOurWords(cause)
        if (error instanceof PolarUnavailableError && (error.until ?? 0) > clock.now())
          resting = error
        throw error
      }
    },
  }
}

export type Caller = ReturnType<typeof createCaller>

/** What was refused for good counts as not there. */
export const unlessRefused = (error: unknown): null => {
  if (error instanceof PolarRefusedError) return null
  throw error
}

/** What is refused to us now, for want of a scope say, may be granted later: nobody is given up for it. */
export const orLater = (error: unknown): never => {
  throw error instanceof PolarRefusedError
    ? new PolarUnavailableError(error.message, undefined, { cause: error })
    : error
}

/** Whether Polar answered, and refused, where an error says only that there was no usable answer. */
export const isRefusal = (error: PolarUnavailableError): boolean =>
  error.cause instanceof PolarRefusedError
