// Delivers an event to the webhook endpoint, once. Polar's retries are the caller's to play: the same `webhookId`
// delivered again is a redelivery.

import { randomUUID } from 'node:crypto'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import { signWebhook } from './sign.ts'

/** Polar's own patience with an endpoint. */
const TIMEOUT = 10 * SECOND

type DeliverOptions = {
  /** Default: a new one. */
  webhookId?: string
  /** Milliseconds since the epoch; default: the clock's time. */
  at?: number
  /** Default: the endpoint's secret. */
  secret?: string
}

/** `status` is 0 where no answer came; `body` then says why. */
export type Delivery = {
  type: string
  webhookId: string
  event: object | string
  status: number
  body: string
}

export const createDeliver =
  ({ clock, secret, url }: { clock: Clock; secret: string; url: () => string }) =>
  /** A string is sent as it stands, whatever it says. */
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
      // An endpoint that is down is an outcome that the caller asked about, not a surprise.
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
    // Not JSON: there is nothing to read from it, and it is delivered all the same.
    return {}
  }
}
