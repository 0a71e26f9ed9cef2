// Posts the webhooks of a simulated service, each once; the service decides about retries.

import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** `status` is 0 if there was no answer; `body` is then the reason. */
export type Answer = { status: number; body: string }

/** @param timeoutMs until a silent endpoint counts as one that does not answer. */
export const createWebhookClient = (timeoutMs: number) => {
  // The tests and benchmarks post many thousands of webhooks, and `fetch` costs several times as much.
  const agent = new Agent({ keepAlive: true })
  let closed = false

  /** Rejects without a complete answer. */
  const exchange = (url: string, headers: Record<string, string>, body: string) =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = request(
        url,
        { method: 'POST', agent, headers, timeout: timeoutMs },
        (answer) => {
          text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject)
        },
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')))
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        // The endpoint may close an idle connection just as it is used again; that is no failure.
        outgoing.reusedSocket && error.code === 'ECONNRESET' && !closed
          ? resolve(exchange(url, headers, body))
          : reject(error),
      )
      outgoing.end(body)
    })

  return {
    /** Never rejects: an endpoint that is down is an expected outcome for the caller. */
    post: async (url: string, headers: Record<string, string>, body: string): Promise<Answer> => {
      try {
        return await exchange(url, headers, body)
      } catch (error) {
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
