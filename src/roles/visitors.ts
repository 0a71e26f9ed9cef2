// Puts together what visitors and the merchant's backend meet: links, the portal's stable link, and the API.

import { createIssueLink } from '../api/links.ts'
import { createRecovered } from '../api/recovered.ts'
import { createLinkRequestReader } from '../api/request.ts'
import { apiRoutes } from '../api/routes.ts'
import { createClickStore } from '../clicks/store.ts'
import { createAbandon } from '../deliveries/abandon.ts'
import { createBatchStore } from '../deliveries/batches/store.ts'
import { createBrowsers } from '../links/browser.ts'
import { createPages } from '../links/page.ts'
import type { Pseudonym } from '../links/pseudonym.ts'
import { linkRoutes } from '../links/routes.ts'
import { createLinkStore } from '../links/store.ts'
import { createFirstClick } from '../messages/first-click.ts'
import { createStores } from '../messages/stores.ts'
import { createPolarClient } from '../polar/client.ts'
import { portalRoutes } from '../portal/routes.ts'
import { createSignIn } from '../portal/sign-in.ts'
import { createPortalUrls } from '../portal/urls.ts'
import { createRecoveryStore } from '../recoveries/store.ts'
import type { RedisClient } from '../redis/connection.ts'
import { createErase } from '../retention/erase.ts'
import { createExport } from '../retention/export.ts'
import { MINUTE } from '../runtime/clock.ts'
import { createTally } from '../runtime/tally.ts'
import { createUnschedule } from '../schedule/entries.ts'
import { createLift, createRemoveAtResend } from '../suppressions/lift.ts'
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
  /** Follows work that an answer did not wait for. */
  track: (work: Promise<unknown>) => void
}

export const visitorRoutes = (parts: VisitorParts) => {
  const { shared, redis, clients, pseudonym, track } = parts
  const {
    config,
    metrics,
    traces,
    budget,
    polarOptions,
    brand,
    tokens,
    links,
    stages,
    clock,
    log,
  } = shared
  const { clientOf, limits } = clients

  // In memory only: whoever guesses tokens must not make Redis work.
  const forged = createTally(MINUTE, clock, (count) => log.warn({ count }, 'forged links refused'))
  const { secrets } = config.links
  const { records, index } = createStores({
    redis,
    due: stages.deliveries.due,
    secrets,
    unschedule: createUnschedule(redis, clock),
    clock,
  })
  const store = createLinkStore({ redis, records, clock })
  const clicks = createClickStore({ records, firstClickWrites: createFirstClick(index) })
  const batches = createBatchStore(redis, stages.batches.due)
  const abandon = createAbandon({ batches, clock })
  const portalUrls = createPortalUrls(config.polar.portalOrigin, config.polar.slug)
  const forClicks = createPolarClient(polarOptions, budget.clicks, clock)
  const forApi = createPolarClient(polarOptions, budget.api, clock)

  const linkRouter = linkRoutes({
    store,
    tokens,
    clicks,
    portalUrls,
    clock,
    log,
    clientOf,
    pseudonym,
    track,
    signIn: createSignIn(forClicks, clock),
    onSignedIn: (link, result, took) => {
      metrics?.countSession(result, took)
      traces?.signedIn(link, result, took)
    },
    onVisit: traces?.visited,
    pages: createPages(brand),
    browsers: createBrowsers({ secrets: config.links.secrets, origin: config.publicUrl, clock }),
    formOrigins: [portalUrls.origin, ...anyPortOf(config.polar.baseUrl)],
    language: brand.language,
    isStrict: config.links.confirm === 'strict',
    settle: config.links.settle,
    visits: limits.visits,
    onAnswer: (visit) => {
      if (visit) return metrics?.countVisit(visit)
      forged()
      metrics?.countForged()
    },
  })

  const lift = createLift({ ...shared, removeAtResend: createRemoveAtResend(shared) })
  const erase = createErase({ ...shared, linkStore: store, abandon })
  const api = config.apiToken
    ? apiRoutes({
        store,
        clicks,
        clientOf,
        log,
        limits,
        token: config.apiToken,
        read: createLinkRequestReader(config.links.ttl, config.links.returnUrlOrigins),
        issue: createIssueLink({ issue: links.issue, polar: forApi }),
        eraseCustomer: (customerId) => erase(customerId, 'api'),
        exportCustomer: createExport({ ...shared, linkStore: store, clicks }),
        recovered: createRecovered({ recoveries: createRecoveryStore(redis), clock }),
        releaseSuppression: (address) => lift(address, 'api'),
        customerByExternalId: async (externalId) =>
          (await forApi.customer({ externalId }))?.id ?? null,
      })
    : null

  return [linkRouter, portalRoutes(portalUrls), ...(api ? [api] : [])]
}
