// Makes links. Those of a message are drafted when it is composed and stored when it is claimed. Only
// the request that sends the email contains them. A link of the API is stored at once.

import type { Write } from '../redis/compare-and-set.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { fillPlaceholders, type Link, linkId, placeholder, randomLinkId, slotOf } from './link.ts'
import type { MailGateways } from './mail-gateway.ts'
import type { LinkStore } from './store.ts'
import type { Tokens } from './token.ts'

type LinkRequest = Pick<Link, 'customerId' | 'memberId' | 'address' | 'target' | 'language'>

type MailedLinkRequest = LinkRequest & { address: string }

/** The ids of the links whose placeholders are in a text. */
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
  gatewayOf: MailGateways['gatewayOf']
  publicUrl: string
  /** How long a mailed link signs in, in milliseconds. */
  ttl: number
  clock: Clock
}) => {
  const { store, tokens, gatewayOf, publicUrl, ttl, clock } = parts

  const urlOf = (link: Link) => `${publicUrl}/l/${tokens.sign(link)}`

  const newLink = (
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

  const fillWith = (texts: readonly string[], links: readonly Link[]): string[] => {
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
    /** Makes and stores a link without a message. `life` is in milliseconds. */
    issue: async (
      request: LinkRequest & Pick<Link, 'returnUrl'>,
      life: number,
    ): Promise<{ link: Link; url: string }> => {
      const revision = await store.revision(slotOf(request))
      const { returnUrl } = request
      const link = newLink(
        request,
        { linkId: randomLinkId(), messageId: null, returnUrl, revision, gateway: 'unknown' },
        life,
      )
      const url = urlOf(link) // throws for ids that are too long, so before the link is stored
      await store.add(link)
      return { link, url }
    },
    /**
     * The links of a message, with their placeholders. Links that are stored already stay as they
     * are. Stores nothing.
     */
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
          return stored ?? newLink(request, of, ttl)
        }),
      )
      return { links, placeholders: links.map((link) => placeholder(link.linkId)) }
    },
    /** The writes that store drafted links, unless they are stored already. */
    writes: (links: readonly Link[]): Write[] =>
      links.map((link) => ({ key: store.keyOf(link), new: JSON.stringify(link) })),
    /** The texts with the URLs of these links, `<PUBLIC_URL>/l/<token>`. */
    fillWith: fillWith,
    /** The same with the stored links of a customer. */
    fill: async (customer: string, texts: readonly string[]): Promise<string[]> => {
      const ids = [...new Set(texts.flatMap(linksIn))]
      const found = await Promise.all(ids.map((id) => store.load(customer, id)))
      return fillWith(
        texts,
        found.flatMap((link) => link ?? []),
      )
    },
    /**
     * The writes that note when the email with these links was accepted or delivered, in
     * milliseconds.
     */
    mailed: (customer: string, ids: readonly string[], at: number): Write[] =>
      ids.map((id) => ({ key: store.mailedKey(customer, id), set: `${at}` })),
  }
}

export type Links = ReturnType<typeof createLinks>
