// A tracked link: a revocable pointer to one page of one customer's portal. It carries no session.

import { createHash, randomBytes } from 'node:crypto'
import type { Target } from '../portal/urls.ts'
import { customerKey } from '../redis/keys.ts'
import { DAY } from '../runtime/clock.ts'
import type { Gateway } from './known-gateways.ts'

export type { Target }

/** The contents of a token. */
export type Claims = {
  linkId: string
  customerId: string
  memberId: string | null
  target: Target
  /** Seconds. */
  createdAt: number
}

export type Revoked = {
  /** Milliseconds. */
  at: number
  because: 'address_changed' | 'customer_gone' | 'member_gone' | 'by_hand'
}

export type Link = Claims & {
  v: 1
  /** The message that carries it; `null` for a link of `POST /api/links`. */
  messageId: string | null
  /** The session must be for this address, which is the recipient's. `null` if it was not known. */
  address: string | null
  /** The language of its email, as a BCP 47 tag. */
  language: string | null
  /** The mail gateway of the recipient's domain, as far as it was known. */
  gateway: Gateway
  /** The portal's "back" link leads there. */
  returnUrl: string | null
  /** How many revocations the customer had when the link was made. Only later ones apply to it. */
  revision: number
  /** Milliseconds. From then on the link leads to the sign-in page. */
  expiresAt: number
  /** Set when this link alone was revoked. */
  revoked: Revoked | null
}

const LINK_ID_BYTES = 12

/** 16 characters, the same for the same message and target. */
export const linkId = (messageId: string, target: Target) =>
  createHash('sha256')
    .update(`${messageId}\n${target}`)
    .digest()
    .subarray(0, LINK_ID_BYTES)
    .toString('base64url')

/** 16 random characters, for a link without a message. */
export const randomLinkId = () => randomBytes(LINK_ID_BYTES).toString('base64url')

export const slotOf = (claims: Pick<Claims, 'customerId'>) => customerKey(claims.customerId)

/**
 * Redis keeps an expired link without a message this long, so that it can still fill in the sign-in
 * page.
 */
const KEPT_AFTER_EXPIRY = 30 * DAY

/** The time (ms) from which Redis may delete a link; `null` if it lives as long as its message. */
export const deleteAt = ({ messageId, expiresAt }: Link): number | null =>
  messageId === null ? expiresAt + KEPT_AFTER_EXPIRY : null

/**
 * The id of a link in logs and the API, `lnk_…`. It is enough to find the record, and does not sign
 * anybody in.
 */
export const publicId = (claims: Claims) => `lnk_${slotOf(claims)}${claims.linkId}`

/** The customer's key and the link's id; `null` if `text` is not a public id. */
export const readPublicId = (text: string): { customer: string; id: string } | null => {
  const [, customer, id] = /^lnk_([\w-]{22})([\w-]{16})$/.exec(text) ?? []
  return customer && id ? { customer, id } : null
}

const PLACEHOLDER_ORIGIN = 'https://link.invalid/'

/** Stands for a link in a stored email, so that nothing in Redis is a working link. */
export const placeholder = (id: string) => `${PLACEHOLDER_ORIGIN}${id}`

/** Replaces each placeholder with its URL. */
export const fillPlaceholders = (text: string, urlOf: (id: string) => string) =>
  text.replaceAll(/https:\/\/link\.invalid\/([\w-]{16})/g, (_, id: string) => urlOf(id))
