// Links for customers whom the merchant's own app has signed in: whose, asked of Polar, and made.

import type { Links } from '../links/issue.ts'
import { type Link, publicId } from '../links/link.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { SECOND } from '../runtime/clock.ts'
import type { LinkOrder } from './request.ts'

/** The merchant's app waits, and its customer with it. */
const PATIENCE = 2 * SECOND

/** Why there is no link: the request is wrong, names nobody, or cannot be answered for now. */
type Refused = { status: 400 | 404 | 503; error: string }

type Issued = { id: string; url: string; expiresAt: number }

type Whose = Pick<Link, 'customerId' | 'memberId' | 'address' | 'language'>

/** Whether a text may be the id of a customer at Polar. */
export const isCustomerId = (text: string) =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

type IssuingParts = {
  issue: Links['issue']
  polar: Pick<PolarClient, 'customer' | 'members'>
}

const unknown = (field: string): Refused => ({
  status: 404,
  error: `Polar knows no customer with this ${field}`,
})

/** `undefined` where Polar cannot be asked now. */
const unlessAway = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: unknown) => {
    if (error instanceof PolarUnavailableError) return undefined
    throw error
  })

export const createIssuing = ({ issue, polar }: IssuingParts) => {
  const memberOf = async (whose: Whose, memberId: string): Promise<Whose | Refused> => {
    const members = await unlessAway(polar.members(whose.customerId, PATIENCE))
    if (!members) return { ...whose, memberId, address: null }
    const member = members.find(({ id }) => id === memberId)
    if (!member) return { status: 404, error: 'the customer has no member with this member_id' }
    return { ...whose, memberId, address: member.address }
  }

  const whoseIs = async ({ of, memberId }: LinkOrder): Promise<Whose | Refused> => {
    const field = 'id' in of ? 'customer_id' : 'external_customer_id'
    if ('id' in of && !isCustomerId(of.id)) return unknown(field)
    const customer = await unlessAway(polar.customer(of, PATIENCE))
    if (customer === null || customer?.isDeleted) return unknown(field)
    if (!customer) {
      // The click finds out the rest: a link does not depend on Polar's answering just now.
      if ('id' in of) return { customerId: of.id, memberId, address: null, language: null }
      return { status: 503, error: 'Polar could not be asked whose external id this is; try again' }
    }
    if (customer.isTeam && !memberId) {
      const error = 'the customer is a team: say which of its members, with member_id'
      return { status: 400, error }
    }
    const { id: customerId, address, locale: language } = customer
    const whose = { customerId, memberId: null, address, language }
    return memberId ? memberOf(whose, memberId) : whose
  }

  return async (order: LinkOrder): Promise<Issued | Refused> => {
    const whose = await whoseIs(order)
    if ('status' in whose) return whose
    const { target, returnUrl, life } = order
    const { link, url } = await issue({ ...whose, target, returnUrl }, life)
    return { id: publicId(link), url, expiresAt: link.expiresAt }
  }
}

export type Issue = ReturnType<typeof createIssuing>
