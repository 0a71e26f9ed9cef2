// Makes links for customers whom the merchant's own app has signed in. Polar says who the customer
// is.

import type { Links } from '../links/issue.ts'
import type { Link } from '../links/link.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { SECOND } from '../runtime/clock.ts'
import type { LinkRequest } from './request.ts'

/** The merchant's app and its customer wait for this. */
const POLAR_TIMEOUT = 2 * SECOND

/** The request is wrong (400), names no customer (404), or cannot be answered now (503). */
type Refused = { status: 400 | 404 | 503; error: string }

type Issued = { id: string; url: string; expiresAt: number }

type LinkOwner = Pick<Link, 'customerId' | 'memberId' | 'address' | 'language'>

/** Whether `text` has the form of a customer's id at Polar, a UUID. */
export const isCustomerId = (text: string) =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

type IssueLinkParts = {
  issue: Links['issue']
  polar: Pick<PolarClient, 'customer' | 'members'>
}

const unknownCustomer = (field: string): Refused => ({
  status: 404,
  error: `Polar has no customer with this ${field}`,
})

/** Resolves with `undefined` while Polar is unavailable. */
const unlessUnavailable = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: unknown) => {
    if (error instanceof PolarUnavailableError) return undefined
    throw error
  })

export const createIssueLink = ({ issue, polar }: IssueLinkParts) => {
  const memberOwner = async (owner: LinkOwner, memberId: string): Promise<LinkOwner | Refused> => {
    const members = await unlessUnavailable(polar.members(owner.customerId, POLAR_TIMEOUT))
    if (!members) return { ...owner, memberId, address: null }
    const member = members.find(({ id }) => id === memberId)
    if (!member) return { status: 404, error: 'the customer has no member with this member_id' }
    return { ...owner, memberId, address: member.address }
  }

  const ownerOf = async ({
    customer: ref,
    memberId,
  }: LinkRequest): Promise<LinkOwner | Refused> => {
    const field = 'id' in ref ? 'customer_id' : 'external_customer_id'
    if ('id' in ref && !isCustomerId(ref.id)) return unknownCustomer(field)
    const customer = await unlessUnavailable(polar.customer(ref, POLAR_TIMEOUT))
    if (customer === null || customer?.isDeleted) return unknownCustomer(field)
    if (!customer) {
      // The link works without Polar's answer. The click checks the customer.
      if ('id' in ref) return { customerId: ref.id, memberId, address: null, language: null }
      return { status: 503, error: 'Polar did not say whose external id this is; try again' }
    }
    if (customer.isTeam && !memberId) {
      const error = 'the customer is a team: name one of its members with member_id'
      return { status: 400, error }
    }
    const { id: customerId, address, locale: language } = customer
    const owner = { customerId, memberId: null, address, language }
    return memberId ? memberOwner(owner, memberId) : owner
  }

  return async (request: LinkRequest): Promise<Issued | Refused> => {
    const owner = await ownerOf(request)
    if ('status' in owner) return owner
    const { target, returnUrl, life } = request
    return issue({ ...owner, target, returnUrl }, life)
  }
}

export type IssueLink = ReturnType<typeof createIssueLink>
