// Validates what a request says of a webhook endpoint.

import type { Endpoint, EndpointChange } from './endpoints.ts'
import { isWebhookType } from './types.ts'

export type EndpointFault = { field: string; msg: string; input: unknown }

type Body = Record<string, unknown>

const PRIVATE = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/

/** Polar refuses loopback addresses too. Here they are where Postern runs. */
const isLoopback = (host: string) => host === 'localhost' || host === '127.0.0.1'

const isReachable = (url: string) => {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (isLoopback(hostname)) return protocol === 'http:' || protocol === 'https:'
  return protocol === 'https:' && !PRIVATE.test(hostname)
}

const oneOf =
  (...values: string[]) =>
  (value: unknown) =>
    values.includes(value as string)

const RULES: Record<string, [(value: unknown) => boolean, string]> = {
  url: [
    (value) => typeof value === 'string' && isReachable(value),
    'The URL must be a public https address.',
  ],
  name: [(value) => typeof value === 'string', 'Input should be a valid string'],
  api_version: [oneOf('2026-04', '2026-10'), "Input should be '2026-04' or '2026-10'"],
  format: [oneOf('raw', 'discord', 'slack'), "Input should be 'raw', 'discord' or 'slack'"],
  events: [
    (value) => Array.isArray(value) && value.every(isWebhookType),
    'Input should be a list of event types',
  ],
  enabled: [(value) => typeof value === 'boolean', 'Input should be a valid boolean'],
}

/** The named fields of a body. Others, and nulls, are ignored. */
const read = (body: Body, fields: string[]): Body | EndpointFault => {
  const found: Body = {}
  for (const field of fields) {
    const input = body[field] ?? undefined
    if (input === undefined) continue
    const [isValid, msg] = RULES[field] ?? [() => true, '']
    if (!isValid(input)) return { field, msg, input }
    found[field] = input
  }
  return found
}

type EndpointInput = Pick<Endpoint, 'url' | 'events'>

/** The fields of a new endpoint. It cannot be made disabled, and has no secret of the merchant's choice. */
export const inputOf = (body: Body): EndpointInput | EndpointFault => {
  const missing = ['url', 'format', 'events'].find((field) => body[field] == null)
  if (missing !== undefined) return { field: missing, msg: 'Field required', input: body }
  const fields = ['url', 'name', 'api_version', 'format', 'events']
  return read(body, fields) as EndpointInput | EndpointFault
}

/** Enabling an endpoint checks its URL again. */
export const changeOf = (body: Body, before: Endpoint): EndpointChange | EndpointFault => {
  const change = read(body, Object.keys(RULES)) as EndpointChange | EndpointFault
  if ('msg' in change || change.enabled !== true || isReachable(change.url ?? before.url))
    return change
  return { field: 'enabled', msg: 'The endpoint’s URL cannot be reached.', input: true }
}
