// Calls Polar's API: within a timeout and the budget, and with errors that say whether a retry
// helps.

import {
  PolarClientError,
  PolarNetworkError,
  PolarRateLimitError,
  PolarServerError,
} from '@polar-sh/sdk'
import { createPolarCore } from '@polar-sh/sdk/2026-10'
import { createCustomerSessionsService } from '@polar-sh/sdk/2026-10/services/customer_sessions'
import { createCustomersService } from '@polar-sh/sdk/2026-10/services/customers'
import { createEventsService } from '@polar-sh/sdk/2026-10/services/events'
import { createOrdersService } from '@polar-sh/sdk/2026-10/services/orders'
import { createOrganizationsService } from '@polar-sh/sdk/2026-10/services/organizations'
import { createPaymentsService } from '@polar-sh/sdk/2026-10/services/payments'
import { createProductsService } from '@polar-sh/sdk/2026-10/services/products'
import { createRefundsService } from '@polar-sh/sdk/2026-10/services/refunds'
import { createSubscriptionsService } from '@polar-sh/sdk/2026-10/services/subscriptions'
import { createWebhooksService } from '@polar-sh/sdk/2026-10/services/webhooks'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import { PosternError } from '../runtime/errors.ts'
import { callOf, type Denial, type Denials, denialOf, reasonOf } from './denials.ts'
import { createTransport } from './transport.ts'

/**
 * Polar did not answer: it is slow, limits us, fails or is down, or the budget is spent. A retry
 * may help, from `until` on if it is set (milliseconds).
 */
export class PolarUnavailableError extends PosternError {
  override readonly name = 'PolarUnavailableError'
  readonly until: number | undefined
  constructor(message: string, until?: number, options?: ErrorOptions) {
    super(message, options)
    this.until = until
  }
}

/**
 * Polar refused: the object does not exist, or the access token may not read it. A retry does not
 * help.
 */
export class PolarRefusedError extends PosternError {
  override readonly name = 'PolarRefusedError'
  readonly status: number
  constructor(status: number, because?: string, options?: ErrorOptions) {
    super(`Polar: refused with ${status}${because ? `, ${because}` : ''}`, options)
    this.status = status
  }
}

/**
 * Thrown inside the SDK's transport, because the SDK drops the header that names the missing scope.
 */
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
  /** The API's origin, without `/v1`, if it is not Polar's. */
  baseUrl: string | undefined
  denials: Denials
  /** Receives each call once it has ended, or could not be made. */
  onCall?: (call: PolarCall) => void
}

/** The purpose of a call. */
export type PurposeName = 'backfill' | 'messages' | 'api' | 'clicks'

/** `not_made`: the budget is spent, or Polar did not answer a moment ago. `took` in milliseconds. */
export type PolarCall = {
  purpose: PurposeName
  result: 'ok' | 'refused' | 'unavailable' | 'not_made'
  took: number
}

export const DEFAULT_TIMEOUT = 5 * SECOND

/** Client errors after which a retry helps. */
const TRANSIENT = new Set([408, 425, 429])

/** A longer `Retry-After` is cut to this. */
const MAX_BACK_OFF = MINUTE

/** Why no usable answer came, in a few words. The SDK quotes the page of a failing server, which is left out. */
const reasonIn = (cause: unknown): string => {
  if (cause instanceof PolarNetworkError) return cause.message.replace(/^Polar API [^:]+: /, '')
  if (cause instanceof PolarServerError) return `status ${/\b5\d\d\b/.exec(cause.message)?.[0]}`
  return cause instanceof Error ? cause.name : 'unknown'
}

export type Purpose = {
  name: PurposeName
  /** Takes a call from the budget; rejects with PolarUnavailableError if none is left. */
  spend: () => Promise<void>
  /**
   * After a network error no call is made for this long (ms), so that a hanging Polar does not
   * stall everything.
   */
  backOff: number
}

export const createCaller = (
  { accessToken, environment, baseUrl, denials, onCall }: PolarOptions,
  { name: purpose, spend, backOff }: Purpose,
  clock: Clock,
) => {
  const core = createPolarCore({ accessToken, environment, ...(baseUrl ? { baseUrl } : {}) })
  const send = createTransport(DEFAULT_TIMEOUT)
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
  let backingOff: PolarUnavailableError | undefined

  const toPosternError = (cause: unknown): PolarUnavailableError | PolarRefusedError => {
    const now = clock.now()
    if (cause instanceof PolarRateLimitError) {
      const wait = Math.min((cause.retryAfter ?? 0) * SECOND, MAX_BACK_OFF)
      return new PolarUnavailableError(
        'Polar: its rate limit is reached',
        now + Math.max(backOff, wait),
      )
    }
    const unanswered = `Polar: no usable answer, ${reasonIn(cause)}`
    if (cause instanceof PolarNetworkError)
      return new PolarUnavailableError(unanswered, now + backOff)
    if (cause instanceof DeniedError)
      return new PolarRefusedError(cause.denial.status, cause.message, { cause })
    if (cause instanceof PolarClientError && !TRANSIENT.has(cause.statusCode))
      return new PolarRefusedError(cause.statusCode, undefined, { cause })
    return new PolarUnavailableError(unanswered)
  }

  /** Takes a call from the budget. Resolves with the milliseconds that are left for it. */
  const timeToCall = async (until: number): Promise<number> => {
    if (backingOff?.until !== undefined && clock.now() < backingOff.until) throw backingOff
    await spend() // Redis may be slow too
    const timeLeft = until - performance.now()
    if (timeLeft <= 0) throw new PolarUnavailableError('Polar: no time was left to call it')
    return timeLeft
  }

  const chargePreview = async (id: string, options: { timeout: number }): Promise<unknown> => {
    const path = '/v1/subscriptions/{id}/charge-preview'
    const response = await core.sendRequest(core.buildRequest('GET', path, { id }, {}), options)
    return core.parseResponse(response, 'json', {})
  }

  /** A call whose answer does not matter: whether it is denied, and when it came (ms). */
  const probe = async (
    method: string,
    path: string,
    body: unknown,
    options: { timeout: number },
  ): Promise<{ date: number | null }> => {
    const request = core.buildRequest(method, path, {}, {}, body)
    const response = await core.sendRequest(request, options)
    const { status, headers } = response
    if (status === 429 || status >= 500) await core.parseResponse(response, 'json', {}) // throws
    return { date: Date.parse(headers.get('Date') ?? '') || null }
  }

  return {
    /** The services of the SDK that we use, over one transport, and calls that the SDK lacks. */
    sdk: {
      chargePreview,
      probe,
      customerSessions: createCustomerSessionsService(core),
      customers: createCustomersService(core),
      events: createEventsService(core),
      orders: createOrdersService(core),
      organizations: createOrganizationsService(core),
      payments: createPaymentsService(core),
      products: createProductsService(core),
      refunds: createRefundsService(core),
      subscriptions: createSubscriptionsService(core),
      webhooks: createWebhooksService(core),
    },
    /**
     * Makes one call and reads its answer. An answer of an unexpected shape counts as none.
     * @param timeoutMs for the call and the budget together.
     * @throws {PolarUnavailableError} @throws {PolarRefusedError}
     */
    request: async <T>(
      call: (options: { timeout: number }) => Promise<T>,
      timeoutMs = DEFAULT_TIMEOUT,
    ): Promise<T> => {
      const began = performance.now()
      const note = (result: PolarCall['result']) =>
        onCall?.({ purpose, result, took: performance.now() - began })
      const timeLeft = await timeToCall(began + timeoutMs).catch((error: unknown) => {
        note('not_made')
        throw error
      })
      try {
        const answer = await call({ timeout: timeLeft / SECOND })
        note('ok')
        return answer
      } catch (cause) {
        const error = toPosternError(cause)
        note(error instanceof PolarRefusedError ? 'refused' : 'unavailable')
        if (error instanceof PolarUnavailableError && (error.until ?? 0) > clock.now())
          backingOff = error
        throw error
      }
    },
  }
}

export type Caller = ReturnType<typeof createCaller>

/** For `catch`: turns a refusal into `null`, as if the object did not exist. */
export const nullIfRefused = (error: unknown): null => {
  if (error instanceof PolarRefusedError) return null
  throw error
}

/** For `catch`: turns a refusal into a retry, because a missing scope may be added later. */
export const throwAsUnavailable = (error: unknown): never => {
  throw error instanceof PolarRefusedError
    ? new PolarUnavailableError(error.message, undefined, { cause: error })
    : error
}

/** The scopes of which any one would have been enough. Empty if the answer named none. */
export const acceptedScopes = ({ cause }: PolarRefusedError): readonly string[] =>
  cause instanceof DeniedError ? cause.denial.scopes : []

/** Whether the cause of an error is that Polar refused. */
export const wasRefused = (error: PolarUnavailableError): boolean =>
  error.cause instanceof PolarRefusedError
