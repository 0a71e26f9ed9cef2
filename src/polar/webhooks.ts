// Reads Polar's webhook endpoints and its attempts to deliver to them. A row without what a backfill needs is left out, so
// that it holds up no other.

import type { models } from '@polar-sh/sdk/2026-10'
import { SECOND } from '../runtime/clock.ts'
import { instant, PAGE_SIZE, text } from './answers.ts'
import { type Caller, throwAsUnavailable } from './call.ts'
import { askedBy, boundAfter, type TimePage } from './pages.ts'

export type WebhookEndpoint = {
  id: string
  url: string
  isEnabled: boolean
  /** The key of its signatures; `null` where Polar does not show it. */
  secret: string | null
  eventTypes: readonly string[]
  apiVersion: string | null
  format: string | null
}

/** The fields that somebody may choose; Polar makes the secret. */
export type EndpointSettings = Pick<WebhookEndpoint, 'eventTypes'> & {
  format: 'raw' | 'discord' | 'slack'
  apiVersion: '2026-04' | '2026-10'
  isEnabled: boolean
}

/** One attempt to deliver an event. */
export type WebhookDelivery = {
  id: string
  /** When Polar made it (ISO 8601). */
  at: string
  succeeded: boolean
  /** The answer's status; `null` without one. */
  status: number | null
  event: {
    /** The `webhook-id` of all its attempts. */
    id: string
    type: string
    /** `null` while Polar goes on trying, and where it was skipped. */
    succeeded: boolean | null
    /** The endpoint was disabled. */
    isSkipped: boolean
    /** The body as Polar sends it; `null` once it is archived, after 90 days. */
    payload: string | null
  }
}

/** Polar searches long for deliveries, and nobody waits for them. */
const PATIENCE = 15 * SECOND

type Fields = Record<string, unknown>

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)

const endpointIn = (row: Fields): WebhookEndpoint => ({
  ...{ id: text(row.id), url: text(row.url), isEnabled: row.enabled === true },
  eventTypes: Array.isArray(row.events) ? row.events.map(String) : [],
  secret: textOrNull(row.secret),
  apiVersion: textOrNull(row.api_version),
  format: textOrNull(row.format),
})

const bodyOf = ({ eventTypes, format, apiVersion, isEnabled }: Partial<EndpointSettings>) => ({
  ...(eventTypes && { events: [...eventTypes] as models.WebhookEndpoint['events'] }),
  ...(format && { format }),
  ...(apiVersion && { api_version: apiVersion }),
  ...(isEnabled !== undefined && { enabled: isEnabled }),
})

const deliveryIn = (row: Fields): WebhookDelivery | null => {
  const event: Fields = Object(row.webhook_event)
  const [id, at] = [textOrNull(row.id), instant(row.created_at)]
  const [eventId, type] = [textOrNull(event.id), textOrNull(event.type)]
  if (!id || !at || !eventId || !type) return null
  return {
    ...{ id, at, succeeded: row.succeeded === true },
    status: typeof row.http_code === 'number' ? row.http_code : null,
    event: {
      ...{ id: eventId, type, payload: textOrNull(event.payload) },
      succeeded: typeof event.succeeded === 'boolean' ? event.succeeded : null,
      isSkipped: event.skipped === true,
    },
  }
}

export const createWebhooks = ({ sdk, request }: Caller) => ({
  /**
   * The webhook endpoints of the organization, a hundred at most.
   * @throws {PolarUnavailableError} also while the access token may not read webhooks.
   */
  webhookEndpoints: (): Promise<readonly WebhookEndpoint[]> =>
    request(async (options) => {
      const { items } = await sdk.webhooks.listWebhookEndpoints({ limit: PAGE_SIZE }, options)
      return items.map((row) => endpointIn({ ...row }))
    }).catch(throwAsUnavailable),

  /**
   * Enables a webhook endpoint that Polar has disabled.
   * @throws {PolarRefusedError} where it does not exist, its URL is not accepted, or the access token may not change webhooks.
   * @throws {PolarUnavailableError}
   */
  enableWebhookEndpoint: (id: string): Promise<WebhookEndpoint> =>
    request(async (options) =>
      endpointIn({ ...(await sdk.webhooks.updateWebhookEndpoint(id, { enabled: true }, options)) }),
    ),

  /**
   * Adds an enabled webhook endpoint, in the format Raw.
   * @throws {PolarRefusedError} where its URL is not accepted, or the access token may not change webhooks.
   * @throws {PolarUnavailableError}
   */
  createWebhookEndpoint: (
    url: string,
    { eventTypes, apiVersion }: Pick<EndpointSettings, 'eventTypes' | 'apiVersion'>,
  ): Promise<WebhookEndpoint> =>
    request(async (options) => {
      const events = [...eventTypes] as models.WebhookEndpoint['events']
      const body = { url, events, format: 'raw', api_version: apiVersion } as const
      return endpointIn({ ...(await sdk.webhooks.createWebhookEndpoint(body, options)) })
    }),

  /** @throws {PolarRefusedError} as above, or where it does not exist. @throws {PolarUnavailableError} */
  changeWebhookEndpoint: (
    id: string,
    change: Partial<EndpointSettings>,
  ): Promise<WebhookEndpoint> =>
    request(async (options) =>
      endpointIn({ ...(await sdk.webhooks.updateWebhookEndpoint(id, bodyOf(change), options)) }),
    ),

  /** @throws {PolarRefusedError} as above. @throws {PolarUnavailableError} */
  deleteWebhookEndpoint: (id: string): Promise<void> =>
    request(async (options) => {
      await sdk.webhooks.deleteWebhookEndpoint(id, options)
    }),

  /**
   * A page of attempts, newest first, made after `after` and before `before` (ISO 8601, both exclusive). The next page is before
   * `next`, which may be passed as `before`.
   * @throws {PolarUnavailableError} also while the access token may not read webhooks.
   */
  webhookDeliveries: (which: {
    endpointId: string
    after?: string
    before?: string
    succeeded?: boolean
    types?: readonly string[]
  }): Promise<TimePage<WebhookDelivery>> =>
    request(async (options) => {
      const { endpointId, after, before, succeeded, types } = which
      const asked = before === undefined ? null : askedBy(before)
      const { items } = await sdk.webhooks.listWebhookDeliveries(
        {
          ...{ endpoint_id: endpointId, limit: PAGE_SIZE },
          ...(after !== undefined && { start_timestamp: after }),
          ...(asked && { end_timestamp: asked.at, page: asked.page }),
          ...(succeeded !== undefined && { succeeded }),
          ...(types && { event_type: [...types] as models.WebhookEvent['type'][] }),
        },
        options,
      )
      return {
        items: items.map((row) => deliveryIn({ ...row })).filter((row) => row !== null),
        next: boundAfter(
          items.map(({ created_at }) => text(created_at)),
          'descending',
          before,
        ),
      }
    }, PATIENCE).catch(throwAsUnavailable),
})
