// Delivers a webhook to the endpoint, once. The caller decides about retries.

import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import { signWebhook } from './sign.ts'
import type { Webhook } from './webhook.ts'

/** Svix's own timeout. */
const TIMEOUT = 15 * SECOND

export type Endpoint = { secret: string; url: string }
export type DeliverOptions = {
  svixId: string
  /** The time of the signature, in milliseconds since the epoch. Default: the clock's time. */
  at?: number | undefined
  /** Default: the endpoint's secret. */
  secret?: string | undefined
}

/** `status` is 0 if there was no answer; `body` is then the reason. */
export type Answer = { status: number; body: string }

export const createDeliver = (clock: Clock) => {
  // The benchmarks deliver thousands of webhooks a second, and `fetch` costs several times as much.
  const agent = new Agent({ keepAlive: true })
  let closed = false

  /** Rejects without a complete answer. */
  const post = (url: string, headers: Record<string, string>, body: string) =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = request(
        url,
        { method: 'POST', agent, headers, timeout: TIMEOUT },
        (answer) => {
          text(answer).then(
            (body) => resolve({ status: answer.statusCode ?? 0, body: body }),
            reject,
          )
        },
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')))
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        // The endpoint may close an idle connection just as it is used again; that is no failure.
        outgoing.reusedSocket && error.code === 'ECONNRESET' && !closed
          ? resolve(post(url, headers, body))
          : reject(error),
      )
      outgoing.end(body)
    })

  return {
    deliver: async (
      webhook: Webhook,
      endpoint: Endpoint,
      options: DeliverOptions,
    ): Promise<Answer> => {
      const { svixId, at = clock.now(), secret = endpoint.secret } = options
      const body = JSON.stringify(webhook)
      try {
        return await post(endpoint.url, signWebhook({ secret, svixId, at, body }), body)
      } catch (error) {
        // An endpoint that is down is an expected outcome for the caller.
        const { code, message } = error as NodeJS.ErrnoException
        return { status: 0, body: code ?? message }
      }
    },
    /** Closes every connection, including those in use. */
    close: () => {
      closed = true
      agent.destroy()
    },
  }
}
