// The part of Resend's API that Postern uses: sending, with idempotency keys, rate limit and faults.

import { type Context, Hono } from 'hono'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import { createLimit } from '../http/limits.ts'
import type { Served, Sockets } from '../http/sockets.ts'
import { answer, NOT_FOUND, problem } from './answers.ts'
import type { Domains } from './domains.ts'
import type { Email } from './email.ts'
import type { Endpoints } from './endpoints.ts'
import { createIdempotency } from './idempotency.ts'
import { createLookups } from './lookups.ts'
import { REFUSALS, type Refusal } from './refusals.ts'
import type { Sent } from './sent.ts'
import type { SuppressionList } from './suppressions.ts'
import type { UsageOfAccount } from './usage.ts'
import { type RequestContext, validateBatch, validateOne } from './validate.ts'

/** `key` is the idempotency key; `n` counts the requests to this path, this one included. */
export type FaultRequest = { path: string; key: string | undefined; n: number }
export type Fault =
  | 'drop-after-accept'
  | 'hang'
  | Refusal
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | undefined
/** The permission of the key, by Resend's names. */
export type Permission = 'full_access' | 'sending_access'
/** Called with each accepted email. */
export type BeforeAnswer = (email: Email) => void | Promise<void>

export type ApiOptions = {
  clock: Clock
  apiKey: string
  rateLimit: number
  domain: string | undefined
  domains: Domains
  endpoints: Pick<Endpoints, 'routes'>
  usage: Pick<UsageOfAccount, 'routes'>
  suppressions: Pick<SuppressionList, 'routes'>
  permission: () => Permission
  sockets: Sockets
  sent: Sent
  accept: (emails: Email[]) => void
  fault: () => ((request: FaultRequest) => Fault) | undefined
  beforeAnswer: () => BeforeAnswer | undefined
}

/** Slightly less than a second: two requests may arrive closer together than they were sent. */
const WINDOW = 0.95 * SECOND

export const createApi = (options: ApiOptions) => {
  const { clock, apiKey, domain, sockets, sent } = options
  let { rateLimit } = options
  let limit = createLimit(clock, rateLimit, WINDOW)
  const idempotency = createIdempotency(clock)
  const counts = new Map<string, number>()
  let requests = 0
  const routes = new Hono<Served & { Variables: { drop: boolean } }>()

  routes.use(async (c, next) => {
    requests += 1
    const path = c.req.path
    const n = (counts.get(path) ?? 0) + 1
    counts.set(path, n)
    const failure = options.fault()?.({ path, key: c.req.header('idempotency-key'), n })
    if (failure === 'hang') return sockets.hang(c)
    if (typeof failure === 'string' && failure !== 'drop-after-accept')
      return answer(c, REFUSALS[failure])
    if (typeof failure === 'object') {
      const text =
        typeof failure.body === 'string' ? failure.body : JSON.stringify(failure.body ?? {})
      const headers = { 'content-type': 'application/json', ...failure.headers }
      return new Response(text, { status: failure.status, headers })
    }
    c.set('drop', failure === 'drop-after-accept')

    const bearer = c.req.header('authorization')
    if (bearer === undefined) return answer(c, REFUSALS['key is missing'])
    if (bearer !== `Bearer ${apiKey}`)
      return answer(c, REFUSALS[c.req.method === 'POST' ? 'key is unknown' : 'key is invalid'])
    const { admitted, remaining, waitMs } = limit.admit()
    if (rateLimit !== Infinity) {
      c.header('ratelimit-limit', String(rateLimit))
      c.header('ratelimit-remaining', String(remaining))
      c.header('ratelimit-reset', '1')
    }
    if (!admitted) {
      c.header('retry-after', String(Math.max(1, Math.ceil(waitMs / SECOND))))
      return answer(c, TOO_MANY)
    }
    await next()
  })

  const send =
    (validate: (body: unknown, context: RequestContext) => ReturnType<typeof validateOne>) =>
    async (c: Context<Served & { Variables: { drop: boolean } }>) => {
      const raw = await c.req.text()
      const verdict = idempotency.open(c.req.header('idempotency-key'), c.req.path, raw)
      if (verdict.verdict === 'refuse') return answer(c, verdict.problem)
      if (verdict.verdict === 'replay') return c.json(verdict.answer)
      const permissive = c.req.header('x-batch-validation') === 'permissive'
      const at = new Date(clock.now()).toISOString()
      const validated = validate(parse(raw), { permissive, domain, at })
      if ('problem' in validated) {
        verdict.settle(undefined)
        return answer(c, validated.problem)
      }
      options.accept(validated.emails)
      const wait = options.beforeAnswer()
      if (wait !== undefined) {
        const waited = Promise.all(validated.emails.map(wait)).then(() => {})
        const connected = await sockets.whileConnected(c, waited)
        if (!connected) {
          verdict.settle(validated.answer)
          return sockets.reset(c)
        }
      }
      verdict.settle(validated.answer)
      return c.get('drop') ? sockets.reset(c) : c.json(validated.answer)
    }

  routes.post('/emails', send(validateOne))
  routes.post('/emails/batch', send(validateBatch))
  // A key with `sending_access` opens nothing else.
  routes.use(async (c, next) =>
    options.permission() === 'sending_access' ? answer(c, REFUSALS['key may only send']) : next(),
  )
  routes.route('/', createLookups(sent))
  routes.route('/', options.domains.routes)
  routes.route('/', options.endpoints.routes)
  routes.route('/', options.usage.routes)
  routes.route('/', options.suppressions.routes)
  routes.all('*', (c) => answer(c, NOT_FOUND))

  return {
    routes,
    requests: (path?: string) => (path === undefined ? requests : (counts.get(path) ?? 0)),
    rateLimit: () => rateLimit,
    /** Starts a new window: earlier requests do not count against the new limit. */
    limitTo: (requestsPerSecond: number) => {
      rateLimit = requestsPerSecond
      limit = createLimit(clock, rateLimit, WINDOW)
    },
  }
}

const TOO_MANY = problem(
  429,
  'rate_limit_exceeded',
  'Too many requests. You can only make a limited number of requests per second.',
)

const parse = (raw: string): unknown => {
  try {
    return JSON.parse(raw)
  } catch {
    // Validation refuses it like any other body that is no email.
    return undefined
  }
}
