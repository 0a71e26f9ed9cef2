// A tracked link: a narrow, revocable pointer to one page of one customer's portal. It carries no session.

import { createHash } from 'node:crypto'
import { customerKey } from '../redis/keys.ts'

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

export type Link = Claims & {
  v: 1
  messageId: string
  /** The address it was mailed to: the session must be for whoever has it still. */
  address: string
  /** Milliseconds; from then on it leads to the sign-in page. */
  expiresAt: number
  state:
    | { is: 'alive' }
    | { is: 'revoked'; at: number; because: 'address_changed' | 'customer_gone' }
}

/** 16 characters, the same for the same message and target. */
export const linkId = (messageId: string, target: Target) =>
  createHash('sha256')
    .update(`${messageId}\n${target}`)
    .digest()
    .subarray(0, 12)
    .toString('base64url')

/** The path of a target's page behind the portal's own; `payment` without an order to pay is the settings. */
export const pathOf = (target: Target, orderToPay: string | null): string => {
  if (target === 'overview') return '/overview'
  if (target === 'payment') return orderToPay ? `/orders/${orderToPay}` : '/settings'
  const colon = target.indexOf(':')
  const page = target.slice(0, colon) === 'order' ? 'orders' : 'subscriptions'
  return `/${page}/${encodeURIComponent(target.slice(colon + 1))}`
}

export const slotOf = (claims: Pick<Claims, 'customerId'>) => customerKey(claims.customerId)

const PLACEHOLDER_ORIGIN = 'https://link.invalid/'

/** What stands for a link in a stored email, so that no stored thing is a live link. */
export const placeholder = (id: string) => `${PLACEHOLDER_ORIGIN}${id}`

/** Puts a URL where each placeholder stands. */
export const fillPlaceholders = (text: string, urlOf: (id: string) => string) =>
  text.replaceAll(/https:\/\/link\.invalid\/([\w-]{16})/g, (_, id: string) => urlOf(id))
