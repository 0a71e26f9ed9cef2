// Reads the two accounts with the keys of a setup. Nothing here changes them.

import { randomUUID } from 'node:crypto'
import { asciiDomain } from '../doctor/account.ts'
import { ofResend, refusalOf } from '../doctor/resend.ts'
import { UNLIMITED } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import type { CustomerEmails } from '../polar/customer-emails.ts'
import { createDenials } from '../polar/denials.ts'
import type { SendingDomain } from '../resend/account.ts'
import { createResendClient } from '../resend/client.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import type { Values } from './env-file.ts'
import { asSentence, polarError, refusalIn, resendError, SetupError } from './errors.ts'

/** Pages of a hundred domains. */
const MOST_PAGES = 10

/** Each answer of Resend's comes within it. */
export const inTime = () => AbortSignal.timeout(10 * SECOND)

export const createPolar = (values: Values, clock: Clock) =>
  createPolarClient(
    {
      accessToken: values.POLAR_ACCESS_TOKEN ?? '',
      environment: values.POLAR_ENVIRONMENT === 'sandbox' ? 'sandbox' : 'production',
      baseUrl: values.POLAR_BASE_URL,
      slug: '',
      denials: createDenials(() => {}), // the command prints a denial as its error
    },
    UNLIMITED,
    clock,
  )

export const createResend = (values: Values, clock: Clock) =>
  createResendClient({
    apiKey: values.RESEND_API_KEY ?? '',
    baseUrl: values.RESEND_BASE_URL,
    clock,
    onLimit: () => {},
  })

export type Polar = ReturnType<typeof createPolar>
export type ResendAccount = ReturnType<typeof createResend>

/** The organization of the access token, or why there is none. @throws {SetupError} without an answer. */
export const organizationOf = async (
  polar: Polar,
  slug: string | undefined,
): Promise<CustomerEmails | string> => {
  const found = await polar.customerEmails().catch((error: unknown) => {
    const { status, message } = refusalIn(error) ?? {}
    if (status === 401)
      return 'is refused by Polar: it is unknown, expired or revoked, or belongs to the other POLAR_ENVIRONMENT'
    if (status === 403) {
      const reason = message?.replace(/^Polar: refused with 403, /, '')
      return `is refused by Polar: ${reason}. Add what it lacks at Polar; docs/setup.md has the list of scopes`
    }
    throw polarError(error)
  })
  if (typeof found === 'string') return found
  const [only] = found
  if (only === undefined) return 'opens no organization: make an organization access token'
  if (found.length === 1) return only
  const slugs = found.map((one) => one.slug).join(', ')
  return (
    found.find((one) => one.slug === slug) ??
    `opens several organizations (${slugs}): set POLAR_ORGANIZATION_SLUG to one of them`
  )
}

/** The organization that a record names. @throws {SetupError} where the access token is of another. */
export const organizationNamed = async (polar: Polar, slug: string): Promise<CustomerEmails> => {
  const found = await organizationOf(polar, slug)
  if (typeof found === 'string') throw new SetupError(asSentence(`POLAR_ACCESS_TOKEN ${found}`))
  if (found.slug === slug) return found
  throw new SetupError(
    `POLAR_ACCESS_TOKEN is of ${found.slug}, but the setup was for ${slug}. Set a token of ${slug} in the environment, and run the command again.`,
  )
}

/** The domains of the account, or why they cannot be read. @throws {SetupError} without an answer. */
export const domainsOf = async (resend: ResendAccount): Promise<SendingDomain[] | string> => {
  const domains: SendingDomain[] = []
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await resend.domains(domains.at(-1)?.id ?? null, inTime())
    if ('error' in found) {
      const refusal = refusalOf(found.error)
      if (refusal === 'resend_key_only_sends')
        return 'may only send: make a key with full access at Resend'
      if (refusal === 'resend_key_refused')
        return 'is refused by Resend: make a key with full access there'
      throw resendError(found.error)
    }
    domains.push(...found.domains)
    if (!found.hasMore) return domains
  }
  return domains
}

export const isUsable = ({ status, maySend }: SendingDomain) =>
  status === 'verified' && maySend !== false

/** The fault of the domain of a sender. `blocks`: Resend would refuse its mail. */
export const senderProblems = (
  domains: readonly SendingDomain[],
  from: string,
): { says: string; blocks: boolean }[] => {
  const sender = asciiDomain(from.replace(/^.*@/, '').replace(/[>\s]*$/, ''))
  const same = domains.filter(({ name }) => asciiDomain(name) === sender)
  const domain = same.find(isUsable) ?? same[0]
  const read = domain ? { domain } : { domain: null, others: domains.map(({ name }) => name) }
  return ofResend(read, { sender }).map(({ name, says, mend }) => ({
    says: `${says} ${mend}`,
    blocks: name === 'domain_missing' || name === 'domain_not_verified',
  }))
}

/** Asks to change an endpoint that is not there: Polar checks the scope first. @throws {SetupError} without the scope. */
export const assertMayChange = async (polar: Polar, byHand: string): Promise<void> => {
  try {
    await polar.changeWebhookEndpoint(randomUUID(), {})
  } catch (error) {
    const status = refusalIn(error)?.status
    if (status !== 404) throw polarError(error, byHand)
  }
}

/** The secret of a webhook at Resend; `null` where it is not shown. @throws {SetupError} without an answer. */
export const resendSecret = async (resend: ResendAccount, id: string): Promise<string | null> => {
  const found = await resend.webhookSecret(id, inTime())
  if ('error' in found) throw resendError(found.error)
  return found.secret
}
