// Decides the recipients of a fact: an individual customer; for a team, its own address, its owner and its billing managers.

import type { Recipient } from '../messages/message.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Customer } from '../polar/payloads.ts'
import { comparableAddress } from '../runtime/address.ts'

const HEAR_OF_BILLING = new Set(['owner', 'billing_manager'])

/** The customer as Polar has it now; without an address where it no longer exists. */
const asOfNow = async (customer: Customer, polar: Pick<PolarClient, 'customer'>) => {
  const found = await polar.customer({ id: customer.id })
  return { ...customer, email: null, ...(found && { email: found.address, locale: found.locale }) }
}

/**
 * The recipients, no address twice (the rule is Polar's own for its mails: server/polar/customer/service.py).
 * @param isOutdated whether the address in the event is outdated: then Polar is asked for the new one.
 * @throws {PolarUnavailableError} where Polar cannot be asked for the customer, or for a team's members.
 */
export const recipientsOf = async (
  snapshot: Customer,
  isOutdated: boolean,
  polar: Pick<PolarClient, 'customer' | 'members'>,
): Promise<Recipient[]> => {
  const customer = isOutdated ? await asOfNow(snapshot, polar) : snapshot
  const country = customer.billing_address?.country
  const living = country ? { country } : {}
  const own: Recipient[] = customer.email
    ? [
        {
          customerId: customer.id,
          memberId: null,
          address: customer.email,
          name: customer.name,
          locale: customer.locale,
          ...living,
        },
      ]
    : []
  if (customer.type === 'individual') return own
  const members = await polar.members(customer.id)
  const all = own.concat(
    members
      .filter((member) => HEAR_OF_BILLING.has(member.role))
      .map((member) => ({
        customerId: customer.id,
        memberId: member.id,
        address: member.address,
        name: member.name,
        locale: customer.locale,
        ...living,
      })),
  )
  const seen = new Set<string>()
  return all.filter(({ address }) => {
    const own = comparableAddress(address)
    return !seen.has(own) && seen.add(own)
  })
}
