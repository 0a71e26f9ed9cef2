// Puts together what visitors and the merchant's backend meet: links, the portal's stable link, and the API.

import { createIssuing } from '../api/links.ts'
import { createLinkOrders } from '../api/request.ts'
import { apiRoutes } from '../api/routes.ts'
import { createClickStore } from '../clicks/store.ts'
import { createBrowsers } from '../links/browser.ts'
import { createPages } from '../links/page.ts'
import type { Pseudonym } from '../links/pseudonym.ts'
import { linkRoutes } from '../links/routes.ts'
import { createLinkStore } from '../links/store.ts'
import { customerIn } from '../messages/message.ts'
import type { Metrics } from '../metrics.ts'
import { createPolarClient } from '../polar/client.ts'
import { createEnter } from '../portal/enter.ts'
import { createPlaces } from '../portal/places.ts'
import { portalRoutes } from '../portal/routes.ts'
import type { RedisClient } from '../redis/connection.ts'
import { MINUTE } from '../runtime/clock.ts'
import { createTally } from '../runtime/tally.ts'
import type { Clients } from './clients.ts'
import type { Shared } from './shared.ts'

/** Where the API is another, its portal pages may be on any port of its host. */
const anyPortOf = (origin: string | undefined): string[] => {
  if (!origin) return []
  const { protocol, hostname } = new URL(origin)
  return [`${protocol}//${hostname}:*`]
}

type VisitorParts = {
  shared: Shared
  /** A connection on which no command waits for others to be sent with it: somebody waits for each answer. */
  redis: RedisClient
  clients: Clients
  pseudonym: Pseudonym
  metrics: Metrics | null
  /** Follows work that an answer did not wait for. */
  track: (work: Promise<unknown>) => void
}

export const visitorRoutes = (parts: VisitorParts) => {
  const { shared, redis, clients, pseudonym, metrics, track } = parts
  const { config, budget, denials, brand, tokens, links, suppressions, clock, log } = shared
  const { clientOf, limits } = clients

  // In memory only: whoever guesses tokens must not make Redis work.
  const forged = createTally(MINUTE, clock, (count) => log.warn({ count }, 'forged links refused'))
  const store = createLinkStore(redis, clock)
  const clicks = createClickStore(redis)
  const places = createPlaces(config.polar.portalOrigin, config.polar.slug)
  const polarOptions = { ...config.polar, denials }
  const forClicks = createPolarClient(polarOptions, budget.clicks, clock)
  const forApi = createPolarClient(polarOptions, budget.api, clock)

  const following = linkRoutes({
    ...{ store, tokens, clicks, places, clock, log, clientOf, pseudonym, track },
    enter: createEnter(forClicks, clock),
    pages: createPages(brand),
    browsers: createBrowsers({ secrets: config.links.secrets, origin: config.publicUrl, clock }),
    formOrigins: [places.origin, ...anyPortOf(config.polar.baseUrl)],
    language: brand.language,
    isStrict: config.links.confirm === 'strict',
    settle: config.links.settle,
    visits: limits.visits,
    onAnswer: (visit) => {
      if (visit) return metrics?.visited(visit)
      forged()
      metrics?.forged()
    },
  })

  const api = config.apiToken
    ? apiRoutes({
        ...{ store, clicks, clientOf, log, limits },
        token: config.apiToken,
        read: createLinkOrders(config.links.ttl, config.links.returnUrlOrigins),
        issue: createIssuing({ issue: links.issue, polar: forApi }),
        customerOfMessage: customerIn,
        releaseSuppression: (address) => suppressions.release(address, 'api'),
        customerByExternalId: async (externalId) =>
          (await forApi.customer({ externalId }))?.id ?? null,
      })
    : null

  return [following, portalRoutes(places), ...(api ? [api] : [])]
}
