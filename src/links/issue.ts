// The links of a message: drafted when it is composed, stored with its claim, and put into the email only at the call that
// sends it.

import type { Write } from '../redis/compare-and-set.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { fillPlaceholders, type Link, linkId, placeholder, randomLinkId, slotOf } from './link.ts'
import type { Gateways } from './mail-gateway.ts'
import type { LinkStore } from './store.ts'
import type { Tokens } from './token.ts'

/** Whom and what a link is for. */
type LinkRequest = Pick<Link, 'customerId' | 'memberId' | 'address' | 'target' | 'language'>

/** One that is mailed is mailed to somebody. */
type MailedLinkRequest = LinkRequest & { address: string }

/** The ids of the links whose placeholders a text has. */
export const linksIn = (text: string): string[] => {
  const ids = new Set<string>()
  fillPlaceholders(text, (id) => {
    ids.add(id)
    return ''
  })
  return [...ids]
}

export const createLinks = (parts: {
  store: LinkStore
  tokens: Tokens
  gatewayOf: Gateways['gatewayOf']
  publicUrl: string
  /** Life of a link, in milliseconds. */
  ttl: number
  clock: Clock
}) => {
  const { store, tokens, gatewayOf, publicUrl, ttl, clock } = parts

  const urlOf = (link: Link) => `${publicUrl}/l/${tokens.sign(link)}`

  const made = (
    request: LinkRequest,
    of: Pick<Link, 'linkId' | 'messageId' | 'returnUrl' | 'revision' | 'gateway'>,
    life: number,
  ): Link => {
    const now = clock.now()
    return {
      v: 1,
      ...of,
      ...request,
      createdAt: Math.floor(now / SECOND),
      expiresAt: now + life,
      revoked: null,
    }
  }

  const filled = (texts: readonly string[], links: readonly Link[]): string[] => {
    const urls = new Map(links.map((link) => [link.linkId, urlOf(link)]))
    return texts.map((text) =>
      fillPlaceholders(text, (id) => {
        const url = urls.get(id)
        if (!url) throw new Error(`link ${id} has no record`)
        return url
      }),
    )
  }

  return {
    /** A link that no message carries, stored. `life` in milliseconds. */
    issue: async (
      request: LinkRequest & Pick<Link, 'returnUrl'>,
      life: number,
    ): Promise<{ link: Link; url: string }> => {
      const revision = await store.revision(slotOf(request))
      const { returnUrl } = request
      const link = made(
        request,
        { linkId: randomLinkId(), messageId: null, returnUrl, revision, gateway: 'unknown' },
        life,
      )
      const url = urlOf(link) // before it is stored: ids may be too long for a token
      await store.add(link)
      return { link, url }
    },
    /** A message's links, with their placeholders; those that were stored before as they are. Nothing is stored yet. */
    draft: async (
      messageId: string,
      requests: readonly MailedLinkRequest[],
    ): Promise<{ links: Link[]; placeholders: string[] }> => {
      const links = await Promise.all(
        requests.map(async (request): Promise<Link> => {
          const id = linkId(messageId, request.target)
          const slot = slotOf(request)
          const [stored, revision, gateway] = await Promise.all([
            store.load(slot, id),
            store.revision(slot),
            gatewayOf(request.address),
          ])
          const of = { linkId: id, messageId, returnUrl: null, revision, gateway }
          return stored ?? made(request, of, ttl)
        }),
      )
      return { links, placeholders: links.map((link) => placeholder(link.linkId)) }
    },
    /** The writes that store drafted links, where they are not stored yet. */
    writes: (links: readonly Link[]): Write[] =>
      links.map((link) => ({ key: store.keyOf(link), new: JSON.stringify(link) })),
    /** The texts with the URLs of these links, `<PUBLIC_URL>/l/<token>`. */
    fillWith: filled,
    /** The same with links that are stored. */
    fill: async (customer: string, texts: readonly string[]): Promise<string[]> => {
      const ids = [...new Set(texts.flatMap(linksIn))]
      const found = await Promise.all(ids.map((id) => store.load(customer, id)))
      return filled(
        texts,
        found.flatMap((link) => link ?? []),
      )
    },
    /** What notes on links that the email with them was accepted, or delivered, at `at` (ms). */
    mailed: (customer: string, ids: readonly string[], at: number): Write[] =>
      ids.map((id) => ({ key: store.mailedKey(customer, id), set: `${at}` })),
  }
}

export type Links = ReturnType<typeof createLinks>
