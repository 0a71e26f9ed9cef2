// Which of the organization's webhook endpoints lead to this Postern.

import type { WebhookEndpoint } from './webhooks.ts'

export type Ours = {
  /** The address of the webhook endpoint, without a slash at its end. */
  url: string
  secrets: readonly string[]
}

type Settings = { publicUrl: string; polar: { webhookSecrets: readonly string[] } }

export const oursIn = ({ publicUrl, polar }: Settings): Ours => ({
  url: `${publicUrl}/webhooks/polar`,
  secrets: polar.webhookSecrets,
})

export const trimmed = (url: string): string => url.replace(/\/+$/, '')

/** By the address. Where none has it, by the secret: a proxy or a tunnel may have another address. */
export const ourEndpoints = (
  endpoints: readonly WebhookEndpoint[],
  { url, secrets }: Ours,
): WebhookEndpoint[] => {
  const here = endpoints.filter((endpoint) => trimmed(endpoint.url) === trimmed(url))
  return here.length > 0
    ? here
    : endpoints.filter(({ secret }) => secret !== null && secrets.includes(secret))
}
