// Decides which mistakes the two accounts show: pure, from what was read and what the settings intend.

import { kinds, polarToggles } from '../../emails/index.ts'
import type { SendingDomain } from '../resend/client.ts'
import type { ResendError } from '../resend/errors.ts'
import { scrub } from '../runtime/scrub.ts'
import type { Account, Intended, PolarRead, ResendRead } from './account.ts'

type FindingName =
  | 'resend_key_refused'
  | 'resend_account_refused'
  | 'resend_key_only_sends'
  | 'domain_missing'
  | 'domain_not_verified'
  | 'domain_partly_verified'
  | 'domain_tracking'
  | 'polar_slug'
  | 'polar_sends_too'

type Finding = {
  name: FindingName
  /** Says what is wrong, what follows, and what to do. */
  says: string
  /** Mail is refused, doubled or damaged by it, now or once it is sent: worth an alert. */
  isUrgent: boolean
}

/** The state of the key by an error of Resend's; `null` where the error is not about the key. */
const refusalOf = ({ name, status, message }: ResendError): FindingName | null => {
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

const KEY_ONLY_SENDS =
  'The Resend key may only send. Postern cannot look up unconfirmed messages, which then wait for you, nor check the domain of EMAIL_FROM. Make a key with full access at Resend, set RESEND_API_KEY and restart.'

const refusal = (error: ResendError): Finding[] => {
  const name = refusalOf(error)
  if (name === null) return []
  if (name === 'resend_key_only_sends') return [{ name, says: KEY_ONLY_SENDS, isUrgent: false }]
  const says = scrub(error.message)
  const quoted = says ? ` (it says: “${says}”)` : ''
  return [
    name === 'resend_key_refused'
      ? {
          name,
          says: `Resend refuses the key${quoted}. No mail can be sent with it. Make a key with full access at Resend, set RESEND_API_KEY and restart.`,
          isUrgent: true,
        }
      : {
          name,
          says: `Resend refuses the account${quoted}. Mail may be refused too. See at Resend what the account lacks.`,
          isUrgent: true,
        },
  ]
}

const MOST_NAMED = 5

const named = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMED
  const first = names.slice(0, MOST_NAMED)
  if (more > 0) return `${first.join(', ')} and ${more} more`
  return first.length > 1 ? `${first.slice(0, -1).join(', ')} and ${first.at(-1)}` : `${first[0]}`
}

const missing = (sender: string, others: readonly string[]): Finding => {
  const has = others.length > 0 ? named(others) : 'none'
  return {
    name: 'domain_missing',
    says: `EMAIL_FROM is at ${sender}, which is not a domain of the Resend account (it has ${has}). Resend refuses mail from it. Add and verify the domain at Resend, or change EMAIL_FROM.`,
    isUrgent: true,
  }
}

const verification = ({ name, status, maySend }: SendingDomain): Finding[] => {
  if (maySend === false) {
    return [
      {
        name: 'domain_not_verified',
        says: `Sending is switched off for ${name}, the domain of EMAIL_FROM, at Resend. Resend refuses mail from it. Switch sending on for the domain.`,
        isUrgent: true,
      },
    ]
  }
  if (status === 'verified') return []
  if (status.startsWith('partially_')) {
    return [
      {
        name: 'domain_partly_verified',
        says: `The domain of EMAIL_FROM, ${name}, is only partly verified at Resend (${status}). See there whether its records for sending are verified.`,
        isUrgent: false,
      },
    ]
  }
  return [
    {
      name: 'domain_not_verified',
      says: `The domain of EMAIL_FROM, ${name}, is not verified at Resend (${status}). Resend refuses mail from it. Set the DNS records that Resend shows, and verify the domain there.`,
      isUrgent: true,
    },
  ]
}

const CLICKS =
  'Click tracking rewrites every link, so that it leads through a server of Resend first.'
const OPENS = 'Open tracking adds a hidden image to every email.'

const tracking = ({ name, clickTracking, openTracking }: SendingDomain): Finding[] => {
  const [clicks, opens] = [clickTracking === true, openTracking === true]
  if (!clicks && !opens) return []
  const harm = [clicks ? CLICKS : [], opens ? OPENS : []].flat().join(' ')
  return [
    {
      name: 'domain_tracking',
      says: `Resend tracks ${clicks && opens ? 'clicks and opens' : clicks ? 'clicks' : 'opens'} in mail from ${name}. ${harm} Switch it off in the settings of the domain at Resend.`,
      isUrgent: true,
    },
  ]
}

const ofResend = (read: ResendRead, { sender }: Intended): Finding[] => {
  if ('unread' in read) return []
  if ('error' in read) return refusal(read.error)
  if (read.domain === null) return [missing(sender, read.others)]
  return [...verification(read.domain), ...tracking(read.domain)]
}

const slug = (slugs: readonly string[], intended: Intended): Finding[] =>
  slugs.length === 0 || slugs.includes(intended.slug)
    ? []
    : [
        {
          name: 'polar_slug',
          says: `POLAR_ORGANIZATION_SLUG is ${intended.slug}, but POLAR_ACCESS_TOKEN belongs to ${named(slugs)}. The portal and sign-in pages of ${intended.slug} are not your customers'. Set the slug or the token that is meant, and restart.`,
          isUrgent: true,
        },
      ]

/** The switches at Polar that are to be off, since Postern sends at least one kind of email that each stands for. */
const replaced = ({ isOff }: Intended): ReadonlySet<string> =>
  new Set(
    kinds.flatMap((kind) => {
      const toggle = polarToggles[kind]
      return toggle === null || isOff(kind) ? [] : [toggle]
    }),
  )

/** Until mail is sent, Polar's own emails are rightly on. */
const doubled = (emailsOn: readonly string[], intended: Intended): Finding[] => {
  if (intended.mode !== 'live') return []
  const off = replaced(intended)
  const both = emailsOn.filter((toggle) => off.has(toggle))
  if (both.length === 0) return []
  const sends = `Polar still sends its own emails for ${both.join(', ')}.`
  return [
    intended.hasAllowlist
      ? {
          name: 'polar_sends_too',
          says: `${sends} Recipients on EMAIL_ALLOWLIST get both. Switch Polar's off (Settings → Customer notifications) when you remove the list.`,
          isUrgent: false,
        }
      : {
          name: 'polar_sends_too',
          says: `${sends} Customers get both emails. Switch Polar's off (Settings → Customer notifications), or name the kinds in EMAIL_KINDS_OFF.`,
          isUrgent: true,
        },
  ]
}

const ofPolar = (read: PolarRead, intended: Intended): Finding[] => {
  if (!('organizations' in read)) return []
  const { organizations } = read
  const ours =
    organizations.find((one) => one.slug === intended.slug) ??
    (organizations.length === 1 ? organizations[0] : undefined)
  return [
    ...slug(
      organizations.map((one) => one.slug),
      intended,
    ),
    ...doubled(ours?.emailsOn ?? [], intended),
  ]
}

export const findingsOf = ({ resend, polar }: Account, intended: Intended): Finding[] => [
  ...ofResend(resend, intended),
  ...ofPolar(polar, intended),
]

/** Why an account could not be read, by its name; nothing where it was, or where that itself is a finding or reported. */
export const unreadIn = ({ resend, polar }: Account): { resend?: string; polar?: string } => {
  const resendWhy =
    'unread' in resend
      ? resend.unread
      : 'error' in resend && refusalOf(resend.error) === null
        ? `${resend.error.name} (${resend.error.status ?? 'no answer'})`
        : undefined
  const polarWhy =
    'unread' in polar
      ? polar.unread
      : 'organizations' in polar && polar.organizations.length === 0
        ? 'the access token names no organization'
        : undefined
  return {
    ...(resendWhy !== undefined && { resend: resendWhy }),
    ...(polarWhy !== undefined && { polar: polarWhy }),
  }
}
