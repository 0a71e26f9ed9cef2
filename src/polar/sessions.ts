// Mints customer sessions, and lists the members of a team.

import { errors } from '@polar-sh/sdk/2026-10'
import { PAGE_SIZE } from './answers.ts'
import { type Caller, DEFAULT_TIMEOUT, PolarRefusedError, throwAsUnavailable } from './call.ts'

export type Session = {
  /** Signs in anybody who opens it, for an hour. Never stored, never logged. */
  portalUrl: string
  /** The address in the URL, of the customer or the member that it signs in. */
  address: string | null
  /** A team may have none. */
  customerAddress: string | null
}

export type Refusal = 'member_required' | 'no_such_customer' | 'no_such_member'

export type Member = { id: string; role: string; address: string; name: string | null }

/** The field that Polar rejected. For a missing customer Polar answers 422, not 404. */
const refusedField = (error: unknown): string | undefined => {
  const cause = error instanceof PolarRefusedError ? error.cause : undefined
  if (!(cause instanceof errors.HTTPValidationError)) return undefined
  const detail = (cause.error as { detail?: { loc?: unknown[] }[] | string } | undefined)?.detail
  return Array.isArray(detail)
    ? detail.map(({ loc }) => String(loc?.at(-1))).find(Boolean)
    : undefined
}

const REFUSALS = new Map<string | undefined, Refusal>([
  ['member_id', 'member_required'],
  ['customer_id', 'no_such_customer'],
])

/** Polar writes a missing address as `None`. */
const addressIn = (portalUrl: string): string | null => {
  const address = new URL(portalUrl).searchParams.get('email')
  return address && address !== 'None' ? address : null
}

export const createSessions = ({ sdk, request }: Caller) => ({
  /**
   * Mints a session for a customer or one of its members. The portal's "back" link leads to
   * `returnUrl`.
   * @throws {PolarUnavailableError}
   */
  createSession: async (
    target: { customerId: string; memberId: string | null; returnUrl?: string | null },
    timeoutMs: number,
  ): Promise<Session | { refused: Refusal }> => {
    try {
      return await request(async (options) => {
        const { customer_portal_url: portalUrl, customer } = await sdk.customerSessions.create(
          {
            customer_id: target.customerId,
            ...(target.memberId ? { member_id: target.memberId } : {}),
            ...(target.returnUrl ? { return_url: target.returnUrl } : {}),
          },
          options,
        )
        if (!/^https?:\/\//.test(portalUrl)) throw new Error('the portal URL is no http(s) URL')
        return {
          portalUrl,
          address: addressIn(portalUrl),
          customerAddress: customer.email ?? null,
        }
      }, timeoutMs)
    } catch (error) {
      const refusal = REFUSALS.get(refusedField(error))
      if (!refusal) return throwAsUnavailable(error)
      return {
        refused: refusal === 'member_required' && target.memberId ? 'no_such_member' : refusal,
      }
    }
  },

  /**
   * All members of a customer.
   * @param timeoutMs for all pages together.
   * @throws {PolarUnavailableError}
   */
  members: async (customerId: string, timeoutMs = DEFAULT_TIMEOUT): Promise<Member[]> => {
    const until = performance.now() + timeoutMs
    const members: Member[] = []
    for (let page = 1, last = 1; page <= last; page++) {
      const { items, pagination } = await request(
        (options) => sdk.customers.members.list(customerId, { limit: PAGE_SIZE, page }, options),
        until - performance.now(),
      ).catch(throwAsUnavailable)
      last = pagination.max_page
      for (const { id, role, email, name } of items)
        members.push({ id, role, address: email, name })
    }
    return members
  },
})
