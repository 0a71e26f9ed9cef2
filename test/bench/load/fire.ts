// Fires events at a door from another process, so that making load costs the measured side no time of its own thread.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type Order = { url: string; connections: number; names: readonly string[] }

export type Fired = {
  /** From the first request to the last answer, in milliseconds. */
  took: number
  latencies: number[]
  /** How often each status was answered. */
  statuses: Record<string, number>
  /** The share of a core that the generator itself used. */
  cpu: number
}

const GENERATOR = fileURLToPath(new URL('./main.ts', import.meta.url))

/**
 * Fires one event for each name, over kept-alive connections, each waiting for its answer before it asks again.
 * @returns what came of it and the instant (`performance.now()`) at which it began.
 * @throws where any was not taken.
 */
export const fire = async (order: Order): Promise<Fired & { began: number }> => {
  const child = fork(GENERATOR)
  const answer = async () => {
    const stop = new AbortController()
    try {
      const [message] = await Promise.race([
        once(child, 'message', { signal: stop.signal }),
        once(child, 'exit', { signal: stop.signal }).then(() => {
          throw new Error('the load generator ended before its work was done')
        }),
      ])
      return message
    } finally {
      stop.abort()
    }
  }
  try {
    child.send(order)
    await answer()
    const began = performance.now()
    child.send('fire')
    const fired = { ...((await answer()) as Fired), began }
    const { 200: ok = 0, 202: accepted = 0 } = fired.statuses
    if (ok + accepted !== order.names.length)
      throw new Error(`not every event was taken: ${JSON.stringify(fired.statuses)}`)
    return fired
  } finally {
    child.kill()
  }
}
