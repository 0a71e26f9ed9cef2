// The transport of Polar's SDK: `node:http` with keep-alive connections, which takes a fifth of the
// time of `fetch` (npm run bench -- click). A visitor waits for some of these requests.

import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { PolarNetworkError } from '@polar-sh/sdk'
import type { PolarCore } from '@polar-sh/sdk/2026-10'
import { SECOND } from '../runtime/clock.ts'

type Send = PolarCore['sendRequest']

const MAX_BYTES = 4 * 1024 * 1024

const read = (message: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let size = 0
    message.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > MAX_BYTES) message.destroy(new Error('the answer is too large'))
      else pieces.push(piece)
    })
    message.on('end', () => resolve(Buffer.concat(pieces).toString()))
    message.on('error', reject)
    message.on('close', () => reject(new Error('the answer was cut off'))) // no effect after `end`
  })

/** The part of a Response that the SDK reads. */
const answerOf = (message: IncomingMessage, body: string) =>
  ({
    status: message.statusCode ?? 0,
    headers: { get: (name: string) => message.headers[name.toLowerCase()] ?? null },
    text: async () => body,
    json: async () => JSON.parse(body) as unknown,
  }) as unknown as Response

/**
 * Polar may close a keep-alive connection at the moment it is used again. Then the request may be
 * repeated.
 */
const isStaleConnection = (error: NodeJS.ErrnoException, isReused: boolean) =>
  isReused && (error.code === 'ECONNRESET' || error.code === 'EPIPE')

/** @param timeoutMs for requests without a timeout of their own. The SDK gives that in seconds. */
export const createTransport = (timeoutMs: number): Send => {
  const agentOptions = { keepAlive: true, scheduling: 'lifo' as const }
  const plain = new HttpAgent(agentOptions)
  const secure = new HttpsAgent(agentOptions)

  const exchange = async (
    [url, init]: Parameters<Send>[0],
    until: number,
    mayRepeat: boolean,
  ): Promise<Response> => {
    const isSecure = url.startsWith('https:')
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(init.headers as Headers), // as the SDK makes them
      agent: mayRepeat && (isSecure ? secure : plain), // a repeated request uses a new connection
    })
    const onTimeout = () => request.destroy(new Error('no answer in time'))
    const timer = setTimeout(onTimeout, Math.max(until - performance.now(), 1))
    try {
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve)
        request.on('error', reject)
      })
      request.end(init.body)
      const message = await answered
      return answerOf(message, await read(message))
    } catch (error) {
      if (!mayRepeat || !isStaleConnection(error as NodeJS.ErrnoException, request.reusedSocket))
        throw error
      return exchange([url, init], until, false)
    } finally {
      clearTimeout(timer)
    }
  }

  return async (request, options) => {
    const { timeout = timeoutMs / SECOND } = options ?? {}
    const until = performance.now() + timeout * SECOND
    try {
      return await exchange(request, until, true)
    } catch (error) {
      throw new PolarNetworkError(error instanceof Error ? error.message : 'unknown')
    }
  }
}
