// Stands between Postern and Redis, and can stop at a command of one's choice before Redis sees it.

import { createConnection, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** `before` sees each piece of what the client sends; what it answers `false` for never arrives, nor does anything after. */
export const startRedisProxy = async (redisUrl: string, before: (sent: string) => boolean) => {
  const { hostname, port } = new URL(redisUrl)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const redis = createConnection({ host: hostname, port: Number(port) })
    for (const socket of [client, redis]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()) // a killed client, as the test means it
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (piece) => {
      if (before(piece.toString('latin1'))) redis.write(piece)
      else redis.destroy()
    })
    redis.on('data', (piece) => client.write(piece))
    client.on('close', () => redis.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
