// Who asks, and how often they may: clients are counted by a keyed digest of their network, for all processes together.

import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Config } from '../config.ts'
import type { Pseudonym } from '../links/pseudonym.ts'
import type { RedisClient } from '../redis/connection.ts'
import { UNTRUSTED_PROXY_KEY } from '../redis/keys.ts'
import { createClientLimit } from '../redis/limit.ts'
import {
  type Client,
  clientAddress,
  networkOf,
  siteOf,
  untrustedProxy,
} from '../runtime/client-address.ts'
import { failure, type Log } from '../runtime/log.ts'

/**
 * Requests of one network, in so many seconds: sessions by links, for a network may be a company's; the API with its token;
 * the API and the metrics without theirs; passwords of the console.
 */
const LIMITS = {
  visits: { times: 300, within: 60 },
  authorized: { times: 1200, within: 60 },
  unauthorized: { times: 30, within: 60 },
  guesses: { times: 10, within: 900 },
}

/** Warns once, and keeps it for the doctor: without `TRUSTED_PROXIES` every visitor behind a proxy has the proxy's address, and shares its limits. */
const proxyWarning = (log: Log, keep: (proxy: { proxy?: string }) => void) => {
  let isDone = false
  return (...seen: Parameters<typeof untrustedProxy>) => {
    const proxy = isDone ? null : untrustedProxy(...seen)
    if (!proxy) return
    isDone = true
    keep(proxy)
    log.warn(
      proxy,
      'X-Forwarded-For came from an address that is not trusted: if a proxy of yours sent it, name that proxy in TRUSTED_PROXIES',
    )
  }
}

type ClientsParts = {
  redis: RedisClient
  trustedProxies: Config['trustedProxies']
  pseudonym: Pseudonym
  log: Log
}

export const createClients = ({ redis, trustedProxies, pseudonym, log }: ClientsParts) => {
  const unkept = (error: unknown) => log.warn(failure(error), 'proxy not noted')
  const noteProxy = proxyWarning(log, (proxy) => {
    redis.set(UNTRUSTED_PROXY_KEY, JSON.stringify(proxy)).catch(unkept)
  })
  const limit = (name: keyof typeof LIMITS) => createClientLimit(redis, name, LIMITS[name])
  return {
    /** A proxy that an earlier process saw is perhaps trusted now. */
    forgetProxy: () => {
      redis.del(UNTRUSTED_PROXY_KEY).catch(unkept)
    },
    clientOf: (c: Context): Client => {
      const seen = [
        getConnInfo(c).remote.address,
        c.req.header('x-forwarded-for'),
        trustedProxies,
      ] as const
      noteProxy(...seen)
      const address = clientAddress(...seen)
      const site = siteOf(address)
      return { network: pseudonym(networkOf(address)), site: site && pseudonym(site) }
    },
    limits: {
      visits: limit('visits'),
      authorized: limit('authorized'),
      unauthorized: limit('unauthorized'),
      guesses: limit('guesses'),
    },
  }
}

export type Clients = ReturnType<typeof createClients>
