// Stands between Postern and Redis, and can stop at a command of one's choice: before Redis sees it, or before its answer is
// seen.

import { createConnection, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { OnFinished } from './process.ts'

/** `unanswered`: it arrives and is done, and its answer is looked at before it is passed on. */
type Passage = boolean | 'unanswered'

/**
 * `before` sees each piece of what the client sends; what it answers `false` for never arrives, nor does anything after.
 * `answered` sees what Redis says to what was to stay unanswered; unless it answers `true`, nothing is passed on any more.
 */
export const startRedisProxy = async (
  redisUrl: string,
  before: (sent: string) => Passage,
  answered: (reply: string) => boolean = () => false,
  onFinished: OnFinished = onTestFinished,
) => {
  const { hostname, port } = new URL(redisUrl)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const redis = createConnection({ host: hostname, port: Number(port) })
    let isSilent = false
    for (const socket of [client, redis]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()) // a killed client, as the test means it
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (piece) => {
      const passage = before(piece.toString('latin1'))
      if (passage === false) return redis.destroy()
      isSilent ||= passage === 'unanswered'
      redis.write(piece)
    })
    redis.on('data', (piece) => {
      isSilent &&= !answered(piece.toString('latin1'))
      if (!isSilent) client.write(piece)
    })
    client.on('close', () => redis.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
