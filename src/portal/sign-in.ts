// Signs a customer in to the portal: mints a session, checks that it is for the mailed address, and
// builds the URL. It answers before a deadline, whatever Polar does.

import { PolarUnavailableError, wasRefused } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Session } from '../polar/sessions.ts'
import { comparableAddress } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'
import { deepLink, type Target } from './urls.ts'

type SignInRequest = {
  customerId: string
  memberId: string | null
  /**
   * The address that the session must be for; `null` if it was not known when the link was made.
   */
  address: string | null
  /** The portal's "back" link leads there. */
  returnUrl: string | null
  target: Target
  /** The time (ms) by which there must be an answer. */
  deadline: number
}

export type RefusalReason =
  | 'address_changed'
  | 'customer_gone'
  | 'no_member'
  /** Polar is slow, limits us, or is down. */
  | 'polar_unavailable'
  /** Polar refuses the access token, or it lacks a scope. */
  | 'polar_refused'

export type SignInResult = { url: string } | { refused: RefusalReason; because?: string }

const isSameAddress = (one: string | null, other: string | null) =>
  one === null || other === null
    ? one === other
    : comparableAddress(one) === comparableAddress(other)

export const createSignIn = (polar: PolarClient, clock: Clock) => {
  /** Mints a session for a member, and refuses it if the member's address is not the mailed one. */
  const mintForMember = async (
    request: SignInRequest,
    memberId: string,
    timeLeft: () => number,
  ): Promise<Session | RefusalReason> => {
    const session = await polar.createSession({ ...request, memberId }, timeLeft())
    if ('refused' in session)
      return session.refused === 'no_such_customer' ? 'customer_gone' : 'no_member'
    if (request.address === null) return session
    const addressAtPolar = async () => {
      const members = await polar.members(request.customerId, timeLeft())
      return members.find(({ id }) => id === memberId)?.address ?? null
    }
    const address = session.address ?? (await addressAtPolar())
    return isSameAddress(address, request.address) ? session : 'address_changed'
  }

  const mint = async (
    request: SignInRequest,
    timeLeft: () => number,
  ): Promise<Session | RefusalReason> => {
    if (request.memberId) return mintForMember(request, request.memberId, timeLeft)
    const session = await polar.createSession(request, timeLeft())
    if ('portalUrl' in session) {
      return request.address === null ||
        isSameAddress(session.customerAddress ?? session.address, request.address)
        ? session
        : 'address_changed'
    }
    if (session.refused === 'no_such_customer') return 'customer_gone'
    if (request.address === null) return 'no_member'
    // The customer became a team after the email. The recipient may be one of its members now.
    const members = await polar.members(request.customerId, timeLeft())
    const member = members.find(({ address }) => isSameAddress(address, request.address))
    return member ? mintForMember(request, member.id, timeLeft) : 'no_member'
  }

  /** Returns a refusal, and never throws, when Polar refuses or fails. */
  return async (request: SignInRequest): Promise<SignInResult> => {
    const timeLeft = () => request.deadline - clock.now()
    // If this look-up fails, the link leads to the settings page.
    const order =
      request.target === 'payment'
        ? polar.retryableOrder(request.customerId, timeLeft()).catch(() => null)
        : null
    try {
      const session = await mint(request, timeLeft)
      if (typeof session === 'string') return { refused: session }
      return { url: deepLink(session.portalUrl, request.target, await order) }
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      const refused = wasRefused(error) ? 'polar_refused' : 'polar_unavailable'
      return { refused, because: error.message }
    }
  }
}

export type SignIn = ReturnType<typeof createSignIn>
