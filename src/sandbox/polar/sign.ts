// Signs a webhook as Polar does: the Standard Webhooks scheme with Polar's own headers.

import { createHmac } from 'node:crypto'
import { SECOND } from '../../runtime/clock.ts'

/** A `whsec_` secret is base64 after its prefix. An older secret is its own UTF-8 bytes, with the prefix. */
const keyOf = (secret: string) =>
  secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret)

type SignInput = {
  secret: string
  webhookId: string
  /** Milliseconds since the epoch; signed in whole seconds. */
  at: number
  body: string
  apiVersion?: string
}

/** The headers that Polar sends with `body`. */
export const signWebhook = ({ secret, webhookId, at, body, apiVersion }: SignInput) => {
  const timestamp = String(Math.floor(at / SECOND))
  const signature = createHmac('sha256', keyOf(secret))
    .update(`${webhookId}.${timestamp}.${body}`)
    .digest('base64')
  return {
    'content-type': 'application/json',
    'user-agent': 'polar.sh webhooks',
    'webhook-id': webhookId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
    'webhook-api-version': apiVersion ?? '2026-10',
  }
}
