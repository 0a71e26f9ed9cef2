// Records the emails that Resend accepts, and the time from a worker's kill to the next email.

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
    /** A worker that was killed at `at` has been restarted. The next email ends its comeback. */
    back: (at: number) => {
      killedAt = at
    },
    /** Longest time from the kill of a worker to the first email of the next, in milliseconds. */
    slowestComeback: () => slowestComeback,
  }
}

export type Inbox = ReturnType<typeof createInbox>
