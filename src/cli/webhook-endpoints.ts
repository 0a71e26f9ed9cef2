// Lists Postern's webhook endpoints at Polar with what is wrong, and enables those that Polar has disabled.

import { PolarRefusedError, PolarUnavailableError, wasRefused } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Ours, ourEndpoints } from '../polar/our-endpoints.ts'
import type { WebhookEndpoint } from '../polar/webhooks.ts'
import { seenOf } from '../watch/endpoint.ts'
import { sentenceOf } from '../watch/finding.ts'
import type { CommandOutput } from './output.ts'

export const USAGE = [
  'npm run webhooks               what is wrong with the webhook endpoint at Polar',
  'npm run webhooks -- --enable   enables it (in the image: node dist/cli.js webhooks --enable)',
]

type Parts = {
  polar: Pick<PolarClient, 'webhookEndpoints' | 'enableWebhookEndpoint'>
  ours: Ours
}

const lineOf = ({ id, url, isEnabled, format, eventTypes }: WebhookEndpoint): string =>
  `${url}  ${isEnabled ? 'enabled' : 'disabled'}  ${format ?? 'raw'}  ${eventTypes.length} types of events  ${id}`

const failed = (...errors: string[]): CommandOutput => ({ lines: [], errors })

const BY_HAND = 'enable the endpoint at Polar: Settings → Webhooks'

/** An error of Polar's as a sentence for the operator. */
const explain = (error: unknown, scope: string): string => {
  const isRefused =
    error instanceof PolarRefusedError ||
    (error instanceof PolarUnavailableError && wasRefused(error))
  if (!isRefused && !(error instanceof PolarUnavailableError)) throw error
  if (!isRefused) return `${error.message}. Run the command again.`
  const { status } = (error instanceof PolarRefusedError ? error : error.cause) as PolarRefusedError
  if (status === 401) return `${error.message}. Make a new access token at Polar.`
  if (status === 403)
    return `${error.message}. Add ${scope} to the access token at Polar, or ${BY_HAND}.`
  if (status === 422)
    return `${error.message}: it does not accept the endpoint's URL. Correct it at Polar: Settings → Webhooks.`
  return `${error.message}. You can ${BY_HAND}.`
}

export const createWebhookEndpoints = ({ polar, ours }: Parts) => {
  const list = (endpoints: readonly WebhookEndpoint[]): CommandOutput => {
    const { seen } = seenOf(endpoints, ours)
    const errors = seen.found.map(sentenceOf)
    const isWell = errors.length === 0 && seen.unknown.length === 0
    const lines = ourEndpoints(endpoints, ours).map(lineOf)
    if (isWell) return { lines: [...lines, 'Nothing is wrong with it.'], errors }
    const hidden = `No webhook endpoint at Polar has the URL ${ours.url}, and Polar does not show the secrets of the others.`
    return { lines, errors: errors.length > 0 ? errors : [hidden] }
  }

  const enable = async (endpoints: readonly WebhookEndpoint[]): Promise<CommandOutput> => {
    const mine = ourEndpoints(endpoints, ours)
    const disabled = mine.filter(({ isEnabled }) => !isEnabled)
    if (mine.length === 0 || disabled.length === 0) return list(endpoints)
    const lines: string[] = []
    for (const { id, url } of disabled) {
      await polar.enableWebhookEndpoint(id)
      lines.push(`${url} is enabled.`)
    }
    lines.push(
      'A running Postern notices within a minute. Two minutes later it looks for what was missed, and makes up for it.',
    )
    const { seen } = seenOf(await polar.webhookEndpoints(), ours)
    return { lines, errors: seen.found.map(sentenceOf) }
  }

  return async (isEnable: boolean): Promise<CommandOutput> => {
    let scope = 'webhooks:read'
    try {
      const endpoints = await polar.webhookEndpoints()
      scope = 'webhooks:write'
      return isEnable ? await enable(endpoints) : list(endpoints)
    } catch (error) {
      return failed(explain(error, scope))
    }
  }
}
