// Stores accepted emails, finds them by id and pages through them.

import type { Email } from './email.ts'

/** At most one cursor. It is the id of an email, which the page does not contain. */
export type PageQuery = { limit: number; after?: string | undefined; before?: string | undefined }

/** Keeps the newest `keep` emails, so that a long run does not fill the memory. */
export const createSent = (keep: number) => {
  // Oldest first, so that dropping old ones is cheap.
  let emails: Email[] = []
  const byId = new Map<string, Email>()
  let accepted = 0

  const trim = () => {
    for (const { id } of emails.slice(0, -keep)) byId.delete(id)
    emails = emails.slice(-keep)
  }

  /** The range of a page, oldest first; `undefined` for an unknown cursor. */
  const rangeOf = ({ limit, after, before }: PageQuery) => {
    const first = Math.max(0, emails.length - keep)
    const cursor = after ?? before
    const email = cursor === undefined ? undefined : byId.get(cursor)
    if (cursor !== undefined && email === undefined) return undefined
    const place = email === undefined ? emails.length : emails.indexOf(email)
    if (before === undefined) {
      const start = Math.max(first, place - limit)
      return { start, end: place, hasMore: start > first }
    }
    const start = Math.max(first, place + 1)
    return { start, end: start + limit, hasMore: start + limit < emails.length }
  }

  return {
    add: (added: Email[]) => {
      for (const email of added) {
        emails.push(email)
        byId.set(email.id, email)
      }
      accepted += added.length
      if (emails.length > keep * 2) trim()
    },
    find: (id: string) => byId.get(id),
    /** Newest first. */
    inbox: () => emails.slice(-keep).reverse(),
    /** A page, newest first; `undefined` for an unknown cursor. */
    page: (query: PageQuery) => {
      const found = rangeOf(query)
      return (
        found && { emails: emails.slice(found.start, found.end).reverse(), hasMore: found.hasMore }
      )
    },
    /** Number of emails ever accepted, kept or not. */
    accepted: () => accepted,
    clear: () => {
      emails = []
      byId.clear()
    },
  }
}

export type Sent = ReturnType<typeof createSent>
