// Simulates a server that does not answer: it resets the connection, or keeps it open in silence.

import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'

export type Served = { Bindings: HttpBindings }
/** The part of a request's context with the connection. */
type Connected = { env: HttpBindings }

export const createSockets = () => {
  const silent = new Set<() => void>()
  let closed = false

  /** Resolves when the caller disconnects or the server closes. */
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
    /** Closes the connection without an answer. */
    reset: (c: Connected) => {
      c.env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    },
    /** Never answers. The connection closes when the caller or the server does. */
    hang: async (c: Connected) => {
      await silence(c)
      c.env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    },
    /** Waits for `work`, or until the caller or the server disconnects. Resolves with whether both are still there. */
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
