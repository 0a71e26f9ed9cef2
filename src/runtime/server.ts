// An HTTP server that resolves once it listens, and closes within seconds.

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { SECOND } from './clock.ts'

export type Fetch = Parameters<typeof getRequestListener>[0]

/** Times in milliseconds. A client that exceeds the first two is answered 408 and disconnected. */
const SERVER = {
  headersTimeout: 10 * SECOND,
  requestTimeout: 30 * SECOND,
  connectionsCheckingInterval: 5 * SECOND,
  // Longer than the 60 seconds for which proxies keep an idle connection: the side that sends must be the one that closes.
  keepAliveTimeout: 65 * SECOND,
  // Health probes name no host, in HTTP/1.1 as in HTTP/1.0.
  requireHostHeader: false,
}

/** The adapter builds a URL from the Host header and refuses an unusable one; no route reads the host of that URL. */
const URL_HOST = 'localhost'

/** A request in hand has this long to be done when the server closes. */
const CLOSE_TIMEOUT = 5 * SECOND

/** Follows the connections of a server, to end each as soon as no request is in hand on it. */
const followConnections = (server: Server) => {
  const open = new Set<Socket>()
  const busy = new Set<Socket>()
  let isClosing = false
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    busy.add(request.socket)
    response.once('close', () => {
      busy.delete(request.socket)
      if (isClosing) request.socket.destroy()
    })
  })
  return {
    end: () => {
      isClosing = true
      for (const socket of open) if (!busy.has(socket)) socket.destroy()
      setTimeout(() => {
        for (const socket of open) socket.destroy()
      }, CLOSE_TIMEOUT).unref()
    },
  }
}

type Address = { host: string; port: number }

/**
 * Listens on `host:port` (0 is any free port) and resolves once it does; rejects when it cannot (EADDRINUSE).
 * `close` stops accepting, gives requests in hand five seconds, and drops every other connection at once.
 * @param settings of Node's server that override ours.
 */
export const listen = async (fetch: Fetch, { host, port }: Address, settings?: ServerOptions) => {
  const answer = getRequestListener(fetch)
  let isDraining = false
  const server = createServer({ ...SERVER, ...settings }, (request, response) => {
    if (isDraining) response.setHeader('connection', 'close')
    request.headers.host = URL_HOST
    if (request.url === '*') request.url = '/' // OPTIONS *, which asks about the server as a whole
    void answer(request, response)
  })
  const connections = followConnections(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  const address = server.address() as AddressInfo
  return {
    port: address.port,
    /** From now on, each answer asks its client to close the connection. */
    drain: () => {
      isDraining = true
    },
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        connections.end()
      }),
  }
}
