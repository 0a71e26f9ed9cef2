// A collector of traces that reads what is posted to it, and keeps nothing.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const startCollector = async () => {
  let posts = 0
  const server = createServer((request, response) => {
    posts += 1
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** How many requests came. */
    posts: () => posts,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
