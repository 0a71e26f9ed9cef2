// Decides what a setup has to change at Polar, at Resend and in the file of settings. Pure.

import type { EndpointSettings, WebhookEndpoint } from '../polar/webhooks.ts'
import type { ReportWebhook } from '../resend/account.ts'
import { NEEDED_REPORTS } from '../resend/report.ts'
import { NEEDED_EVENTS } from '../watch/needed-events.ts'

export const API_VERSION = '2026-10'

/** `before` has the fields that `change` names, as they are now. */
export type Step<Endpoint, Change> =
  | { do: 'nothing'; endpoint: Endpoint }
  | { do: 'create' }
  | { do: 'correct'; endpoint: Endpoint; change: Change; before: Change; says: string[] }

export type PolarStep = Step<WebhookEndpoint, Partial<EndpointSettings>>
export type ResendStep = Step<
  ReportWebhook,
  { eventTypes?: readonly string[]; isEnabled?: boolean }
>

const trimmed = (url: string) => url.replace(/\/+$/, '')

/** The endpoint with this address; an enabled one first. */
const at = <E extends { url: string; isEnabled: boolean }>(
  endpoints: readonly E[],
  url: string,
) => {
  const same = endpoints.filter((endpoint) => trimmed(endpoint.url) === url)
  return same.find(({ isEnabled }) => isEnabled) ?? same[0]
}

const lacking = (needed: readonly string[], has: readonly string[]) =>
  needed.filter((type) => !has.includes(type))

const FORMATS = ['raw', 'discord', 'slack'] as const
const VERSIONS = ['2026-04', '2026-10'] as const

export const planPolar = (endpoints: readonly WebhookEndpoint[], url: string): PolarStep => {
  const endpoint = at(endpoints, url)
  if (!endpoint) return { do: 'create' }
  const { eventTypes, isEnabled } = endpoint
  const format = FORMATS.find((one) => one === endpoint.format)
  const apiVersion = VERSIONS.find((one) => one === endpoint.apiVersion)
  const missing = lacking(NEEDED_EVENTS, eventTypes)
  const corrections: [string, Partial<EndpointSettings>, Partial<EndpointSettings>][] = []
  if (missing.length > 0)
    corrections.push([
      `adds ${missing.length} types of events`,
      { eventTypes: [...eventTypes, ...missing] },
      { eventTypes },
    ])
  if (format && format !== 'raw')
    corrections.push([`sets its format from ${format} to Raw`, { format: 'raw' }, { format }])
  if (apiVersion && apiVersion !== API_VERSION)
    corrections.push([
      `sets its API version to ${API_VERSION}`,
      { apiVersion: API_VERSION },
      { apiVersion },
    ])
  if (!isEnabled) corrections.push(['enables it', { isEnabled: true }, { isEnabled }])
  return corrected(endpoint, corrections)
}

export const planResend = (webhooks: readonly ReportWebhook[], url: string): ResendStep => {
  const endpoint = at(webhooks, url)
  if (!endpoint) return { do: 'create' }
  const { eventTypes, isEnabled } = endpoint
  const missing = eventTypes ? lacking(NEEDED_REPORTS, eventTypes) : []
  const corrections: [string, object, object][] = []
  if (eventTypes && missing.length > 0)
    corrections.push([
      `adds ${missing.length} types of events`,
      { eventTypes: [...eventTypes, ...missing] },
      { eventTypes },
    ])
  if (!isEnabled) corrections.push(['enables it', { isEnabled: true }, { isEnabled }])
  return corrected(endpoint, corrections)
}

const corrected = <E, C extends object>(
  endpoint: E,
  corrections: readonly [says: string, change: C, before: C][],
): Step<E, C> =>
  corrections.length === 0
    ? { do: 'nothing', endpoint }
    : {
        do: 'correct',
        endpoint,
        change: Object.assign({}, ...corrections.map(([, change]) => change)) as C,
        before: Object.assign({}, ...corrections.map(([, , before]) => before)) as C,
        says: corrections.map(([says]) => says),
      }
