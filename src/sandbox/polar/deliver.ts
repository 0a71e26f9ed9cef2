// Delivers an event to the webhook endpoint, once. The caller simulates Polar's retries: delivering the same `webhookId`
// again is a redelivery.

import { randomUUID } from 'node:crypto'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import { signWebhook } from './sign.ts'

/** Polar's own timeout. */
const TIMEOUT = 10 * SECOND

type DeliverOptions = {
  /** Default: a new one. */
  webhookId?: string
  /** Milliseconds since the epoch; default: the clock's time. */
  at?: number
  /** Default: the endpoint's secret. */
  secret?: string
}

/** `status` is 0 if there was no answer; `body` is then the reason. */
export type Delivery = {
  type: string
  webhookId: string
  event: object | string
  status: number
  body: string
}

export const createDeliver =
  ({ clock, secret, url }: { clock: Clock; secret: string; url: () => string }) =>
  /** @param event a string is sent unchanged. */
  async (event: object | string, options: DeliverOptions = {}): Promise<Delivery> => {
    const webhookId = options.webhookId ?? randomUUID()
    const body = typeof event === 'string' ? event : JSON.stringify(event)
    const { type, api_version } = fields(event)
    const headers = signWebhook({
      secret: options.secret ?? secret,
      webhookId,
      at: options.at ?? clock.now(),
      body,
      ...(typeof api_version === 'string' && { apiVersion: api_version }),
    })
    const delivery = { type: String(type), webhookId, event }
    try {
      const answer = await fetch(url(), {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      })
      return { ...delivery, status: answer.status, body: await answer.text() }
    } catch (error) {
      // An endpoint that is down is an expected outcome for the caller.
      return { ...delivery, status: 0, body: reason(error) }
    }
  }

const reason = (error: unknown) => {
  const { message, cause } = error as {
    message?: string
    cause?: { code?: string; message?: string }
  }
  return cause?.code ?? cause?.message ?? message ?? String(error)
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
