// Counts the requests to a simulated API, and lets a test make a request fail.

import type { MiddlewareHandler } from 'hono'
import type { Served, Sockets } from '../http/sockets.ts'

/** `n` counts the requests to this path, this one included. Ids in `path` read `{id}`. */
export type FaultRequest = { method: string; path: string; n: number }

export type Fault =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { delayMs: number }
  /** The answer waits for this. */
  | { until: Promise<unknown> }
  | 'hang'
  | 'reset'
  | undefined

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

export const createCalls = (
  sockets: Sockets,
  fault: () => ((request: FaultRequest) => Fault) | undefined,
  /** Milliseconds by which every answer is delayed. */
  delay: () => number = () => 0,
) => {
  const counts = new Map<string, number>()

  const middleware: MiddlewareHandler<Served> = async (c, next) => {
    const path = c.req.path.replace(ID, '{id}')
    const n = (counts.get(path) ?? 0) + 1
    counts.set(path, n)
    if (delay() > 0) await later(delay())
    const wrong = fault()?.({ method: c.req.method, path, n })
    if (wrong === undefined) return next()
    if (wrong === 'hang') return sockets.hang(c)
    if (wrong === 'reset') return sockets.reset(c)
    if ('delayMs' in wrong) {
      await later(wrong.delayMs)
      return next()
    }
    if ('until' in wrong) {
      await wrong.until
      return next()
    }
    const text = typeof wrong.body === 'string' ? wrong.body : JSON.stringify(wrong.body ?? {})
    return new Response(text, {
      status: wrong.status,
      headers: { 'content-type': 'application/json', ...wrong.headers },
    })
  }

  return { middleware, counts: () => Object.fromEntries(counts) }
}
