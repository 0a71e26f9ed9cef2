// Makes one request to a webhook endpoint, signed as Polar signs it.

import { SECOND } from '../../../runtime/clock.ts'
import { type Answer, createWebhookClient } from '../../http/webhook-client.ts'
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

export const createPost = (fault: () => WebhookFault) => {
  const client = createWebhookClient(TIMEOUT)
  return {
    post: async ({ url, ...signed }: Sent): Promise<Answer> => {
      const wrong = fault()
      if (wrong === 'unreachable') return { status: 0, body: 'ECONNREFUSED' }
      if (wrong !== undefined) return { body: '', ...wrong }
      return client.post(url, signWebhook(signed), signed.body)
    },
    close: client.close,
  }
}

export type Post = ReturnType<typeof createPost>['post']
