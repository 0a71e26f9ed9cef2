// An HTTP server that says where it listens and that closes for good.

import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

export type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']

/**
 * Listens on `host:port` (0 is any free port) and resolves once it does; rejects when it cannot (EADDRINUSE).
 * `close` stops accepting, lets requests in hand finish and drops idle connections.
 */
export const listen = async (fetch: Fetch, { host, port }: { host: string; port: number }) => {
  const server = createAdaptorServer({ fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  const address = server.address() as AddressInfo
  return {
    port: address.port,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      }),
  }
}
