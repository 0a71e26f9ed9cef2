// The doors: verify, store, answer. What was told is found out later.

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { failure, type Log } from '../runtime/log.ts'
import type { SignatureHeaders, Verify } from './signature.ts'

const MOST_BYTES = 1024 * 1024

/** Seconds; whoever sends tries again by a clock of its own in any case. */
const RETRY_AFTER = '5'

/** How the names of a signature's headers begin: `webhook-id` by the standard, `svix-id` where Svix delivers. */
type HeaderPrefix = 'webhook' | 'svix'

export type Door = {
  path: string
  /** What comes in here. */
  takes: 'event' | 'report'
  /** Of several the first that a request has counts. */
  headers: readonly HeaderPrefix[]
  verify: Verify
  /** Stores what came, durably, and nudges about it once it is on disk; `false` if it was stored before. */
  add: (id: string, body: Uint8Array) => Promise<boolean>
}

const tooLarge = (c: Context) => c.json({ error: 'the body is larger than 1 MiB' }, 413)

/** A declared length is enough to judge by; counting the bytes of a stream costs more than all the rest together. */
const limitBody = (): MiddlewareHandler => {
  const counted = bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge })
  return async (c, next) => {
    const declared = c.req.header('content-length')
    if (declared === undefined || c.req.header('transfer-encoding') !== undefined) {
      return counted(c, next)
    }
    return Number(declared) > MOST_BYTES ? tooLarge(c) : next()
  }
}

const signatureReader = (prefixes: readonly HeaderPrefix[]) => {
  const names = prefixes.map((prefix) => ({
    id: `${prefix}-id`,
    timestamp: `${prefix}-timestamp`,
    signature: `${prefix}-signature`,
  }))
  return (c: Context): SignatureHeaders & { id: string } => {
    for (const { id: named, timestamp, signature } of names) {
      const id = c.req.header(named)
      if (id) return { id, timestamp: c.req.header(timestamp), signature: c.req.header(signature) }
    }
    return { id: '', timestamp: undefined, signature: undefined }
  }
}

const doorRoutes = ({ path, takes, headers, verify, add }: Door, log: Log) => {
  const signatureOf = signatureReader(headers)
  return new Hono().post(path, limitBody(), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const signature = signatureOf(c)
    if (!verify(body, signature)) {
      log.warn({ path }, 'webhook refused: signature or timestamp')
      return c.json({ error: 'the signature or its timestamp does not verify' }, 403)
    }
    const { id } = signature
    let isNew: boolean
    try {
      isNew = await add(id, body)
    } catch (error) {
      log.error({ [takes]: id, ...failure(error) }, `${takes} not stored`)
      return c.json({ error: `the ${takes} could not be stored; send it again` }, 503, {
        'Retry-After': RETRY_AFTER,
      })
    }
    return c.json({ stored: isNew ? 'now' : 'before' }, 202)
  })
}

export const webhookRoutes = (doors: readonly Door[], log: Log) =>
  doors.reduce((routes, door) => routes.route('/', doorRoutes(door, log)), new Hono())
