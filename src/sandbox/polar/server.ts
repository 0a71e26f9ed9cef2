// The simulated Polar: API, webhooks and customer portal on one port, with scripts that make things happen.

import { Hono } from 'hono'
import type { Clock } from '../../runtime/clock.ts'
import { listen } from '../../runtime/server.ts'
import { createSockets, type Served } from '../http/sockets.ts'
import { createApi } from './api.ts'
import { createApplyEvent } from './apply-event.ts'
import { createCalls, type Fault, type FaultRequest } from './calls.ts'
import { createCards } from './cards.ts'
import { createDeliver } from './deliver.ts'
import { createDocuments } from './documents/documents.ts'
import { createFileRoutes } from './documents/routes.ts'
import { createEvents } from './events.ts'
import { createStamp } from './instants.ts'
import { createPlayTime } from './play-time.ts'
import { createPortal } from './portal/routes.tsx'
import { createScenarios, createScripts, recorded } from './scenarios.ts'
import { createSessions } from './sessions.ts'
import { type OrganizationInput, organization } from './shapes/organization.ts'
import { createSystemEvents } from './system-events.ts'
import { createEndpoints, type EndpointChange } from './webhooks/endpoints.ts'
import { createPost, type WebhookFaults } from './webhooks/post.ts'
import { createWebhooks } from './webhooks/webhooks.ts'
import { createWorld } from './world.ts'

export type SimulatedPolarOptions = {
  clock: Clock
  accessToken: string
  /** `whsec_<base64>`, or an older secret that is its own key. */
  webhookSecret: string
  webhookUrl: () => string
  organization: OrganizationInput
  host?: string
  port?: number
  /** Requests a minute for the whole organization; `Infinity` for no limit. */
  rateLimitPerMinute?: number
  /** Milliseconds until a requested invoice is drawn. */
  invoiceAfterMs?: number
}

export const createSimulatedPolar = async (options: SimulatedPolarOptions) => {
  const { clock, accessToken, host = '127.0.0.1', port = 0, rateLimitPerMinute = 500 } = options
  const { slug, avatar_url } = options.organization
  let fault: ((request: FaultRequest) => Fault) | undefined
  let missingScopes: readonly string[] = []
  let webhookFault: WebhookFaults
  let delay = 0
  let url = ''

  const stamp = createStamp(clock)
  const world = createWorld(organization(options.organization, stamp()), stamp)
  const cards = createCards(world, stamp)
  const sessions = createSessions(clock, world)
  const endpoints = createEndpoints({
    stamp,
    organizationId: options.organization.id,
    url: options.webhookUrl,
    secret: options.webhookSecret,
  })
  const { post, close: closeConnections } = createPost(() =>
    typeof webhookFault === 'function' ? webhookFault() : webhookFault,
  )
  const webhooks = createWebhooks({ clock, stamp, endpoints, post })
  const deliver = createDeliver({ clock, post, endpoint: endpoints.first })
  const systemEvents = createSystemEvents(clock, world)
  const script = recorded(createScripts(world, cards, stamp), systemEvents.record)
  const scenario = createScenarios(script, webhooks.send)
  const time = createPlayTime({ world, cards, scenario, webhooks, started: clock.now() })
  const origin = () => url
  const documents = createDocuments({
    clock,
    world,
    scenario,
    afterMs: options.invoiceAfterMs ?? 50,
    origin,
  })
  const sockets = createSockets()
  const calls = createCalls(
    sockets,
    () => fault,
    () => delay,
  )

  const app = new Hono<Served>()
  app.use('/v1/*', calls.middleware)
  app.use('/files/*', calls.middleware)
  app.route(
    '/v1',
    createApi({
      ...{ clock, world, sessions, documents, endpoints, webhooks, systemEvents },
      ...{ accessToken, rateLimitPerMinute, origin, missingScopes: () => missingScopes },
    }),
  )
  app.route('/files', createFileRoutes(world, documents))
  app.route(`/${slug}/portal`, createPortal({ clock, world, sessions, scenario }))

  const server = await listen(app.fetch, { host, port })
  url = `http://${host}:${server.port}`
  if (avatar_url === undefined)
    world.changeOrganization({ avatar_url: `${url}/files/avatars/${slug}.png` })

  return {
    url,
    world,
    /** Changes the world and delivers the events in Polar's order. */
    scenario,
    /** Makes the same changes and returns the events instead of delivering them. */
    script,
    /** Renewals, retries, and the ends of trials, periods and pauses, as they fall due. */
    time,
    /** Builds single events in their full shape, without changing the world. */
    events: createEvents({
      clock,
      organizationId: options.organization.id,
      slug,
    }),
    /** The invoices that were asked for. */
    invoices: { next: documents.next, drawn: documents.drawn },
    applyEvent: createApplyEvent(world, cards, stamp),
    deliver,
    /** Postern's webhook endpoint, and what Polar keeps of the events for all endpoints. */
    webhooks: {
      get endpoint() {
        return endpoints.first()
      },
      /** All endpoints, newest first. */
      endpoints: endpoints.list,
      /** Changes Postern's endpoint, as its merchant does in Polar's dashboard. */
      change: (change: EndpointChange) => endpoints.change(endpoints.first().id, change),
      /** Sends an event as a script does: kept, and tried again as time passes. */
      send: webhooks.send,
      /** Delivers an event again, as its merchant does in Polar's dashboard. */
      redeliver: webhooks.attempt,
      /** Every webhook event with its attempts, oldest first. */
      events: webhooks.events,
      /** While set, deliveries fail, those by hand as well: all, or those that it decides. */
      set fault(fault: WebhookFaults) {
        webhookFault = fault
      },
      get fault() {
        return webhookFault
      },
    },
    /** The scripts as the Events API knows them, and how long it takes to know them. */
    systemEvents,
    /** Every session that was minted, newest first. */
    sessions: sessions.list,
    /** Requests to the API and for files by path, with `{id}` for ids. */
    calls: calls.counts,
    /** While set, it makes such requests fail. */
    set fault(decide: ((request: FaultRequest) => Fault) | undefined) {
      fault = decide
    },
    get fault() {
      return fault
    },
    /** The scopes that the access token lacks; it has all others. */
    set missingScopes(scopes: readonly string[]) {
      missingScopes = scopes
    },
    get missingScopes() {
      return missingScopes
    },
    /** Milliseconds that Polar takes for each answer, as over a real network. */
    set delay(ms: number) {
      delay = ms
    },
    get delay() {
      return delay
    },
    close: async () => {
      sockets.release()
      closeConnections()
      await documents.close()
      await server.close()
    },
  }
}

export type SimulatedPolar = Awaited<ReturnType<typeof createSimulatedPolar>>
