// Stands between a client and a server, such as Postern and Redis, and can stop at a piece of one's choice: before the server
// sees it, or before its answer is seen.

import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { OnFinished } from './process.ts'

/** `unanswered`: it arrives and is done, and its answer is looked at before it is passed on. */
type Passage = 'passes' | 'waits' | 'is lost' | 'unanswered'

type Answering = 'passes' | 'waits' | 'is lost'

/** When one waits, so does what follows on its connection; when one is lost, so is its connection. */
type Eyes = {
  /** Sees each piece of what the client sends. Default: all passes. */
  before?: (sent: string) => Passage
  /** Sees what the server says to what was to stay unanswered. */
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

/**
 * @param to where the server listens: a URL with a port.
 * @param port where the proxy listens. Default: any free one.
 * @returns `release` passes on all that waits. `cut` ends the connections of all clients at once, and takes no others.
 */
export const startProxy = async (
  to: string,
  { before = () => 'passes', answered = () => 'waits', port = 0 }: Eyes & { port?: number } = {},
  onFinished: OnFinished = onTestFinished,
) => {
  const target = new URL(to)
  const [sockets, clients] = [new Set<Socket>(), new Set<Socket>()]
  const valves = new Set<ReturnType<typeof createValve>>()
  const listener = createServer((client) => {
    const server = createConnection({ host: target.hostname, port: Number(target.port) })
    const [requests, answers] = [createValve(server), createValve(client)]
    valves.add(requests).add(answers)
    let isWatched = false
    clients.add(client)
    for (const socket of [client, server]) {
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
    server.on('data', (piece) => {
      const answering = isWatched ? answered(piece.toString('latin1')) : 'passes'
      isWatched = false
      if (answering === 'is lost') return client.destroy()
      if (answering === 'waits') answers.shut()
      answers.write(piece)
    })
    client.on('close', () => {
      clients.delete(client)
      server.end() // what it was sent is done all the same
    })
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const closed = once(listener, 'close')
  const cut = () => {
    if (listener.listening) listener.close()
    for (const client of clients) client.destroy()
  }
  onFinished(async () => {
    cut()
    for (const socket of sockets) socket.destroy()
    await closed
  })
  const { port: own } = listener.address() as AddressInfo
  return {
    url: `${target.protocol}//127.0.0.1:${own}`,
    release: () => {
      for (const valve of valves) valve.open()
    },
    cut,
  }
}
