// Finds the email of an earlier message as it was sent, for a message that sends it once more. Its links are placeholders, and
// its invoice is read from Polar again.

import type { Email } from '../resend/email.ts'
import type { Invoices } from './invoices.ts'
import type { Message, NotYet } from './message.ts'

type SameEmailParts = {
  /** The email of a message as it was sent; `null` once it is gone. */
  frozen: (id: string) => Promise<Email | null>
  invoices: Pick<Invoices, 'again'>
}

export const createSameEmail =
  ({ frozen, invoices }: SameEmailParts) =>
  /** @returns `null` where the email, or the invoice that it had, can no longer be had. */
  async ({ id }: Message, sameAs: string): Promise<Email | NotYet | null> => {
    const email = await frozen(sameAs)
    if (!email?.attached || email.attachment) return email
    const attachment = await invoices.again(id, email.attached)
    if (attachment === null || 'retryAt' in attachment) return attachment
    return { ...email, attachment }
  }
