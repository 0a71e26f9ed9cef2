// POST /webhooks/polar: verify, store, answer. What an event means is found out later.

import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { failure, type Log } from '../runtime/log.ts'
import type { Verify } from './signature.ts'

const MOST_BYTES = 1024 * 1024

/** Seconds; Polar tries again by its own clock in any case. */
const RETRY_AFTER = '5'

export type WebhookRouteParts = {
  verify: Verify
  /** Stores an event durably; `false` if it was stored before. */
  add: (id: string, body: Uint8Array) => Promise<boolean>
  nudge: (id: string) => void
  log: Log
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

export const webhookRoutes = ({ verify, add, nudge, log }: WebhookRouteParts) =>
  new Hono().post('/webhooks/polar', limitBody(), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const id = c.req.header('webhook-id')
    const timestamp = c.req.header('webhook-timestamp')
    const signature = c.req.header('webhook-signature')
    if (!id || !verify(body, { id, timestamp, signature })) {
      log.warn('webhook refused: signature or timestamp')
      return c.json({ error: 'the signature or its timestamp does not verify' }, 403)
    }
    let isNew: boolean
    try {
      isNew = await add(id, body)
    } catch (error) {
      log.error({ event: id, ...failure(error) }, 'event not stored')
      return c.json({ error: 'the event could not be stored; send it again' }, 503, {
        'Retry-After': RETRY_AFTER,
      })
    }
    // The event is on disk. A crash before the nudge is made up for by its due entry, which was stored with it.
    if (isNew) nudge(id)
    return c.json({ stored: isNew ? 'now' : 'before' }, 202)
  })
