// A tracked link: a revocable pointer to one page of one customer's portal. It carries no session. The links of a message are
// a part of its record; a link of the API has a record of its own.

import { createHash, randomBytes } from 'node:crypto'
import type { Target } from '../portal/urls.ts'
import { messageIdOf } from '../records/message-id.ts'
import { customerKey } from '../redis/keys.ts'
import { DAY } from '../runtime/clock.ts'
import type { Gateway } from './known-gateways.ts'

export type { Target }

/** The contents of a token. */
export type Claims = {
  /** 22 characters: the last part of the message's id, or random where there is no message. */
  recordId: string
  customerId: string
  memberId: string | null
  target: Target
  /** Seconds. */
  createdAt: number
}

export type Revoked = {
  /** Milliseconds. */
  at: number
  because:
    | 'address_changed'
    | 'customer_gone'
    | 'member_gone'
    /** The merchant's backend asked for it. */
    | 'by_hand'
    | 'by_operator'
}

/** The fields that the links of one record have in common. */
type Common = {
  /** Seconds. */
  createdAt: number
  /** Milliseconds. From then on the links lead to the sign-in page. */
  expiresAt: number
  /** How many revocations the customer had when the links were made. Only later ones apply to them. */
  revision: number
  /** Links that were revoked alone, by their marks. */
  revoked?: Record<string, Revoked>
}

/** The links of a message, as its record keeps them. */
export type MailedLinks = Common & {
  /** The mail gateway of the recipient's domain, as far as it was known. */
  gateway: Gateway
  /** When the email was accepted or, once known, delivered, in milliseconds. */
  mailedAt?: number
}

/** A link of `POST /api/links`, as its record keeps it. */
export type AppLink = Common & {
  target: Target
  address: string | null
  language: string | null
  returnUrl: string | null
}

export type Link = Claims & {
  /** The message that carries it; `null` for a link of `POST /api/links`. */
  messageId: string | null
  /** The event that caused that message, if one did. */
  eventId: string | null
  /** The session must be for this address, which is the recipient's. `null` if it was not known. */
  address: string | null
  /** The language of its email, as a BCP 47 tag. */
  language: string | null
  gateway: Gateway
  /** The portal's "back" link leads there. */
  returnUrl: string | null
  revision: number
  expiresAt: number
  /** Milliseconds; `null` until the email with it is known to be accepted. */
  mailedAt: number | null
  /** Set when this link alone was revoked. */
  revoked: Revoked | null
}

/** 22 random characters, for a link without a message. */
export const randomRecordId = () => randomBytes(16).toString('base64url')

export const slotOf = ({ customerId }: Pick<Claims, 'customerId'>) => customerKey(customerId)

/** Four characters that tell the links of one record apart. */
export const markOf = (target: Target): string =>
  createHash('sha256').update(target).digest().subarray(0, 3).toString('base64url')

/** An id that no other link has. */
export const linkIdOf = ({ recordId, target }: Pick<Claims, 'recordId' | 'target'>) =>
  `${recordId}${markOf(target)}`

/** The message that carries a link. */
type Mailed = { eventId: string | null; recipient: { address: string; locale: string | null } }

export const mailedLink = (
  claims: Claims,
  links: MailedLinks,
  { eventId, recipient }: Mailed,
): Link => {
  const { expiresAt, revision, gateway, mailedAt = null, revoked } = links
  return {
    ...claims,
    messageId: messageIdOf(slotOf(claims), claims.recordId),
    eventId,
    address: recipient.address,
    language: recipient.locale,
    returnUrl: null,
    gateway,
    revision,
    expiresAt,
    mailedAt,
    revoked: revoked?.[markOf(claims.target)] ?? null,
  }
}

export const appLink = (claims: Claims, { revoked, ...link }: AppLink): Link => ({
  ...claims,
  ...link,
  messageId: null,
  eventId: null,
  gateway: 'unknown',
  mailedAt: null,
  revoked: revoked?.[markOf(claims.target)] ?? null,
})

/** Redis keeps an expired link without a message this long, so that it can still fill in the sign-in page. */
export const KEPT_AFTER_EXPIRY = 30 * DAY

/** Where the record of a link is; `mark` is the link's in its record. */
export type LinkRef = { customer: string; recordId: string; mark: string }

/** The id of a link in logs and the API, `lnk_…`. It is enough to find the record, and does not sign anybody in. */
export const publicIdOf = ({ customer, recordId, mark }: LinkRef) =>
  `lnk_${customer}${recordId}${mark}`

export const refOf = (claims: Claims): LinkRef => ({
  customer: slotOf(claims),
  recordId: claims.recordId,
  mark: markOf(claims.target),
})

/** The ids by which the log lines about a link are found. */
export const idsOfLink = (link: Link) => ({
  link: publicId(link),
  message: link.messageId,
  ...(link.eventId !== null && { event: link.eventId }),
})

export const publicId = (claims: Claims) => publicIdOf(refOf(claims))

/** `null` if `text` is not a public id. */
export const readPublicId = (text: string): LinkRef | null => {
  const [, customer, recordId, mark] = /^lnk_([\w-]{22})([\w-]{22})([\w-]{4})$/.exec(text) ?? []
  return customer && recordId && mark ? { customer, recordId, mark } : null
}

/** The links of a message, by the places that its email has for them. */
type Placed = { action: Target; overview: 'overview' }

const PLACEHOLDER_ORIGIN = 'https://link.invalid/'

/** Stands for a link in a stored email, so that nothing in Redis is a working link. */
export const placeholder = (place: keyof Placed) => `${PLACEHOLDER_ORIGIN}${place}`

/** Replaces each placeholder with its URL. */
export const fillPlaceholders = (text: string, urlOf: (place: keyof Placed) => string) =>
  text.replaceAll(/https:\/\/link\.invalid\/(action|overview)\b/g, (_, place: keyof Placed) =>
    urlOf(place),
  )
