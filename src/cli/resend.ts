// npm run resend: sends messages again by id, each as a new message. Without an id it sends
// nothing.

import { command } from './command.ts'

export const resend = (ids: readonly string[]) =>
  command(async ({ resend }) =>
    ids.length === 0
      ? { lines: [], errors: ['Nothing was sent. Name message ids: npm run resend -- msg_…'] }
      : resend(ids),
  )
