// npm run resend: sends messages again, each as a message of its own. It names them by id, and sends nothing without one.

import { command } from './command.ts'

export const resend = (ids: readonly string[]) =>
  command(async ({ resend }) =>
    ids.length === 0
      ? { lines: [], wrong: ['Nothing was sent. Name message ids: npm run resend -- msg_…'] }
      : resend(ids),
  )
