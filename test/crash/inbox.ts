// What Resend accepted, when, and how soon after a kill the first one came.

import type { Email } from '../../src/sandbox/resend/email.ts'

export type Accepted = { address: string; kind: string; message: string; at: number }

const tag = ({ tags }: Email, wanted: string) =>
  tags.find(({ name }) => name === wanted)?.value ?? ''

export const createInbox = () => {
  const emails: Accepted[] = []
  let waiting: (() => void)[] = []
  let killedAt: number | undefined
  let slowestComeback = 0

  return {
    emails: emails as readonly Accepted[],
    take: (email: Email) => {
      const at = Date.now()
      for (const address of email.to)
        emails.push({ address, at, kind: tag(email, 'kind'), message: tag(email, 'message') })
      if (killedAt !== undefined) slowestComeback = Math.max(slowestComeback, at - killedAt)
      killedAt = undefined
      for (const resolve of waiting) resolve()
      waiting = []
    },
    /** Resolves when the next email is accepted. */
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
    /** A worker that was killed then is started again: whatever is accepted from now on is its work. */
    back: (at: number) => {
      killedAt = at
    },
    /** From the kill of a worker to the first email of the next one, in milliseconds. */
    slowestComeback: () => slowestComeback,
  }
}

export type Inbox = ReturnType<typeof createInbox>
