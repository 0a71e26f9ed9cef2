// The webhook endpoints: verify, store, answer. A worker interprets the event later.

import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createThrottle } from '../runtime/throttle.ts'
import { type Bodies, createBodies, MAX_BYTES } from './body.ts'
import type { Monitor } from './monitor.ts'
import { ANSWERS, RETRY_AFTER, type Refusal } from './refusals.ts'
import type { SignatureHeaders, Verifier } from './signature.ts'

/** The prefix of the signature headers: `webhook-id` by the standard, `svix-id` where Svix delivers. */
type HeaderPrefix = 'webhook' | 'svix'

export type Endpoint = {
  path: string
  /** The name of the thing that it takes. */
  takes: 'event' | 'report'
  /** The first prefix that a request has counts. */
  headers: readonly HeaderPrefix[]
  verifier: Verifier
  /** Stores a webhook durably, and nudges once it is on disk; `false` if it was stored before. */
  add: (id: string, body: Uint8Array) => Promise<boolean>
  monitor: Monitor
}

/** Shared by all endpoints. */
type RouteParts = { clock: Clock; log: Log; bodies?: Bodies }

type Env = { Bindings: HttpBindings }

const signatureReader = (prefixes: readonly HeaderPrefix[]) => {
  const names = prefixes.map((prefix) => ({
    id: `${prefix}-id`,
    timestamp: `${prefix}-timestamp`,
    signature: `${prefix}-signature`,
  }))
  return (c: Context): SignatureHeaders => {
    for (const { id: named, timestamp, signature } of names) {
      const id = c.req.header(named)
      if (id) return { id, timestamp: c.req.header(timestamp), signature: c.req.header(signature) }
    }
    return { id: undefined, timestamp: undefined, signature: undefined }
  }
}

type Verified = { id: string; body: Uint8Array }

/**
 * Reads a body only after its headers are complete, readable and timely. One untimely request a second is read all the same,
 * to distinguish a wrong clock from junk.
 */
const createTake = ({ headers, verifier, monitor }: Endpoint, bodies: Bodies, clock: Clock) => {
  const signatureOf = signatureReader(headers)
  const mayReadUntimely = createThrottle(SECOND, clock)

  return async (c: Context<Env>): Promise<Verified | Refusal> => {
    if (Number(c.req.header('content-length')) > MAX_BYTES) return { cause: 'too_large' }
    const claim = verifier.read(signatureOf(c))
    if (claim.is !== 'claim') return { cause: claim.is }
    if (!claim.isTimely && !mayReadUntimely())
      return { cause: 'timestamp', apart: claim.apart, genuine: false }
    const received = await bodies.receive(c.env.incoming)
    if ('failed' in received) return { cause: received.failed }
    const verdict = verifier.verify(received.body, claim)
    switch (verdict.is) {
      case 'verified':
        monitor.verified(verdict.secret)
        return { id: claim.id, body: received.body }
      case 'clock':
        return { cause: 'timestamp', apart: verdict.apart, genuine: true }
      case 'wrong_secret':
        return { cause: 'wrong_secret' }
      default:
        return verdict satisfies never
    }
  }
}

const endpointRoutes = (endpoint: Endpoint, bodies: Bodies, { clock, log }: RouteParts) => {
  const { path, takes, add, monitor } = endpoint
  const take = createTake(endpoint, bodies, clock)

  const refuse = (c: Context, refusal: Refusal) => {
    monitor.refused(refusal)
    const { status, error } = ANSWERS[refusal.cause]
    if (status === 503) c.header('Retry-After', RETRY_AFTER)
    return c.json({ error }, status)
  }

  return new Hono<Env>().post(path, async (c) => {
    const taken = await take(c)
    if ('cause' in taken) return refuse(c, taken)
    const { id, body } = taken
    let isNew: boolean
    try {
      isNew = await add(id, body)
    } catch (error) {
      monitor.notStored()
      log.error({ [takes]: id, ...failure(error) }, `${takes} not stored`)
      return c.json({ error: `the ${takes} could not be stored; send it again` }, 503, {
        'Retry-After': RETRY_AFTER,
      })
    }
    monitor.stored(isNew)
    return c.json({ stored: isNew ? 'now' : 'before' }, 202)
  })
}

export const webhookRoutes = (endpoints: readonly Endpoint[], parts: RouteParts) => {
  const { bodies = createBodies() } = parts
  return endpoints.reduce(
    (routes, endpoint) => routes.route('/', endpointRoutes(endpoint, bodies, parts)),
    new Hono(),
  )
}
