// Makes one request to a webhook endpoint, signed as Polar signs it.

import { SECOND } from '../../../runtime/clock.ts'
import { signWebhook } from '../sign.ts'

/** Polar's own timeout. */
const TIMEOUT = 10 * SECOND

/** While set, no request leaves Polar: the endpoint is unreachable, or seems to answer with a status. */
export type WebhookFault = 'unreachable' | { status: number; body?: string } | undefined

/** The same for each request in turn. */
export type WebhookFaults = WebhookFault | (() => WebhookFault)

type Sent = {
  url: string
  secret: string
  webhookId: string
  /** Milliseconds since the epoch. */
  at: number
  body: string
  apiVersion?: string
}

/** `status` is 0 if there was no answer; `body` is then the reason. */
export type Answer = { status: number; body: string }

export const createPost =
  (fault: () => WebhookFault) =>
  async ({ url, ...signed }: Sent): Promise<Answer> => {
    const wrong = fault()
    if (wrong === 'unreachable') return { status: 0, body: 'ECONNREFUSED' }
    if (wrong !== undefined) return { body: '', ...wrong }
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: signWebhook(signed),
        body: signed.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      })
      return { status: answer.status, body: await answer.text() }
    } catch (error) {
      // An endpoint that is down is an expected outcome for the caller.
      return { status: 0, body: reason(error) }
    }
  }

export type Post = ReturnType<typeof createPost>

const reason = (error: unknown) => {
  const { message, cause } = error as {
    message?: string
    cause?: { code?: string; message?: string }
  }
  return cause?.code ?? cause?.message ?? message ?? String(error)
}
