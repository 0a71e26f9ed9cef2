// A Resend to talk to: its API and, on the same port, an inbox to read what was sent.

import { Hono } from 'hono'
import type { Clock } from '../../runtime/clock.ts'
import { listen } from '../../runtime/server.ts'
import { createSockets, type Served } from '../http/sockets.ts'
import { type BeforeAnswer, createApi, type Fault, type FaultRequest } from './api.ts'
import type { Email } from './email.ts'
import { createInboxPages } from './inbox/routes.tsx'

type SimulatedResendOptions = {
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
  // Oldest first, so that keeping the newest is cheap.
  let emails: Email[] = []
  let accepted = 0
  let fault: ((request: FaultRequest) => Fault) | undefined
  let beforeAnswer: BeforeAnswer | undefined

  const inbox = () => emails.slice(-keep).reverse()
  const api = createApi({
    clock,
    apiKey,
    rateLimit,
    domain,
    sockets,
    inbox,
    find: (id) => emails.find((email) => email.id === id),
    accept: (added) => {
      for (const email of added) emails.push(email)
      accepted += added.length
      if (emails.length > keep * 2) emails = emails.slice(-keep)
    },
    fault: () => fault,
    beforeAnswer: () => beforeAnswer,
  })

  const app = new Hono<Served>()
  app.route('/', createInboxPages({ inbox, accepted: () => accepted }))
  app.route('/', api.routes)

  const server = await listen(app.fetch, { host, port })

  return {
    url: `http://${host}:${server.port}`,
    /** What was accepted, newest first. */
    inbox,
    /** How many emails were ever accepted, kept or not. */
    accepted: () => accepted,
    /** How many requests the API was asked, refused ones included. */
    requests: api.requests,
    /** Empties the inbox; idempotency keys stay. */
    clear: () => {
      emails = []
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
      await server.close()
    },
  }
}

export type SimulatedResend = Awaited<ReturnType<typeof createSimulatedResend>>
