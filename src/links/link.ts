// A tracked link: a narrow, revocable pointer to one page of one customer's portal. It carries no session.

import { createHash, randomBytes } from 'node:crypto'
import { customerKey } from '../redis/keys.ts'
import { DAY } from '../runtime/clock.ts'
import type { Gateway } from './known-gateways.ts'

/** Where a link leads: `payment` is the open order when it can be paid, else the settings. */
export type Target = 'overview' | 'payment' | `order:${string}` | `subscription:${string}`

/** What a token says. `createdAt` in seconds. */
export type Claims = {
  linkId: string
  customerId: string
  memberId: string | null
  target: Target
  createdAt: number
}

export type Revoked = {
  /** Milliseconds. */
  at: number
  because: 'address_changed' | 'customer_gone' | 'member_gone' | 'by_hand'
}

export type Link = Claims & {
  v: 1
  /** The message that carries it; `null` for one that the merchant's own app asked for. */
  messageId: string | null
  /** The address that the session must be for: whom it was mailed to. `null` where nobody knew it. */
  address: string | null
  /** The language that its email was written in, as a BCP 47 tag. */
  language: string | null
  /** What its mail passed on the way, as far as that was known. */
  gateway: Gateway
  /** Where the portal's way back leads. */
  returnUrl: string | null
  /** How many revocations the customer had when it was made: later ones may concern it. */
  revision: number
  /** Milliseconds; from then on it leads to the sign-in page. */
  expiresAt: number
  /** That it alone was revoked. */
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

/** 16 characters for a link of no message. */
export const randomLinkId = () => randomBytes(LINK_ID_BYTES).toString('base64url')

export const slotOf = (claims: Pick<Claims, 'customerId'>) => customerKey(claims.customerId)

/** A link without a message is of no use for long: then it is known for so long, to lead to the sign-in page by name. */
const KNOWN_FOR = 30 * DAY

/** When a link may be forgotten, in milliseconds; `null` for as long as its message. */
export const forgottenAt = ({ messageId, expiresAt }: Link): number | null =>
  messageId === null ? expiresAt + KNOWN_FOR : null

/** How the world outside names a link: what it takes to find its record, and nothing that signs in. */
export const publicId = (claims: Claims) => `lnk_${slotOf(claims)}${claims.linkId}`

/** The customer's key and the link's id; `null` for what is no public id. */
export const readPublicId = (text: string): { customer: string; id: string } | null => {
  const [, customer, id] = /^lnk_([\w-]{22})([\w-]{16})$/.exec(text) ?? []
  return customer && id ? { customer, id } : null
}

/** The path of a target's page behind the portal's own; `payment` without an order to pay is the settings. */
export const pathOf = (target: Target, orderToPay: string | null): string => {
  if (target === 'overview') return '/overview'
  if (target === 'payment') return orderToPay ? `/orders/${orderToPay}` : '/settings'
  const colon = target.indexOf(':')
  const page = target.slice(0, colon) === 'order' ? 'orders' : 'subscriptions'
  return `/${page}/${encodeURIComponent(target.slice(colon + 1))}`
}

const PLACEHOLDER_ORIGIN = 'https://link.invalid/'

/** What stands for a link in a stored email, so that no stored thing is a live link. */
export const placeholder = (id: string) => `${PLACEHOLDER_ORIGIN}${id}`

/** Puts a URL where each placeholder stands. */
export const fillPlaceholders = (text: string, urlOf: (id: string) => string) =>
  text.replaceAll(/https:\/\/link\.invalid\/([\w-]{16})/g, (_, id: string) => urlOf(id))
