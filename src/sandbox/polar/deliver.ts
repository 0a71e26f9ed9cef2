// Delivers an event to Postern's webhook endpoint by hand, once. Polar keeps no record of it, and does not try again. The
// caller simulates that: delivering the same `webhookId` again is a redelivery.

import { randomUUID } from 'node:crypto'
import type { Clock } from '../../runtime/clock.ts'
import type { Answer } from '../http/webhook-client.ts'
import type { Post } from './webhooks/post.ts'

type DeliverOptions = {
  /** Default: a new one. */
  webhookId?: string
  /** Milliseconds since the epoch; default: the clock's time. */
  at?: number
  /** Default: the endpoint's secret. */
  secret?: string
}

export type Delivery = Answer & { type: string; webhookId: string; event: object | string }

type DeliverParts = { clock: Clock; post: Post; endpoint: () => { url: string; secret: string } }

export const createDeliver =
  ({ clock, post, endpoint }: DeliverParts) =>
  /** @param event a string is sent unchanged. */
  async (event: object | string, options: DeliverOptions = {}): Promise<Delivery> => {
    const { webhookId = randomUUID(), at = clock.now() } = options
    const { url, secret } = endpoint()
    const { type, api_version } = fields(event)
    const answer = await post({
      ...{ url, webhookId, at, secret: options.secret ?? secret },
      body: typeof event === 'string' ? event : JSON.stringify(event),
      ...(typeof api_version === 'string' && { apiVersion: api_version }),
    })
    return { type: String(type), webhookId, event, ...answer }
  }

const fields = (event: object | string): { type?: unknown; api_version?: unknown } => {
  if (typeof event === 'object') return event
  try {
    return Object(JSON.parse(event))
  } catch {
    // A body that is not JSON has no fields to read, and is delivered anyway.
    return {}
  }
}
