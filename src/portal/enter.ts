// Entering the portal: mint a session for whom the link is for, see that it is still they, and find the page. There is
// an answer in time, whatever Polar does.

import { isRefusal, PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Session } from '../polar/sessions.ts'
import { comparableAddress } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'
import { deepLink } from './places.ts'

type Entry = {
  customerId: string
  memberId: string | null
  /** The address that the session must be for; `null` where nobody knew one when the link was made. */
  address: string | null
  /** Where the portal's way back leads. */
  returnUrl: string | null
  /** Whether the page depends on an order that can be paid. */
  needsOrder: boolean
  path: (orderToPay: string | null) => string
  /** When there has to be an answer, in milliseconds. */
  by: number
}

type Refused =
  | 'address_changed'
  | 'customer_gone'
  | 'no_member'
  /** Polar is slow, limiting or away. */
  | 'polar_unavailable'
  /** Polar denies the access token, or a scope that it lacks. */
  | 'polar_refused'

export type Entered = { url: string } | { refused: Refused; because?: string }

const same = (one: string | null, other: string | null) =>
  one === null || other === null
    ? one === other
    : comparableAddress(one) === comparableAddress(other)

export const createEnter = (polar: PolarClient, clock: Clock) => {
  /** A session for a member, if the member has the mailed address still. */
  const mintForMember = async (
    entry: Entry,
    memberId: string,
    left: () => number,
  ): Promise<Session | Refused> => {
    const session = await polar.createSession({ ...entry, memberId }, left())
    if ('refused' in session)
      return session.refused === 'no_such_customer' ? 'customer_gone' : 'no_member'
    if (entry.address === null) return session
    const address =
      session.address ??
      (await polar.members(entry.customerId, left())).find(({ id }) => id === memberId)?.address ??
      null
    return same(address, entry.address) ? session : 'address_changed'
  }

  const mint = async (entry: Entry, left: () => number): Promise<Session | Refused> => {
    if (entry.memberId) return mintForMember(entry, entry.memberId, left)
    const session = await polar.createSession(entry, left())
    if ('portalUrl' in session) {
      return entry.address === null ||
        same(session.customerAddress ?? session.address, entry.address)
        ? session
        : 'address_changed'
    }
    if (session.refused === 'no_such_customer') return 'customer_gone'
    if (entry.address === null) return 'no_member'
    // The customer became a team after the email: whoever was mailed is one of its members now, or nobody is.
    const members = await polar.members(entry.customerId, left())
    const member = members.find(({ address }) => same(address, entry.address))
    return member ? mintForMember(entry, member.id, left) : 'no_member'
  }

  /** Never throws for what Polar does. */
  return async (entry: Entry): Promise<Entered> => {
    const left = () => entry.by - clock.now()
    // The settings page will do where the order cannot be found out.
    const order = entry.needsOrder
      ? polar.retryableOrder(entry.customerId, left()).catch(() => null)
      : null
    try {
      const session = await mint(entry, left)
      if (typeof session === 'string') return { refused: session }
      return { url: deepLink(session.portalUrl, entry.path(await order)) }
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      const refused = isRefusal(error) ? 'polar_refused' : 'polar_unavailable'
      return { refused, because: error.message }
    }
  }
}

export type Enter = ReturnType<typeof createEnter>
