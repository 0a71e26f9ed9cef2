// What a server does when it does not answer: it breaks the connection, or it keeps it open and says nothing.

import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'

export type Served = { Bindings: HttpBindings }
/** A request's context, of which only the connection matters here. */
type Connected = { env: HttpBindings }

export const createSockets = () => {
  const silent = new Set<() => void>()
  let closed = false

  /** Resolves once the caller has gone away or the server is closing. */
  const silence = (c: Connected) =>
    new Promise<void>((resolve) => {
      if (closed) return resolve()
      silent.add(resolve)
      c.env.outgoing.once('close', () => {
        silent.delete(resolve)
        resolve()
      })
    })

  return {
    /** Breaks the connection without an answer. */
    reset: (c: Connected) => {
      c.env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    },
    /** Never answers. The connection breaks when the caller gives up or the server closes. */
    hang: async (c: Connected) => {
      await silence(c)
      c.env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    },
    /** Waits for `work`, but no longer than the caller or the server does. */
    whileConnected: async (c: Connected, work: void | Promise<void>): Promise<boolean> => {
      if (work === undefined) return true
      let gone = false
      const leave = silence(c).then(() => {
        gone = true
      })
      await Promise.race([work, leave])
      return !gone
    },
    release: () => {
      closed = true
      for (const resolve of silent) resolve()
      silent.clear()
    },
  }
}

export type Sockets = ReturnType<typeof createSockets>
