// The emails that were accepted: kept, found by id, and paged through.

import type { Email } from './email.ts'

/** At most one of the cursors; each is the id of an email and is itself left out. */
export type PageAsked = { limit: number; after?: string | undefined; before?: string | undefined }

/** Keeps the newest `keep`, so that a long run does not fill the memory. */
export const createSent = (keep: number) => {
  // Oldest first, so that keeping the newest is cheap.
  let emails: Email[] = []
  const byId = new Map<string, Email>()
  let accepted = 0

  const trim = () => {
    for (const { id } of emails.slice(0, -keep)) byId.delete(id)
    emails = emails.slice(-keep)
  }

  /** From where to where a page reaches, oldest first; undefined where nobody knows the cursor. */
  const reach = ({ limit, after, before }: PageAsked) => {
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
    /** A page, newest first; undefined where the cursor is no email's. */
    page: (asked: PageAsked) => {
      const found = reach(asked)
      return (
        found && { emails: emails.slice(found.start, found.end).reverse(), hasMore: found.hasMore }
      )
    },
    /** How many were ever accepted, kept or not. */
    accepted: () => accepted,
    clear: () => {
      emails = []
      byId.clear()
    },
  }
}

export type Sent = ReturnType<typeof createSent>
