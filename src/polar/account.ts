// Reads the organizations that the access token opens, and the customer emails that Polar sends for each.

import { type Caller, DEFAULT_TIMEOUT } from './call.ts'

export type TokenOrganization = {
  slug: string
  /** The switches (customer_email_settings) that are on. */
  emailsOn: readonly string[]
  /** Those that are off. */
  emailsOff: readonly string[]
}

const switchesIn = (settings: unknown, state: boolean): string[] =>
  typeof settings === 'object' && settings !== null
    ? Object.entries(settings).flatMap(([name, isOn]) => (isOn === state ? [name] : []))
    : []

const MAX_LISTED = 100

export const createAccount = ({ sdk, request }: Caller) => ({
  /**
   * The organizations that the access token opens: one, unless it is no organization's own.
   * @throws {PolarUnavailableError}
   * @throws {PolarRefusedError}
   */
  tokenOrganizations: (timeoutMs = DEFAULT_TIMEOUT): Promise<TokenOrganization[]> =>
    request(async (options) => {
      const { items } = await sdk.organizations.list({ limit: MAX_LISTED }, options)
      return items.map(({ slug, customer_email_settings }) => ({
        slug: String(slug),
        emailsOn: switchesIn(customer_email_settings, true),
        emailsOff: switchesIn(customer_email_settings, false),
      }))
    }, timeoutMs),
})
