// The links of a message: drafted when it is composed, stored with its claim, and put into the email only at the call that
// sends it.

import type { Write } from '../redis/commit.ts'
import type { Clock } from '../runtime/clock.ts'
import { fillPlaceholders, type Link, linkId, placeholder, slotOf } from './link.ts'
import type { LinkStore } from './store.ts'
import type { Tokens } from './token.ts'

/** Whom and what a link is for. */
type LinkRequest = Pick<Link, 'customerId' | 'memberId' | 'messageId' | 'address' | 'target'>

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
  publicUrl: string
  /** Life of a link, in milliseconds. */
  ttl: number
  clock: Clock
}) => {
  const { store, tokens, publicUrl, ttl, clock } = parts

  const filled = (texts: readonly string[], links: readonly Link[]): string[] => {
    const urls = new Map(links.map((link) => [link.linkId, `${publicUrl}/l/${tokens.sign(link)}`]))
    return texts.map((text) =>
      fillPlaceholders(text, (id) => {
        const url = urls.get(id)
        if (!url) throw new Error(`link ${id} has no record`)
        return url
      }),
    )
  }

  return {
    /** Links for requests, with their placeholders; those that were stored before as they are. Nothing is stored yet. */
    draft: async (
      requests: readonly LinkRequest[],
    ): Promise<{ links: Link[]; placeholders: string[] }> => {
      const now = clock.now()
      const links = await Promise.all(
        requests.map(async (request): Promise<Link> => {
          const id = linkId(request.messageId, request.target)
          const stored = await store.load(slotOf(request), id)
          return (
            stored ?? {
              v: 1,
              linkId: id,
              ...request,
              createdAt: Math.floor(now / 1000),
              expiresAt: now + ttl,
              state: { is: 'alive' },
            }
          )
        }),
      )
      return { links, placeholders: links.map((link) => placeholder(link.linkId)) }
    },
    /** What stores drafted links that are not there yet. */
    news: (links: readonly Link[]) =>
      links.map((link) => ({ key: store.keyOf(link), value: JSON.stringify(link) })),
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
