// Stands between Postern and Redis, and can stop at a command of one's choice: before Redis sees it, or before its answer is
// seen.

import { createConnection, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { OnFinished } from './process.ts'

/** `unanswered`: it arrives and is done, and its answer is looked at before it is passed on. */
type Passage = 'passes' | 'waits' | 'is lost' | 'unanswered'

type Answering = 'passes' | 'waits' | 'is lost'

/** When one waits, so does what follows on its connection; when one is lost, so is its connection. */
type Eyes = {
  /** Sees each piece of what the client sends. */
  before: (sent: string) => Passage
  /** Sees what Redis says to what was to stay unanswered. */
  answered?: (reply: string) => Answering
}

/** Data that is written while it is shut arrives when it is opened. */
const createValve = (to: Socket) => {
  let waiting: Buffer[] | null = null
  return {
    write: (piece: Buffer) => (waiting ? waiting.push(piece) : to.write(piece)),
    shut: () => {
      waiting ??= []
    },
    open: () => {
      for (const piece of waiting ?? []) to.write(piece)
      waiting = null
    },
  }
}

/** @returns `letGo` passes on all that waits. */
export const startRedisProxy = async (
  redisUrl: string,
  { before, answered = () => 'waits' }: Eyes,
  onFinished: OnFinished = onTestFinished,
) => {
  const { hostname, port } = new URL(redisUrl)
  const sockets = new Set<Socket>()
  const valves = new Set<ReturnType<typeof createValve>>()
  const server = createServer((client) => {
    const redis = createConnection({ host: hostname, port: Number(port) })
    const [requests, answers] = [createValve(redis), createValve(client)]
    valves.add(requests).add(answers)
    let isWatched = false
    for (const socket of [client, redis]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()) // a killed client, as the test means it
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (piece) => {
      const passage = before(piece.toString('latin1'))
      if (passage === 'is lost') return client.destroy()
      if (passage === 'waits') requests.shut()
      isWatched ||= passage === 'unanswered'
      requests.write(piece)
    })
    redis.on('data', (piece) => {
      const answering = isWatched ? answered(piece.toString('latin1')) : 'passes'
      isWatched = false
      if (answering === 'is lost') return client.destroy()
      if (answering === 'waits') answers.shut()
      answers.write(piece)
    })
    client.on('close', () => redis.end()) // what Redis was sent is done all the same
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    release: () => {
      for (const valve of valves) valve.open()
    },
  }
}
