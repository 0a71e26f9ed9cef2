// An address in front of Redis, as a managed Redis has one: it may lead to another server tomorrow, and it may go silent.

import { createConnection, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { OnFinished } from './process.ts'

type Pair = { client: Socket; server: Socket }

const join = ({ client, server }: Pair) => {
  client.pipe(server)
  server.pipe(client)
}

/** Neither side gets another byte, nor a FIN or RST. */
const cut = ({ client, server }: Pair) => {
  client.unpipe(server).pause()
  server.unpipe(client).pause()
}

const NOWHERE = 'redis://127.0.0.1:1'

/**
 * @param onFinished the test's own, where several run at the same time.
 * @returns an address that leads to the Redis at `redisUrl`.
 */
export const startEndpoint = async (
  redisUrl = NOWHERE,
  onFinished: OnFinished = onTestFinished,
) => {
  let target = new URL(redisUrl)
  const pairs = new Set<Pair>()
  const listener = createServer({ allowHalfOpen: true }, (client) => {
    const server = createConnection({
      host: target.hostname,
      port: Number(target.port),
      allowHalfOpen: true,
    })
    const pair = { client, server }
    pairs.add(pair)
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.on('error', () => socket.destroy()) // the test means it
      socket.on('close', () => {
        pairs.delete(pair)
        other.destroy()
      })
    }
    join(pair)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  onFinished(async () => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
    await new Promise((resolve) => listener.close(resolve))
  })
  const address = listener.address()
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    /** New connections lead to the Redis at `url`; those that are open stay where they are. */
    leadTo: (url: string) => {
      target = new URL(url)
    },
    /** The connections that are open go silent; new ones are not. */
    silence: () => {
      for (const pair of pairs) cut(pair)
    },
  }
}
