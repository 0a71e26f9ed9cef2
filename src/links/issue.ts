// The links of a message: made when it is composed, put into the email only at the call that sends it.

import type { Clock } from '../runtime/clock.ts'
import { fillPlaceholders, type Link, linkId, placeholder } from './link.ts'
import type { LinkStore } from './store.ts'
import type { Tokens } from './token.ts'

/** Whom and what a link is for. */
export type LinkRequest = Pick<Link, 'customerId' | 'memberId' | 'messageId' | 'address' | 'target'>

export const createLinks = (parts: {
  store: LinkStore
  tokens: Tokens
  publicUrl: string
  /** Life of a link, in milliseconds. */
  ttl: number
  clock: Clock
}) => {
  const { store, tokens, publicUrl, ttl, clock } = parts
  const linksIn = (text: string) => {
    const ids = new Set<string>()
    fillPlaceholders(text, (id) => {
      ids.add(id)
      return ''
    })
    return [...ids]
  }

  return {
    /** Issues links and answers their placeholders; the same links again for the same requests. */
    issue: async (requests: readonly LinkRequest[]): Promise<string[]> => {
      const now = clock.now()
      const links = requests.map(
        (request): Link => ({
          v: 1,
          linkId: linkId(request.messageId, request.target),
          ...request,
          createdAt: Math.floor(now / 1000),
          expiresAt: now + ttl,
          mailedAt: null,
          state: { is: 'alive' },
        }),
      )
      await store.issue(links)
      return links.map((link) => placeholder(link.linkId))
    },
    /** The texts with the URLs of their links, `<PUBLIC_URL>/l/<token>`. */
    fill: async (customer: string, texts: readonly string[]): Promise<string[]> => {
      const found = await Promise.all(
        [...new Set(texts.flatMap(linksIn))].map((id) => store.load(customer, id)),
      )
      const urls = new Map(
        found.flatMap((link) =>
          link ? [[link.linkId, `${publicUrl}/l/${tokens.sign(link)}`] as const] : [],
        ),
      )
      return texts.map((text) =>
        fillPlaceholders(text, (id) => {
          const url = urls.get(id)
          if (!url) throw new Error(`link ${id} has no record`)
          return url
        }),
      )
    },
    /** Notes on every link in a text that its email was accepted at `at`. */
    mailed: async (customer: string, text: string, at: number) => {
      await Promise.all(linksIn(text).map((id) => store.mailed(customer, id, at)))
    },
  }
}

export type Links = ReturnType<typeof createLinks>
