// The way from a click to the portal, put together: the links, the API that makes and revokes them, what limits both, and
// what is counted.

import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Brand } from '../../emails/index.ts'
import { createIssuing } from '../api/links.ts'
import { createLinkOrders } from '../api/request.ts'
import { apiRoutes } from '../api/routes.ts'
import { createClickStore } from '../clicks/store.ts'
import type { Config } from '../config.ts'
import { createBrowsers } from '../links/browser.ts'
import type { Links } from '../links/issue.ts'
import { createPages } from '../links/page.ts'
import { createPseudonyms } from '../links/pseudonym.ts'
import { linkRoutes } from '../links/routes.ts'
import { createLinkStore } from '../links/store.ts'
import type { Tokens } from '../links/token.ts'
import { createMetrics } from '../metrics.ts'
import type { Budget } from '../polar/budget.ts'
import { createPolarClient } from '../polar/client.ts'
import type { Denials } from '../polar/denials.ts'
import { createEnter } from '../portal/enter.ts'
import { createPlaces } from '../portal/places.ts'
import { portalRoutes } from '../portal/routes.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createClientLimit } from '../redis/limit.ts'
import {
  type Client,
  clientAddress,
  networkOf,
  siteOf,
  untrustedProxy,
} from '../runtime/client-address.ts'
import { type Clock, MINUTE } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import { createTally } from '../runtime/tally.ts'
import type { Monitor } from '../webhooks/monitor.ts'

/**
 * How often from one address, in so many seconds: sessions by links, for it may be a company's; the API with its token; the API
 * and the metrics without theirs.
 */
const LIMITS = {
  visits: { times: 300, within: 60 },
  asked: { times: 1200, within: 60 },
  denied: { times: 30, within: 60 },
}

/** Warns once: without `TRUSTED_PROXIES` every visitor behind a proxy has the proxy's address, and shares its limits. */
const proxyWarning = (log: Log) => {
  let isDone = false
  return (...seen: Parameters<typeof untrustedProxy>) => {
    const proxy = isDone ? null : untrustedProxy(...seen)
    if (!proxy) return
    isDone = true
    log.warn(
      proxy,
      'X-Forwarded-For came from an address that is not trusted: if a proxy of yours sent it, name that proxy in TRUSTED_PROXIES',
    )
  }
}

/** Where the API is another, its portal pages may be on any port of its host. */
const anyPortOf = (origin: string | undefined): string[] => {
  if (!origin) return []
  const { protocol, hostname } = new URL(origin)
  return [`${protocol}//${hostname}:*`]
}

type VisitorParts = {
  config: Config
  redis: RedisClient
  budget: Budget
  denials: Denials
  brand: Brand
  tokens: Tokens
  links: Links
  customerOfMessage: (messageId: string) => string | null
  releaseSuppression: Parameters<typeof apiRoutes>[0]['releaseSuppression']
  track: (work: Promise<unknown>) => void
  /** What became of the webhooks at each endpoint. */
  webhooks: readonly Monitor[]
  clock: Clock
  log: Log
}

export const createVisitorRoutes = async (parts: VisitorParts) => {
  const { config, redis, budget, brand, tokens, links, clock, log } = parts
  const pseudonym = createPseudonyms(config.links.secrets)
  const noteProxy = proxyWarning(log)
  const clientOf = (c: Context): Client => {
    const seen = [
      getConnInfo(c).remote.address,
      c.req.header('x-forwarded-for'),
      config.trustedProxies,
    ] as const
    noteProxy(...seen)
    const address = clientAddress(...seen)
    const site = siteOf(address)
    return { network: pseudonym(networkOf(address)), site: site && pseudonym(site) }
  }
  const limit = (name: keyof typeof LIMITS) => createClientLimit(redis, name, LIMITS[name])
  const denied = limit('denied')

  // In memory only: whoever guesses shall not make Redis work.
  const forged = createTally(MINUTE, clock, (count) => log.warn({ count }, 'forged links refused'))
  const store = createLinkStore(redis, clock)
  const clicks = createClickStore(redis)
  const polarOptions = { ...config.polar, denials: parts.denials }
  const polar = createPolarClient(polarOptions, budget.clicks, clock)
  const asked = createPolarClient(polarOptions, budget.api, clock)
  const places = createPlaces(config.polar.portalOrigin, config.polar.slug)
  const metrics = config.metricsToken
    ? await createMetrics(config.metricsToken, {
        ...{ budget, webhooks: parts.webhooks, limit: config.polar.rateLimit },
        countDenied: (c) => denied.take(clientOf(c)),
      })
    : null

  const following = linkRoutes({
    ...{ store, tokens, clicks, places, clock, log, clientOf, pseudonym },
    enter: createEnter(polar, clock),
    pages: createPages(brand),
    browsers: createBrowsers({ secrets: config.links.secrets, origin: config.publicUrl, clock }),
    formOrigins: [places.origin, ...anyPortOf(config.polar.baseUrl)],
    language: brand.language,
    isStrict: config.links.confirm === 'strict',
    settle: config.links.settle,
    visits: limit('visits'),
    track: parts.track,
    onAnswer: (visit) => {
      if (visit) return metrics?.visited(visit)
      forged()
      metrics?.forged()
    },
  })

  const api = config.apiToken
    ? apiRoutes({
        ...{ store, clicks, clientOf, log },
        token: config.apiToken,
        read: createLinkOrders(config.links.ttl, config.links.returnUrlOrigins),
        issue: createIssuing({ issue: links.issue, polar: asked }),
        customerOfMessage: parts.customerOfMessage,
        releaseSuppression: parts.releaseSuppression,
        customerByExternalId: async (externalId) =>
          (await asked.customer({ externalId }))?.id ?? null,
        limits: { asked: limit('asked'), denied },
      })
    : null

  const routes = [following, portalRoutes(places), api, metrics?.routes]
  return routes.filter((one) => one != null)
}
