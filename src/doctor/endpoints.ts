// Decides what is wrong with the webhook endpoints at Polar, beside what the watch finds while Postern runs: pure.

import { type Ours, ourEndpoints, trimmed } from '../polar/our-endpoints.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../polar/webhooks.ts'
import { failingOf } from '../watch/deliveries.ts'
import { isShown, seenOf } from '../watch/endpoint.ts'
import type { Finding as Found } from '../watch/finding.ts'
import { type Finding, finding } from './finding.ts'

/** The version of Polar's API whose events Postern reads. */
const API_VERSION = '2026-10'

const PAGE = 'Settings → Webhooks'

const ofWatch = ({ name, ...parts }: Found): Finding => finding(name, parts)

/** An endpoint with our secret is ours, and a proxy may have another address. But the path has to be right. */
const misled = (mine: readonly WebhookEndpoint[], { url }: Ours): Finding[] =>
  mine
    .filter((one) => trimmed(one.url) !== trimmed(url))
    .filter(
      (one) =>
        !trimmed(one.url).endsWith('/webhooks/polar') ||
        (URL.canParse(one.url) && new URL(one.url).origin === new URL(url).origin),
    )
    .map((one) =>
      finding('endpoint_url', {
        says: `Polar sends events to ${one.url}, and Postern takes them at ${url}.`,
        why: 'Every webhook is lost, and Polar disables the endpoint.',
        mend: `Set the URL of the endpoint to ${url} at Polar (${PAGE}).`,
      }),
    )

const versions = (enabled: readonly WebhookEndpoint[]): Finding[] =>
  enabled
    .filter(({ apiVersion }) => apiVersion !== null && apiVersion !== API_VERSION)
    .slice(0, 1)
    .map(({ url, apiVersion }) =>
      finding('endpoint_version', {
        says: `The webhook endpoint ${url} has the API version ${apiVersion}.`,
        why: `Postern reads events of ${API_VERSION}, and may not understand others.`,
        mend: `Set its API version to ${API_VERSION} at Polar (${PAGE}).`,
      }),
    )

const doubled = (endpoints: readonly WebhookEndpoint[], { url, secrets }: Ours): Finding[] => {
  const here = endpoints.filter(
    (one) =>
      one.isEnabled &&
      (trimmed(one.url) === trimmed(url) || (one.secret !== null && secrets.includes(one.secret))),
  )
  if (here.length < 2) return []
  return [
    finding('endpoint_twice', {
      says: `${here.length} enabled webhook endpoints at Polar lead to this Postern: ${here.map((one) => one.url).join(', ')}.`,
      why: 'Each event comes as often. Each fact is mailed once all the same.',
      mend: `Remove all but one at Polar (${PAGE}).`,
    }),
  ]
}

const hidden = (endpoints: readonly WebhookEndpoint[], { url }: Ours): Finding[] =>
  endpoints.every(({ secret }) => isShown(secret))
    ? []
    : [
        finding('endpoint_missing', {
          says: `No webhook endpoint at Polar has the URL ${url}, and Polar does not show the secrets of the others.`,
          why: 'Without an endpoint, no event arrives, and no email goes out.',
          mend: `See at Polar (${PAGE}) whether one of them leads here.`,
          severity: 'warning',
        }),
      ]

export const ofEndpoints = (endpoints: readonly WebhookEndpoint[], ours: Ours): Finding[] => {
  const { seen, enabled } = seenOf(endpoints, ours)
  const mine = ourEndpoints(endpoints, ours)
  return [
    ...seen.found.map(ofWatch),
    ...(mine.length === 0 && seen.found.length === 0 ? hidden(endpoints, ours) : []),
    ...misled(mine, ours),
    ...versions(enabled),
    ...doubled(endpoints, ours),
  ]
}

/** @param attempts of the latest minutes, newest first. */
export const ofAttempts = (attempts: readonly WebhookDelivery[], now: number): Finding[] => {
  const failing = failingOf(attempts, now)
  return failing === null || failing === 'unknown' ? [] : [ofWatch(failing)]
}
