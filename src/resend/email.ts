// An email as Resend takes it, with placeholders where its links stand.

import type { Kind } from '../../emails/index.ts'

/** The subject of a message, for log lines and tags: ids of Polar's, nothing of a person. */
export type About = { kind: Kind; order?: string; subscription?: string }

export type Email = {
  from: string
  replyTo: string | null
  to: string
  subject: string
  html: string
  text: string
  about: About
  /** Emails with the same thread are one conversation. */
  thread?: string
  /** A sample that an operator sends to see it: it belongs to no message. */
  isTest?: true
  /** The content is in base64. */
  attachment: { filename: string; content: string } | null
  /** The attachment is the invoice of this order. It stays when the attachment itself is no longer kept. */
  attached?: { filename: string; order: string }
}

/** The email as it is kept once it was sent: an attached invoice is at Polar. */
export const withoutAttachment = (email: Email): Email => ({ ...email, attachment: null })
