// Polar's webhook events: each is kept with its attempts, tried again when it fails, and given up at last. An endpoint
// whose events all fail is disabled. The order of events is not guarded while an earlier one waits to be tried again.

import { randomUUID } from 'node:crypto'
import { type Clock, MINUTE, SECOND } from '../../../runtime/clock.ts'
import type { Answer } from '../../http/webhook-client.ts'
import type { Delivery } from '../deliver.ts'
import type { Stamp } from '../instants.ts'
import { isArchived } from './archive.ts'
import type { Endpoint, Endpoints } from './endpoints.ts'
import type { Post } from './post.ts'
import { isWebhookType, type WebhookType } from './types.ts'

const ATTEMPTS = 10

/** So many finished events in a row disable the endpoint if all of them failed. */
const FAILURES = 10

const MAX_RESPONSE = 2048

/** After so many attempts. Polar waits between half of it and all of it; the simulated one always waits for all of it. */
const backOff = (attempts: number) => Math.min(20 * MINUTE, 2 * SECOND * 2 ** attempts)

export type Attempt = {
  id: string
  created_at: string
  succeeded: boolean
  /** `null` without an answer; `response` is then the reason. */
  http_code: number | null
  response: string | null
}

/** One for each event and endpoint. `id` is the `webhook-id` of all its attempts. */
export type WebhookEvent = {
  id: string
  created_at: string
  modified_at: string | null
  type: WebhookType
  endpointId: string
  api_version: string
  event: object
  payload: string
  /** `null` until an attempt succeeds or the last one fails. */
  succeeded: boolean | null
  skipped: boolean
  attempts: Attempt[]
}

type WebhooksParts = { clock: Clock; stamp: Stamp; endpoints: Endpoints; post: Post }

export const createWebhooks = ({ clock, stamp, endpoints, post }: WebhooksParts) => {
  const events = new Map<string, WebhookEvent>()
  /** When the next attempt falls due, by the event's id. */
  const dueAt = new Map<string, number>()

  const create = (event: object, type: WebhookType, { id, api_version }: Endpoint) => {
    const versioned = { ...event, api_version }
    const made: WebhookEvent = {
      ...{ id: randomUUID(), created_at: stamp(), modified_at: null, type, endpointId: id },
      ...{ api_version, event: versioned, payload: JSON.stringify(versioned) },
      ...{ succeeded: null, skipped: false, attempts: [] },
    }
    events.set(made.id, made)
    return made
  }

  const disableIfAllFailed = (endpointId: string) => {
    const ofEndpoint = [...events.values()].filter((event) => event.endpointId === endpointId)
    const finished = ofEndpoint.filter(({ succeeded }) => succeeded !== null).slice(-FAILURES)
    if (finished.length < FAILURES || finished.some(({ succeeded }) => succeeded)) return
    endpoints.change(endpointId, { enabled: false })
    for (const pending of ofEndpoint) if (pending.succeeded === null) pending.skipped = true
  }

  const record = (of: WebhookEvent, startedAt: string, { status, body }: Answer) => {
    const succeeded = status >= 200 && status < 300
    of.attempts.push({
      ...{ id: randomUUID(), created_at: startedAt, succeeded },
      http_code: status || null,
      response: body.slice(0, MAX_RESPONSE) || null,
    })
    of.modified_at = stamp()
    if (succeeded) of.succeeded = true
    else if (of.attempts.length < ATTEMPTS)
      dueAt.set(of.id, clock.now() + backOff(of.attempts.length))
    else {
      of.succeeded ??= false
      if (!of.succeeded) disableIfAllFailed(of.endpointId)
    }
  }

  /** An event that fell due while its endpoint is disabled is skipped, and not tried again. */
  const attempt = async (of: WebhookEvent): Promise<Delivery[]> => {
    dueAt.delete(of.id)
    const endpoint = endpoints.get(of.endpointId)
    if (endpoint?.enabled !== true) {
      of.skipped = true
      return []
    }
    if (isArchived(of.created_at, clock.now())) return []
    of.skipped = false
    const { id: webhookId, type, event, payload, api_version: apiVersion } = of
    const { url, secret } = endpoint
    const startedAt = stamp()
    const at = clock.now()
    const answer = await post({ url, secret, webhookId, at, body: payload, apiVersion })
    record(of, startedAt, answer)
    return [{ type, webhookId, event, ...answer }]
  }

  return {
    /** Creates a webhook event for each enabled endpoint that wants this type, and makes the first attempt at once. */
    send: async (event: { type: string }): Promise<Delivery[]> => {
      const deliveries: Delivery[] = []
      for (const endpoint of endpoints.list()) {
        const { type } = event
        if (!endpoint.enabled || !isWebhookType(type) || !endpoint.events.includes(type)) continue
        deliveries.push(...(await attempt(create(event, type, endpoint))))
      }
      return deliveries
    },
    /** The next attempt that falls due; `undefined` if none waits. Time in milliseconds. */
    next: (): { at: number; id: string } | undefined => {
      let next: { at: number; id: string } | undefined
      for (const [id, at] of dueAt) if (next === undefined || at < next.at) next = { at, id }
      return next
    },
    /** Makes another attempt now, even if one succeeded. Nothing happens if the event is archived or its endpoint disabled. */
    attempt: async (id: string): Promise<Delivery[]> => {
      const of = events.get(id)
      return of === undefined ? [] : attempt(of)
    },
    /** Oldest first. */
    events: (): readonly Readonly<WebhookEvent>[] => [...events.values()],
    has: (id: string) => events.has(id),
  }
}

export type Webhooks = ReturnType<typeof createWebhooks>
