// Signs a webhook as Resend does: the Standard Webhooks scheme with the headers of Svix, which delivers for Resend.

import { createHmac, randomUUID } from 'node:crypto'
import { SECOND } from '../../runtime/clock.ts'

type SignInput = {
  /** `whsec_` and the key in base64. */
  secret: string
  svixId: string
  /** Milliseconds since the epoch; signed in whole seconds. */
  at: number
  body: string
}

export const newSvixId = () => `msg_${randomUUID().replaceAll('-', '')}`

/** The headers that come with `body`. */
export const signWebhook = ({ secret, svixId, at, body }: SignInput) => {
  const timestamp = String(Math.floor(at / SECOND))
  const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${svixId}.${timestamp}.${body}`)
    .digest('base64')
  return {
    'content-type': 'application/json',
    'user-agent': 'Svix-Webhooks/1.84',
    'svix-id': svixId,
    'svix-timestamp': timestamp,
    'svix-signature': `v1,${signature}`,
  }
}
