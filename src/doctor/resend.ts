// Decides which mistakes the key, the domain and the quota at Resend show: pure, from what was read and what the settings
// intend.

import type { SendingDomain, Usage } from '../resend/account.ts'
import { type ResendError, verdict } from '../resend/errors.ts'
import { scrub } from '../runtime/scrub.ts'
import { type Intended, named, type ResendRead, type Unread } from './account.ts'
import { type Finding, type FindingName, finding } from './finding.ts'

/** The state of the key by an error of Resend's; `null` where the error is not about the key. */
export const refusalOf = ({ name, status, message }: ResendError): FindingName | null => {
  if (name === 'restricted_api_key') return 'resend_key_only_sends'
  // The SDK's name for an answer that is not Resend's, such as a proxy's page.
  if (name === 'application_error') return null
  const isOfTheKey =
    ['missing_api_key', 'invalid_api_key'].includes(name) ||
    status === 401 ||
    ((status === null || status === 400 || status === 403) && /\bAPI[ _-]?key\b/i.test(message))
  if (isOfTheKey) return 'resend_key_refused'
  return status === 403 ? 'resend_account_refused' : null
}

const NEW_KEY = 'Make a key with full access at Resend, set RESEND_API_KEY and restart.'

const refusal = (error: ResendError): Finding[] => {
  const name = refusalOf(error)
  if (name === null) return []
  const text = scrub(error.message)
  const quoted = text ? ` (it says: “${text}”)` : ''
  if (name === 'resend_key_only_sends')
    return [
      finding(name, {
        says: 'The Resend key may only send.',
        why: 'Postern cannot look up unconfirmed messages, which then wait for you, nor notice a restored backup, nor check the domain of EMAIL_FROM.',
        mend: NEW_KEY,
      }),
    ]
  if (name === 'resend_key_refused')
    return [
      finding(name, {
        says: `Resend refuses the key${quoted}.`,
        why: 'No mail can be sent with it.',
        mend: NEW_KEY,
      }),
    ]
  return [
    finding(name, {
      says: `Resend refuses the account${quoted}.`,
      why: 'Mail may be refused too.',
      mend: 'See at Resend what the account lacks.',
    }),
  ]
}

const missing = (sender: string, others: readonly string[]): Finding => {
  const has = others.length > 0 ? named(others) : 'none'
  return finding('domain_missing', {
    says: `EMAIL_FROM is at ${sender}, which is not a domain of the Resend account (it has ${has}).`,
    why: 'Resend refuses mail from it.',
    mend: 'Add and verify the domain at Resend, or change EMAIL_FROM.',
  })
}

const verification = ({ name, status, maySend }: SendingDomain): Finding[] => {
  if (maySend === false)
    return [
      finding('domain_not_verified', {
        says: `Sending is switched off for ${name}, the domain of EMAIL_FROM, at Resend.`,
        why: 'Resend refuses mail from it.',
        mend: 'Switch sending on for the domain.',
      }),
    ]
  if (status === 'verified') return []
  if (status.startsWith('partially_'))
    return [
      finding('domain_partly_verified', {
        says: `The domain of EMAIL_FROM, ${name}, is only partly verified at Resend (${status}).`,
        why: 'Mail may be refused, or end up as spam.',
        mend: 'See there whether its records for sending are verified.',
      }),
    ]
  return [
    finding('domain_not_verified', {
      says: `The domain of EMAIL_FROM, ${name}, is not verified at Resend (${status}).`,
      why: 'Resend refuses mail from it.',
      mend: 'Set the DNS records that Resend shows, and verify the domain there.',
    }),
  ]
}

const CLICKS =
  'Click tracking rewrites every link, so that it leads through a server of Resend first.'
const OPENS = 'Open tracking adds a hidden image to every email.'

const tracking = ({ name, clickTracking, openTracking }: SendingDomain): Finding[] => {
  const [clicks, opens] = [clickTracking === true, openTracking === true]
  if (!clicks && !opens) return []
  return [
    finding('domain_tracking', {
      says: `Resend tracks ${clicks && opens ? 'clicks and opens' : clicks ? 'clicks' : 'opens'} in mail from ${name}.`,
      why: [clicks ? CLICKS : [], opens ? OPENS : []].flat().join(' '),
      mend: 'Switch it off in the settings of the domain at Resend.',
    }),
  ]
}

export const ofResend = (read: ResendRead, { sender }: Pick<Intended, 'sender'>): Finding[] => {
  if ('unread' in read) return []
  if ('error' in read) return refusal(read.error)
  if (read.domain === null) return [missing(sender, read.others)]
  return [...verification(read.domain), ...tracking(read.domain)]
}

export const isLimit = (error: ResendError): boolean => {
  const decided = verdict(error)
  return decided.do === 'wait' && decided.because === 'rate_limit'
}

export const unreadBy = (error: ResendError): Unread => ({
  unread: `${error.name} (${error.status ?? 'no answer'})`,
  ...(isLimit(error) && { isLimited: true }),
})

/** Why Resend could not be read; `null` where it was, or where that itself is a finding. */
export const unreadAtResend = (read: ResendRead): Unread | null => {
  if ('unread' in read) return read
  return 'error' in read && refusalOf(read.error) === null ? unreadBy(read.error) : null
}

/** A quota with less left than this share is told. */
const LITTLE = 0.1

export const ofUsage = ({ daily, monthly }: Usage): Finding[] =>
  Object.entries({ daily, monthly }).flatMap(([period, quota]) => {
    if (!quota || quota.used < quota.limit * (1 - LITTLE)) return []
    const { used, limit } = quota
    return [
      finding('resend_quota', {
        says: `${used} of the ${limit} emails of the ${period} quota at Resend are used.`,
        why: 'Once it is used up, all mail waits until it is renewed.',
        mend: 'Choose a larger plan at Resend.',
      }),
    ]
  })
