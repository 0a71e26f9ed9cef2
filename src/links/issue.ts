// Makes links. Those of a message are drafted when it is composed and stored when it is claimed. Only the request that sends
// the email contains them. A link of the API is stored at once.

import { partsOfMessageId } from '../records/message-id.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import {
  type AppLink,
  type Claims,
  fillPlaceholders,
  type Link,
  type MailedLinks,
  publicId,
  randomRecordId,
  slotOf,
  type Target,
} from './link.ts'
import type { MailGateways } from './mail-gateway.ts'
import type { LinkStore } from './store.ts'
import type { Tokens } from './token.ts'

type LinkRequest = Pick<
  Link,
  'customerId' | 'memberId' | 'address' | 'target' | 'language' | 'returnUrl'
>

/** The message that links belong to. */
type Linked = {
  id: string
  recipient: { customerId: string; memberId: string | null }
  target: Target
}

type LinksParts = {
  store: LinkStore
  tokens: Tokens
  gatewayOf: MailGateways['gatewayOf']
  publicUrl: string
  /** How long a mailed link signs in, in milliseconds. */
  ttl: number
  clock: Clock
}

export const createLinks = ({ store, tokens, gatewayOf, publicUrl, ttl, clock }: LinksParts) => {
  const urlOf = (claims: Claims) => `${publicUrl}/l/${tokens.sign(claims)}`

  const lifeFrom = (now: number, life: number) => ({
    createdAt: Math.floor(now / SECOND),
    expiresAt: now + life,
  })

  return {
    /** Makes and stores a link without a message. `life` is in milliseconds. */
    issue: async (request: LinkRequest, life: number) => {
      const { customerId, memberId, target, ...rest } = request
      const revision = await store.revision(slotOf(request))
      const link: AppLink = { ...rest, target, ...lifeFrom(clock.now(), life), revision }
      const { createdAt, expiresAt } = link
      const claims = { recordId: randomRecordId(), customerId, memberId, target, createdAt }
      const url = urlOf(claims) // throws for ids that are too long, so before the link is stored
      await store.add(claims, link)
      return { id: publicId(claims), url, expiresAt }
    },
    /** The links of a message to `address`, to be stored with its claim. Stores nothing. */
    draft: async (customerId: string, address: string): Promise<MailedLinks> => {
      const [revision, gateway] = await Promise.all([
        store.revision(slotOf({ customerId })),
        gatewayOf(address),
      ])
      return { ...lifeFrom(clock.now(), ttl), revision, gateway }
    },
    /** The texts of a message's email with the URLs of its links, `<PUBLIC_URL>/l/<token>`. */
    fill: (message: Linked, { createdAt }: MailedLinks, texts: readonly string[]): string[] => {
      const { customerId, memberId } = message.recipient
      const { recordId } = partsOfMessageId(message.id)
      const to = (target: Target) => urlOf({ recordId, customerId, memberId, target, createdAt })
      const urls = { action: to(message.target), overview: to('overview') }
      return texts.map((text) => fillPlaceholders(text, (place) => urls[place]))
    },
  }
}

export type Links = ReturnType<typeof createLinks>
