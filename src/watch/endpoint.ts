// Decides what is wrong with the webhook endpoint by what Polar says of it: pure.

import { type Ours, ourEndpoints } from '../polar/our-endpoints.ts'
import type { WebhookEndpoint } from '../polar/webhooks.ts'
import type { Finding, FindingName, Seen } from './finding.ts'
import { NEEDED_EVENTS } from './needed-events.ts'

const MADE_UP = 'Postern makes up for what it missed.'

const missing = ({ url }: Ours): Finding => ({
  name: 'endpoint_missing',
  says: `Polar has no webhook endpoint with the URL ${url}.`,
  why: 'No event arrives, and no email goes out.',
  mend: `Add it at Polar (Settings → Webhooks; docs/setup.md says with which events), and set POLAR_WEBHOOK_SECRET. ${MADE_UP}`,
})

const disabled = ({ url }: WebhookEndpoint): Finding => ({
  name: 'endpoint_disabled',
  says: `Polar has disabled the webhook endpoint ${url}.`,
  why: 'No event arrives, and no email goes out. Polar does so after ten failed events.',
  mend: `Remove their cause, then enable it: npm run webhooks -- --enable, or Settings → Webhooks at Polar. ${MADE_UP}`,
})

const format = ({ url, format }: WebhookEndpoint): Finding => ({
  name: 'endpoint_format',
  says: `The webhook endpoint ${url} has the format ${format} at Polar.`,
  why: 'Postern cannot read it.',
  mend: `Set its format to Raw (Settings → Webhooks). ${MADE_UP}`,
})

const secret = ({ url }: WebhookEndpoint): Finding => ({
  name: 'endpoint_secret',
  says: `The secret that Polar has for the webhook endpoint ${url} is not in POLAR_WEBHOOK_SECRET.`,
  why: 'Postern refuses every webhook.',
  mend: `Copy it from Polar (Settings → Webhooks), put it first in POLAR_WEBHOOK_SECRET and restart. ${MADE_UP}`,
})

const events = ({ url }: WebhookEndpoint, lacking: readonly string[]): Finding => ({
  name: 'endpoint_events',
  says: `Polar does not send ${lacking.join(', ')} to the webhook endpoint ${url}.`,
  why: 'Emails about them are missing or wrong.',
  mend: `Add these events at Polar (Settings → Webhooks). ${MADE_UP}`,
})

/** An empty text or one that hides letters is no secret. */
export const isShown = (secret: string | null): secret is string =>
  secret !== null && /^[\w+/=.-]+$/.test(secret)

/** The usable ones of several endpoints decide: Polar sends to each that is enabled. */
const mistakesOf = (enabled: readonly WebhookEndpoint[], secrets: readonly string[]): Finding[] => {
  const raw = enabled.filter(({ format }) => format === 'raw' || format === null)
  const [one] = enabled
  if (!one) return []
  if (raw.length === 0) return [format(one)]
  const known = raw.filter(({ secret }) => !isShown(secret) || secrets.includes(secret))
  const sent = new Set(raw.flatMap(({ eventTypes }) => eventTypes))
  const lacking = NEEDED_EVENTS.filter((type) => !sent.has(type))
  return [
    ...(known.length === 0 ? [secret(raw[0] ?? one)] : []),
    ...(lacking.length > 0 ? [events(raw[0] ?? one, lacking)] : []),
  ]
}

/** They cannot be seen while no endpoint is enabled, and nobody is told of them then. */
const COVERED: readonly FindingName[] = ['deliveries_failing', 'silence']

/** @returns what Polar says of our endpoints, and the enabled ones. */
export const seenOf = (
  endpoints: readonly WebhookEndpoint[],
  ours: Ours,
): { seen: Seen; enabled: readonly WebhookEndpoint[] } => {
  const mine = ourEndpoints(endpoints, ours)
  const [first] = mine
  const enabled = mine.filter(({ isEnabled }) => isEnabled)
  const away = (found: readonly Finding[], unknown: readonly FindingName[]) => ({
    seen: { found, unknown, covered: COVERED },
    enabled,
  })
  const OTHERS: readonly FindingName[] = ['endpoint_format', 'endpoint_secret', 'endpoint_events']
  if (!first) {
    // Behind a proxy with another address, only the secret tells that an endpoint is ours.
    const mayBeHidden = endpoints.some(({ secret }) => !isShown(secret))
    return mayBeHidden
      ? { seen: { found: [], unknown: ['endpoint_missing', ...OTHERS], covered: [] }, enabled }
      : away([missing(ours)], OTHERS)
  }
  if (enabled.length === 0) return away([disabled(first)], OTHERS)
  return { seen: { found: mistakesOf(enabled, ours.secrets), unknown: [], covered: [] }, enabled }
}
