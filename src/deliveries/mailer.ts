// Resend, in our own words: one email goes out, or an error says why not. The one place that calls Resend.

import { Resend } from 'resend'
import { type Clock, SECOND } from '../runtime/clock.ts'
import type { Email } from './delivery.ts'
import type { SendError } from './verdict.ts'

/** The SDK waits for ever unless it is told not to. */
const PATIENCE = 10 * SECOND

type MailerOptions = {
  apiKey: string
  baseUrl: string | undefined
  clock: Clock
}

/** `retry-after` as seconds or as a date, in milliseconds. */
const waitIn = (headers: Record<string, string> | null, now: number): number | null => {
  const value = headers?.['retry-after']
  if (!value) return null
  const seconds = Number(value)
  const wait = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * SECOND
  return Number.isNaN(wait) ? null : Math.max(0, wait)
}

export const createMailer = ({ apiKey, baseUrl, clock }: MailerOptions) => {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {})
  return {
    /**
     * Hands one email over. Equal arguments make an equal request, as the idempotency key requires.
     * @returns Resend's id, or the error; never throws for what the network does.
     */
    send: async (
      messageId: string,
      email: Email,
      idempotencyKey: string,
    ): Promise<{ providerId: string } | { error: SendError }> => {
      const { data, error, headers } = await resend.emails.send(
        {
          from: email.from,
          to: [email.to],
          subject: email.subject,
          html: email.html,
          text: email.text,
          ...(email.replyTo ? { replyTo: email.replyTo } : {}),
          ...(email.attachment ? { attachments: [email.attachment] } : {}),
          headers: {
            'Auto-Submitted': 'auto-generated', // no vacation replies (RFC 3834)
            'X-Entity-Ref-ID': messageId, // Gmail must not fold receipts of like subject into one thread
          },
          tags: [
            { name: 'kind', value: email.kind },
            { name: 'message', value: messageId },
          ],
        },
        { idempotencyKey, signal: AbortSignal.timeout(PATIENCE) },
      )
      if (typeof data?.id === 'string') return { providerId: data.id }
      // The SDK hands the body of an error on unread: nothing in it can be relied on to be there.
      const told = (error ?? {}) as { name?: unknown; statusCode?: unknown }
      return {
        error: {
          name: typeof told.name === 'string' ? told.name : 'unknown',
          status: typeof told.statusCode === 'number' ? told.statusCode : null,
          retryAfter: waitIn(headers, clock.now()),
        },
      }
    },
  }
}

export type Mailer = ReturnType<typeof createMailer>
