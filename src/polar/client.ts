// Polar, in our own words: the few things we ask of it, through its SDK. The one place that calls Polar.

import { PolarClientError, PolarRateLimitError } from '@polar-sh/sdk'
import { createPolar, errors } from '@polar-sh/sdk/2026-10'
import { SECOND } from '../runtime/clock.ts'

/** Polar could not answer: slow, limiting, failing or away. Asking again later may help. */
export class PolarUnavailable extends Error {
  override readonly name = 'PolarUnavailable'
}

export type Session = {
  /** Signs its bearer in for an hour. Never stored, never logged. */
  portalUrl: string
  /** The address that the URL names: whom it signs in, a member by its own. */
  address: string | null
  /** The customer's address; a team may have none. */
  customerAddress: string | null
}

export type Refusal = 'member_required' | 'no_such_customer' | 'no_such_member'

export type Member = { id: string; role: string; address: string; name: string | null }

type PolarOptions = {
  accessToken: string
  environment: 'production' | 'sandbox'
  /** Another API origin, without `/v1`. */
  baseUrl: string | undefined
}

const PATIENCE = 5 * SECOND
const MOST_PER_PAGE = 100

const unavailable = (cause: unknown): PolarUnavailable => {
  const why =
    cause instanceof PolarRateLimitError
      ? `its rate limit is reached, try again in ${cause.retryAfter ?? '?'} s`
      : cause instanceof PolarClientError
        ? `it refused with ${cause.statusCode}`
        : cause instanceof Error
          ? cause.name
          : 'unknown'
  return new PolarUnavailable(`Polar: ${why}`)
}

/** Which field of the request Polar did not accept; it answers 422 for a missing customer, not 404. */
const refusedField = (error: unknown): string | undefined => {
  if (!(error instanceof errors.HTTPValidationError)) return undefined
  const detail = (error.error as { detail?: { loc?: unknown[] }[] | string } | undefined)?.detail
  return Array.isArray(detail)
    ? detail.map(({ loc }) => String(loc?.at(-1))).find(Boolean)
    : undefined
}

const REFUSALS = new Map<string | undefined, Refusal>([
  ['member_id', 'member_required'],
  ['customer_id', 'no_such_customer'],
])

/** Polar writes an absent address as the word. */
const addressIn = (portalUrl: string): string | null => {
  const address = new URL(portalUrl).searchParams.get('email')
  return address && address !== 'None' ? address : null
}

export const createPolarClient = ({ accessToken, environment, baseUrl }: PolarOptions) => {
  const polar = createPolar({ accessToken, environment, ...(baseUrl ? { baseUrl } : {}) })
  const within = (patience: number) => ({ timeout: Math.max(patience, 1) / SECOND })

  return {
    /**
     * Mints a session for a customer, or for one of its members.
     * @param patience milliseconds.
     * @throws {PolarUnavailable}
     */
    createSession: async (
      of: { customerId: string; memberId: string | null },
      patience: number,
    ): Promise<Session | { refused: Refusal }> => {
      try {
        const session = await polar.customerSessions.create(
          { customer_id: of.customerId, ...(of.memberId ? { member_id: of.memberId } : {}) },
          within(patience),
        )
        const portalUrl = session.customer_portal_url
        if (!/^https?:\/\//.test(portalUrl)) throw new Error('no web address for the session')
        return {
          portalUrl,
          address: addressIn(portalUrl),
          customerAddress: session.customer.email ?? null,
        }
      } catch (error) {
        const refusal = REFUSALS.get(refusedField(error))
        if (!refusal) throw unavailable(error)
        return {
          refused: refusal === 'member_required' && of.memberId ? 'no_such_member' : refusal,
        }
      }
    },

    /**
     * All members of a customer.
     * @throws {PolarUnavailable}
     */
    members: async (customerId: string, patience = PATIENCE): Promise<Member[]> => {
      const members: Member[] = []
      try {
        const pages = polar.customers.members.iterList(
          customerId,
          { limit: MOST_PER_PAGE },
          within(patience),
        )
        for await (const { id, role, email, name } of pages)
          members.push({ id, role, address: email, name })
      } catch (error) {
        throw unavailable(error)
      }
      return members
    },

    /**
     * The newest of a customer's unpaid orders that it can pay by itself, if there is one.
     * @throws {PolarUnavailable}
     */
    retryableOrder: async (customerId: string, patience = PATIENCE): Promise<string | null> => {
      try {
        const { items } = await polar.orders.list(
          { customer_id: customerId, status: ['pending'] },
          within(patience),
        )
        return items.find((order) => order.next_payment_attempt_at !== null)?.id ?? null
      } catch (error) {
        throw unavailable(error)
      }
    },
  }
}

export type PolarClient = ReturnType<typeof createPolarClient>
