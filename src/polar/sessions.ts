// Customer sessions, and the members of a team who may have one.

import { errors } from '@polar-sh/sdk/2026-10'
import { type Caller, orLater, PATIENCE, PolarRefusedError } from './call.ts'

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

const MOST_PER_PAGE = 100

/** Which field of the request Polar did not accept; it answers 422 for a missing customer, not 404. */
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

/** Polar writes an absent address as the word. */
const addressIn = (portalUrl: string): string | null => {
  const address = new URL(portalUrl).searchParams.get('email')
  return address && address !== 'None' ? address : null
}

export const createSessions = ({ sdk, ask }: Caller) => ({
  /**
   * Mints a session for a customer, or for one of its members. The portal leads back to `returnUrl` where one is given.
   * @param patience milliseconds.
   * @throws {PolarUnavailableError}
   */
  createSession: async (
    of: { customerId: string; memberId: string | null; returnUrl?: string | null },
    patience: number,
  ): Promise<Session | { refused: Refusal }> => {
    try {
      return await ask(async (options) => {
        const { customer_portal_url: portalUrl, customer } = await sdk.customerSessions.create(
          {
            customer_id: of.customerId,
            ...(of.memberId ? { member_id: of.memberId } : {}),
            ...(of.returnUrl ? { return_url: of.returnUrl } : {}),
          },
          options,
        )
        if (!/^https?:\/\//.test(portalUrl)) throw new Error('no web address for the session')
        return {
          portalUrl,
          address: addressIn(portalUrl),
          customerAddress: customer.email ?? null,
        }
      }, patience)
    } catch (error) {
      const refusal = REFUSALS.get(refusedField(error))
      if (!refusal) return orLater(error)
      return {
        refused: refusal === 'member_required' && of.memberId ? 'no_such_member' : refusal,
      }
    }
  },

  /**
   * All members of a customer.
   * @param patience milliseconds for all of them.
   * @throws {PolarUnavailableError}
   */
  members: async (customerId: string, patience = PATIENCE): Promise<Member[]> => {
    const until = performance.now() + patience
    const members: Member[] = []
    for (let page = 1, last = 1; page <= last; page++) {
      const { items, pagination } = await ask(
        (options) =>
          sdk.customers.members.list(customerId, { limit: MOST_PER_PAGE, page }, options),
        until - performance.now(),
      ).catch(orLater)
      last = pagination.max_page
      for (const { id, role, email, name } of items)
        members.push({ id, role, address: email, name })
    }
    return members
  },
})
