// The simulated Resend: its API and, on the same port, an inbox for reading the emails.

import { Hono } from 'hono'
import type { Clock } from '../../runtime/clock.ts'
import { listen } from '../../runtime/server.ts'
import { createSockets, type Served } from '../http/sockets.ts'
import {
  type BeforeAnswer,
  createApi,
  type Fault,
  type FaultRequest,
  type Permission,
} from './api.ts'
import { createDomains } from './domains.ts'
import { createEndpoints } from './endpoints.ts'
import { createInboxPages } from './inbox/routes.tsx'
import { createReports } from './reports.ts'
import { createSent } from './sent.ts'
import { createSuppressionList } from './suppressions.ts'
import { createUsage } from './usage.ts'

export type SimulatedResendOptions = {
  clock: Clock
  apiKey: string
  host?: string
  port?: number
  /** Requests a second for the whole team; `Infinity` for no limit. */
  rateLimit?: number
  /** The only domain that may send. Default: any may, and `GET /domains` shows example.com. */
  domain?: string
  /** Number of emails that the inbox keeps. Default: 10,000. */
  keep?: number
  /** The webhook that is there from the start, and its `whsec_` secret: both or neither. */
  webhookUrl?: () => string
  webhookSecret?: string
  /** `false` sends reports only on calls of `report`. */
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
  const suppressions = createSuppressionList(clock)
  const endpoints = createEndpoints(endpointOf(options))
  const usage = createUsage()
  const reports = createReports({
    clock,
    wanting: endpoints.wanting,
    automatic: options.reports ?? true,
    find: sent.find,
    suppressions,
  })
  let fault: ((request: FaultRequest) => Fault) | undefined
  let beforeAnswer: BeforeAnswer | undefined
  let permission: Permission = 'full_access'
  const domains = createDomains(domain ?? 'example.com')

  const api = createApi({
    clock,
    apiKey,
    rateLimit,
    domain,
    domains,
    endpoints,
    usage,
    suppressions,
    sockets,
    sent,
    permission: () => permission,
    accept: (emails) => {
      sent.add(emails)
      reports.accepted(emails)
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
    /** Accepted emails, newest first. */
    inbox: sent.inbox,
    /** Number of emails ever accepted, kept or not. */
    accepted: sent.accepted,
    /** Number of requests to the API, or to one path of it, refused ones included. */
    requests: api.requests,
    /** Empties the inbox; idempotency keys and the suppression list stay. */
    clear: sent.clear,
    /** The addresses on the team's list of suppressions, in lower case. */
    suppressed: suppressions.addresses,
    /** Changes the domain that `GET /domains` shows; the addresses that may send stay. */
    changeDomain: domains.change,
    /** The webhooks of the account. Each enabled one gets the reports of its types. */
    webhooks: {
      list: endpoints.list,
      add: endpoints.add,
      change: endpoints.change,
      remove: endpoints.remove,
    },
    /** Uses up the quotas; mail is taken all the same. */
    useQuota: usage.use,
    /** The permission of the key, from now on; with `sending_access` it can look nothing up. */
    set permission(granted: Permission) {
      permission = granted
    },
    get permission() {
      return permission
    },
    /** Records an event of an email and reports it to the endpoint, once. */
    report: reports.report,
    /** Resolves when every automatic report so far was accepted or given up. */
    reported: reports.reported,
    /** Number of reports that the endpoint accepted. */
    reportsAccepted: reports.acceptedReports,
    /** Requests a second, from now on; `Infinity` for no limit. */
    set rateLimit(requestsPerSecond: number) {
      api.limitTo(requestsPerSecond)
    },
    get rateLimit() {
      return api.rateLimit()
    },
    /** Called after emails are accepted and before the answer, so that a test can kill the waiting process there. */
    set beforeAnswer(wait: BeforeAnswer | undefined) {
      beforeAnswer = wait
    },
    get beforeAnswer() {
      return beforeAnswer
    },
    /** While set, it makes requests to the API fail. */
    set fault(decide: ((request: FaultRequest) => Fault) | undefined) {
      fault = decide
    },
    get fault() {
      return fault
    },
    close: async () => {
      sockets.release()
      await reports.close()
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
