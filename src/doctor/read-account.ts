// Reads the two accounts, within the time that a signal gives: whose token it is and what Polar mails, and the domain that mail is
// sent from. It changes nothing there.

import { PolarRefusedError, PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import type { ResendClient } from '../resend/client.ts'
import type { RateLimiter } from '../resend/rate-limiter.ts'
import {
  type Account,
  asciiDomain,
  type PolarRead,
  type ResendRead,
  type Unread,
} from './account.ts'
import { isLimit } from './resend.ts'

/** Pages of a hundred domains. */
const MOST_PAGES = 10

const LATE: Unread = { unread: 'no answer in time' }

export const whyUnread = (error: unknown): string => {
  if (error instanceof PolarRefusedError || error instanceof PolarUnavailableError)
    return error.message
  return error instanceof Error ? error.name : 'unknown'
}

/** The result of a work, or `LATE` once the signal ends it: a later result is dropped. */
export const within = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T | Unread> => {
  const late = new Promise<Unread>((resolve) => {
    if (signal.aborted) resolve(LATE)
    else signal.addEventListener('abort', () => resolve(LATE), { once: true })
  })
  return Promise.race([
    work.catch((error: unknown): Unread => ({ unread: whyUnread(error) })),
    late,
  ])
}

export type ReadParts = {
  polar: Pick<PolarClient, 'tokenOrganizations'>
  resend: Pick<ResendClient, 'domains' | 'domain'>
  rateLimiter: Pick<RateLimiter, 'acquire'>
  /** The domain of EMAIL_FROM, as `asciiDomain` writes it. */
  sender: string
}

export const createReadAccount = ({ polar, resend, rateLimiter, sender }: ReadParts) => {
  const readPolar = async (): Promise<PolarRead> => {
    try {
      return { organizations: await polar.tokenOrganizations() }
    } catch (error) {
      if (error instanceof PolarRefusedError && [401, 403].includes(error.status))
        return { denied: error.status as 401 | 403 }
      throw error
    }
  }

  /** The answer to a request that keeps to Resend's limit; while all mail is stopped nobody else asks, and it goes all the same. */
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    await rateLimiter.acquire()
    return ask()
  }

  const readResend = async (signal: AbortSignal): Promise<ResendRead> => {
    const others: string[] = []
    let after: string | null = null
    for (let page = 0; page < MOST_PAGES && !signal.aborted; page++) {
      const cursor: string | null = after
      const found: Awaited<ReturnType<ResendClient['domains']>> = await asked(() =>
        resend.domains(cursor, signal),
      )
      if ('error' in found) return found
      const same = found.domains.filter(({ name }) => asciiDomain(name) === sender)
      const listed = same.find(({ status }) => status === 'verified') ?? same[0]
      if (listed) {
        // A list may leave out whether links are rewritten.
        if (listed.clickTracking !== null && listed.openTracking !== null) return { domain: listed }
        const domain = await asked(() => resend.domain(listed.id, signal))
        if ('error' in domain && isLimit(domain.error)) return domain
        return { domain: 'error' in domain ? listed : domain }
      }
      others.push(...found.domains.map(({ name }) => name))
      after = found.domains.at(-1)?.id ?? null
      if (!found.hasMore || after === null) return { domain: null, others }
    }
    return { unread: 'more domains than are read' }
  }

  return async (signal: AbortSignal): Promise<Account> => {
    const [domain, organization] = await Promise.all([
      within(readResend(signal), signal),
      within(readPolar(), signal),
    ])
    return { resend: domain, polar: organization }
  }
}
