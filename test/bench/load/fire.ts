// Fires requests from another process, so that generating load does not slow the measured side.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** One event for each name. */
export type Order = { url: string; connections: number; names: readonly string[] }

/** A person's visit to each path, each from its own address behind a proxy. */
export type Visits = { url: string; connections: number; paths: readonly string[] }

export type Fired = {
  /** Milliseconds from the first request to the last answer. */
  took: number
  latencies: number[]
  /** Number of answers by status; a redirect into the portal with a session counts as `signed in`. */
  statuses: Record<string, number>
  /** The share of a core that the generator itself used. */
  cpu: number
}

const GENERATOR = fileURLToPath(new URL('./main.ts', import.meta.url))

const load = async (order: Order | Visits): Promise<Fired & { began: number }> => {
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
    return { ...((await answer()) as Fired), began }
  } finally {
    child.kill()
  }
}

/**
 * Posts one event for each name over keep-alive connections, one at a time on each.
 * @returns the results, and the start by `performance.now()`.
 * @throws if any event was not accepted.
 */
export const fire = async (order: Order): Promise<Fired & { began: number }> => {
  const fired = await load(order)
  const { 200: ok = 0, 202: accepted = 0 } = fired.statuses
  if (ok + accepted !== order.names.length)
    throw new Error(`not every event was accepted: ${JSON.stringify(fired.statuses)}`)
  return fired
}

/**
 * Visits each path in the same way.
 * @param ending the required result of every visit: `signed in`, or a status.
 * @throws if any visit ended differently.
 */
export const fireVisits = async (order: Visits, ending: string): Promise<Fired> => {
  const fired = await load(order)
  if (fired.statuses[ending] !== order.paths.length)
    throw new Error(`not every visit ended with ${ending}: ${JSON.stringify(fired.statuses)}`)
  return fired
}
