// Whose access token it is: the organizations that it opens, and which customer emails Polar sends for each.

import { type Caller, PATIENCE } from './call.ts'

export type TokenOrganization = {
  slug: string
  /** The switches (customer_email_settings) that are on. */
  emailsOn: readonly string[]
}

const switchesOn = (settings: unknown): string[] =>
  typeof settings === 'object' && settings !== null
    ? Object.entries(settings).flatMap(([name, isOn]) => (isOn === true ? [name] : []))
    : []

const MOST = 100

export const createAccount = ({ sdk, ask }: Caller) => ({
  /**
   * The organizations that the access token opens: one, unless it is no organization's own.
   * @param patience milliseconds.
   * @throws {PolarUnavailable} @throws {PolarRefused}
   */
  tokenOrganizations: (patience = PATIENCE): Promise<TokenOrganization[]> =>
    ask(async (options) => {
      const { items } = await sdk.organizations.list({ limit: MOST }, options)
      return items.map(({ slug, customer_email_settings }) => ({
        slug: String(slug),
        emailsOn: switchesOn(customer_email_settings),
      }))
    }, patience),
})
