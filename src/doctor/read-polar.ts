// Reads more of Polar than a start does: the scopes of the token, the webhook endpoints and their latest attempts. A call that
// the token may not make says nothing here: its scope is a finding of its own.

import { PolarRefusedError, PolarUnavailableError, wasRefused } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Ours, ourEndpoints } from '../polar/our-endpoints.ts'
import type { LackedScope } from '../polar/scopes.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../polar/webhooks.ts'
import { RECENT } from '../watch/deliveries.ts'

export type PolarFacts = {
  lacked: readonly LackedScope[]
  /** `null` where the token may not read them. */
  endpoints: readonly WebhookEndpoint[] | null
  attempts: readonly WebhookDelivery[]
  /** Polar's clock (ms). */
  time: number | null
}

type Reads = Pick<
  PolarClient,
  'lackedScopes' | 'polarTime' | 'webhookEndpoints' | 'webhookDeliveries'
>

const isDenied = (error: unknown): boolean =>
  error instanceof PolarRefusedError ||
  (error instanceof PolarUnavailableError && wasRefused(error))

const unlessDenied = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isDenied(error)) return null
    throw error
  })

/** Polar takes long to list attempts; without them the endpoint is read all the same. */
const attemptsOf = async (polar: Reads, endpoint: WebhookEndpoint | undefined, now: number) => {
  if (!endpoint) return []
  const after = new Date(now - RECENT).toISOString()
  const page = await polar.webhookDeliveries({ endpointId: endpoint.id, after }).catch(() => null)
  return page?.items ?? []
}

/** @throws {PolarUnavailableError} @throws {PolarRefusedError} with 401. */
export const readPolar = async (polar: Reads, ours: Ours, now: number): Promise<PolarFacts> => {
  const [lacked, endpoints, time] = await Promise.all([
    polar.lackedScopes(),
    unlessDenied(polar.webhookEndpoints()),
    unlessDenied(polar.polarTime()),
  ])
  const enabled = ourEndpoints(endpoints ?? [], ours).filter(({ isEnabled }) => isEnabled)
  return { lacked, endpoints, time, attempts: await attemptsOf(polar, enabled[0], now) }
}
