// The shapes that a start and the doctor read from both accounts, and the intent of the settings.

import { domainToASCII } from 'node:url'
import type { Kind } from '../../emails/index.ts'
import type { Config } from '../config.ts'
import type { TokenOrganization } from '../polar/account.ts'
import type { SendingDomain } from '../resend/account.ts'
import type { ResendError } from '../resend/errors.ts'

/** No usable answer came; in a few words, which hold no secret. `isLimited`: too many requests were made within a moment. */
export type Unread = { unread: string; isLimited?: true }

export type ResendRead =
  /** The domain that mail is sent from, where the account has it. */
  | { domain: SendingDomain }
  /** It has not; `others` are the names of those that it has. */
  | { domain: null; others: readonly string[] }
  | { error: ResendError }
  | Unread

export type PolarRead =
  | { organizations: readonly TokenOrganization[] }
  /** The client has reported why. */
  | { denied: 401 | 403 }
  | Unread

export type Account = { resend: ResendRead; polar: PolarRead }

/** Whether Postern is not to send a kind of email. */
type IsOff = (kind: Kind) => boolean

export type Intended = {
  /** The domain of EMAIL_FROM, as `asciiDomain` writes it. */
  sender: string
  slug: string
  mode: Config['sendMode']
  /** Only some recipients are mailed. */
  hasAllowlist: boolean
  isOff: IsOff
}

/** A domain as DNS has it: in lower case, and without any letter beyond ASCII. */
export const asciiDomain = (name: string): string => domainToASCII(name) || name.toLowerCase()

export type AccountConfig = Pick<Config, 'email' | 'polar' | 'sendMode'>

export const intendedBy = ({ email, polar, sendMode }: AccountConfig, isOff: IsOff): Intended => ({
  sender: asciiDomain(email.from.address.replace(/^.*@/, '')),
  slug: polar.slug,
  mode: sendMode,
  hasAllowlist: email.allowlist !== undefined,
  isOff,
})

const MOST_NAMED = 5

/** `a, b and c`, five at most. */
export const named = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMED
  const first = names.slice(0, MOST_NAMED)
  if (more > 0) return `${first.join(', ')} and ${more} more`
  return first.length > 1 ? `${first.slice(0, -1).join(', ')} and ${first.at(-1)}` : `${first[0]}`
}
