// Delivers a webhook to the endpoint, once. Trying again is the caller's to decide.

import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import { signWebhook } from './sign.ts'
import type { Webhook } from './webhook.ts'

/** Svix's patience with an endpoint. */
const TIMEOUT = 15 * SECOND

export type Endpoint = { secret: string; url: () => string }
export type DeliverOptions = {
  svixId: string
  /** When it is signed, in milliseconds since the epoch; default: the clock's time. */
  at?: number | undefined
  /** Default: the endpoint's secret. */
  secret?: string | undefined
}

/** `status` is 0 where no answer came; `body` then says why. */
export type Answer = { status: number; body: string }

export const createDeliver = (clock: Clock, endpoint: Endpoint) => {
  // For thousands of webhooks a second, where `fetch` would cost several times as much.
  const agent = new Agent({ keepAlive: true })
  let closed = false

  /** Rejects where no whole answer came. */
  const post = (url: string, headers: Record<string, string>, body: string) =>
    new Promise<Answer>((resolve, reject) => {
      const asked = request(url, { method: 'POST', agent, headers, timeout: TIMEOUT }, (answer) => {
        text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, body: said }), reject)
      })
      asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
      asked.on('error', (error: NodeJS.ErrnoException) =>
        // The endpoint may close a connection just as it is used again, which says nothing about it.
        asked.reusedSocket && error.code === 'ECONNRESET' && !closed
          ? resolve(post(url, headers, body))
          : reject(error),
      )
      asked.end(body)
    })

  return {
    deliver: async (webhook: Webhook, options: DeliverOptions): Promise<Answer> => {
      const { svixId, at = clock.now(), secret = endpoint.secret } = options
      const body = JSON.stringify(webhook)
      try {
        return await post(endpoint.url(), signWebhook({ secret, svixId, at, body }), body)
      } catch (error) {
        // An endpoint that is down is an outcome that the caller asked about, not a surprise.
        const { code, message } = error as NodeJS.ErrnoException
        return { status: 0, body: code ?? message }
      }
    },
    /** Breaks every connection, those in use too. */
    close: () => {
      closed = true
      agent.destroy()
    },
  }
}
