// Reads and changes the switches of the emails that Polar sends to customers (customer_email_settings).

import { text } from './answers.ts'
import { type Caller, DEFAULT_TIMEOUT } from './call.ts'

export type CustomerEmails = {
  organizationId: string
  slug: string
  /** All of the organization's switches: whether each is on. */
  switches: Readonly<Record<string, boolean>>
}

type Update = Parameters<Caller['sdk']['organizations']['update']>[1]

const MAX_LISTED = 100

const emailsIn = (organization: { id: string; slug: string }): CustomerEmails => {
  const settings = Object((organization as Record<string, unknown>).customer_email_settings)
  const switches = Object.entries(settings).filter(([, isOn]) => typeof isOn === 'boolean')
  return {
    organizationId: text(organization.id),
    slug: text(organization.slug),
    switches: Object.fromEntries(switches) as Record<string, boolean>,
  }
}

export const createCustomerEmails = ({ sdk, request }: Caller) => ({
  /**
   * For each organization that the access token opens: one, unless it is no organization's own.
   * @throws {PolarRefusedError} @throws {PolarUnavailableError}
   */
  customerEmails: (): Promise<CustomerEmails[]> =>
    request(async (options) => {
      const { items } = await sdk.organizations.list({ limit: MAX_LISTED }, options)
      return items.map(emailsIn)
    }, DEFAULT_TIMEOUT),

  /**
   * Replaces all switches at once, as Polar does: `switches` must name each of them.
   * @throws {PolarRefusedError} also where the access token may not change organizations. @throws {PolarUnavailableError}
   */
  setCustomerEmails: (
    organizationId: string,
    switches: CustomerEmails['switches'],
  ): Promise<CustomerEmails> =>
    request(async (options) => {
      const customer_email_settings = switches as unknown as Update['customer_email_settings'] &
        object
      return emailsIn(
        await sdk.organizations.update(organizationId, { customer_email_settings }, options),
      )
    }),
})
