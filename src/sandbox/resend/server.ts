// A Resend to talk to: its API and, on the same port, an inbox to read what was sent.

import { Hono } from 'hono'
import type { Clock } from '../../runtime/clock.ts'
import { listen } from '../../runtime/server.ts'
import { createSockets, type Served } from '../http/sockets.ts'
import { createAftermath } from './aftermath.ts'
import {
  type BeforeAnswer,
  createApi,
  type Fault,
  type FaultRequest,
  type Permission,
} from './api.ts'
import { createDomains } from './domains.ts'
import { createInboxPages } from './inbox/routes.tsx'
import { createSent } from './sent.ts'

export type SimulatedResendOptions = {
  clock: Clock
  apiKey: string
  host?: string
  port?: number
  /** Requests a second for the whole team; `Infinity` for no limit. */
  rateLimit?: number
  /** The only domain that may send. Default: any may, and `GET /domains` shows example.com. */
  domain?: string
  /** How many emails the inbox keeps; older ones are dropped, so that a long run does not fill the memory. */
  keep?: number
  /** Where it tells what became of an email, and the `whsec_` secret that signs it: both or neither. */
  webhookUrl?: () => string
  webhookSecret?: string
  /** `false` tells only what `report` is called for. */
  reports?: boolean
}

export const createSimulatedResend = async (options: SimulatedResendOptions) => {
  const {
    clock,
    apiKey,
    host = '127.0.0.1',
    port = 0,
    rateLimit = 5,
    domain,
    keep = 10_000,
  } = options
  const sockets = createSockets()
  const sent = createSent(keep)
  const outcomeOfFailedCharge = createAftermath({
    clock,
    endpoint: endpointOf(options),
    automatic: options.reports ?? true,
    find: sent.find,
  })
  let fault: ((request: FaultRequest) => Fault) | undefined
  let beforeAnswer: BeforeAnswer | undefined
  let permission: Permission = 'full_access'
  const domains = createDomains(domain ?? 'example.com')

  const api = createApi({
    clock,
    apiKey,
    rateLimit,
    ...{ domain, domains, sockets, sent },
    permission: () => permission,
    accept: (emails) => {
      sent.add(emails)
      outcomeOfFailedCharge.accepted(emails)
    },
    fault: () => fault,
    beforeAnswer: () => beforeAnswer,
  })

  const app = new Hono<Served>()
  app.route('/', createInboxPages(sent))
  app.route('/', api.routes)

  const server = await listen(app.fetch, { host, port })

  return {
    url: `http://${host}:${server.port}`,
    /** What was accepted, newest first. */
    inbox: sent.inbox,
    /** How many emails were ever accepted, kept or not. */
    accepted: sent.accepted,
    /** How many requests the API was asked, or one path of it; refused ones included. */
    requests: api.requests,
    /** Empties the inbox; idempotency keys and the suppression list stay. */
    clear: sent.clear,
    /** Changes the domain that `GET /domains` shows, and nothing of what may be sent. */
    changeDomain: domains.change,
    /** Of the key, from now on; one with `sending_access` looks nothing up. */
    set permission(granted: Permission) {
      permission = granted
    },
    get permission() {
      return permission
    },
    /** Lets something happen to an email and tells the endpoint, once. */
    report: outcomeOfFailedCharge.report,
    /** Resolves once every automatic report so far was taken or given up. */
    reported: outcomeOfFailedCharge.reported,
    /** How many reports the endpoint took. */
    reportsTaken: outcomeOfFailedCharge.taken,
    /** Requests a second, from now on; `Infinity` for no limit. */
    set rateLimit(requestsPerSecond: number) {
      api.limitTo(requestsPerSecond)
    },
    get rateLimit() {
      return api.rateLimit()
    },
    /** Called after emails were accepted and before that is answered: where a test kills whoever waits for it. */
    set beforeAnswer(wait: BeforeAnswer | undefined) {
      beforeAnswer = wait
    },
    get beforeAnswer() {
      return beforeAnswer
    },
    /** Decides, while it is set, how requests to the API go wrong. */
    set fault(decide: ((request: FaultRequest) => Fault) | undefined) {
      fault = decide
    },
    get fault() {
      return fault
    },
    close: async () => {
      sockets.release()
      await outcomeOfFailedCharge.close()
      await server.close()
    },
  }
}

const endpointOf = ({ webhookUrl: url, webhookSecret: secret }: SimulatedResendOptions) => {
  if (url === undefined && secret === undefined) return undefined
  if (url === undefined || secret === undefined)
    throw new Error('webhookUrl and webhookSecret go together')
  return { url, secret }
}

export type SimulatedResend = Awaited<ReturnType<typeof createSimulatedResend>>
