// Looks up the mail gateway of an address in DNS (MX). An email waits at most a quarter of a second
// for it. A later answer counts for the next email.

import { Resolver } from 'node:dns/promises'
import { domainToASCII } from 'node:url'
import { LRUCache } from 'lru-cache'
import { upTo } from '../runtime/cache.ts'
import { type Clock, HOUR, MINUTE, SECOND } from '../runtime/clock.ts'
import { type Gateway, gatewayAmong } from './known-gateways.ts'

/**
 * The hosts of a domain's MX records; none if the domain or the record does not exist. Throws if
 * DNS does not answer.
 */
export type ResolveMx = (domain: string) => Promise<readonly string[]>

const KNOWN_TTL = 6 * HOUR
const UNKNOWN_TTL = 5 * MINUTE
const MAX_DOMAINS = 10_000

/** The first email to a domain waits at most this long. */
const LOOKUP_TIMEOUT = 0.25 * SECOND

/** After this many slow look-ups in a row, emails wait for none until one is quick again. */
const MAX_TIMEOUTS = 3

const MAX_LOOKUPS = 20

/** A look-up without an answer makes room for another after this long. */
const LOOKUP_TTL = 30 * SECOND

/** The domain of an address, in ASCII; `null` if it has none that DNS could know. */
const domainOf = (address: string): string | null => {
  const [, written = ''] = /^.+@([^@\s/?#\\%]+)$/.exec(address.trim()) ?? []
  // Versions of Node differ on ASCII names with an invalid `xn--` encoding, so ASCII names are not
  // converted.
  const isAscii = /^[!-~]*$/.test(written)
  const domain = (isAscii ? written.toLowerCase() : domainToASCII(written)).replace(/\.$/, '')
  const isName = /^(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/.test(domain)
  return isName && domain.length < 254 ? domain : null
}

export const createMailGateways = (parts: { resolveMx: ResolveMx; clock: Clock }) => {
  const { resolveMx, clock } = parts
  const cache = new LRUCache<string, { gateway: Gateway; until: number }>(upTo(MAX_DOMAINS))
  /** Look-ups that have not ended. All emails to the domain share one. */
  const pending = new LRUCache<string, Promise<Gateway>>({
    max: MAX_LOOKUPS,
    ttl: LOOKUP_TTL,
    ttlResolution: 0,
    perf: clock,
  })
  let timeouts = 0

  const remember = (domain: string, gateway: Gateway, time: number) => {
    cache.set(domain, { gateway, until: clock.now() + time })
    return gateway
  }

  /** @param fallback the gateway that was known before. It stays while DNS does not answer. */
  const lookUp = async (domain: string, fallback: Gateway): Promise<Gateway> => {
    const began = performance.now()
    try {
      const gateway = gatewayAmong(await resolveMx(domain))
      if (performance.now() - began < LOOKUP_TIMEOUT) timeouts = 0
      return remember(domain, gateway, KNOWN_TTL)
    } catch {
      // DNS does not answer. The next look-up is in five minutes.
      return remember(domain, fallback, UNKNOWN_TTL)
    } finally {
      pending.delete(domain)
    }
  }

  const withTimeout = async (answer: Promise<Gateway>, fallback: Gateway): Promise<Gateway> => {
    if (timeouts >= MAX_TIMEOUTS) return fallback
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<Gateway>((resolve) => {
      timer = setTimeout(() => {
        timeouts += 1
        resolve(fallback)
      }, LOOKUP_TIMEOUT)
    })
    try {
      return await Promise.race([answer, timeout])
    } finally {
      clearTimeout(timer)
    }
  }

  const hasRoom = () => {
    if (pending.size >= MAX_LOOKUPS) pending.purgeStale()
    return pending.size < MAX_LOOKUPS
  }

  return {
    /**
     * The gateway of an address: at once from the cache, otherwise within a quarter of a second.
     * Never rejects.
     */
    gatewayOf: async (address: string): Promise<Gateway> => {
      const domain = domainOf(address)
      if (!domain) return 'unknown'
      const found = cache.get(domain)
      if (found && found.until > clock.now()) return found.gateway
      const fallback = found?.gateway ?? 'unknown'
      const pendingAnswer = pending.get(domain)
      if (pendingAnswer) return pendingAnswer
      if (!hasRoom()) return fallback
      const answer = withTimeout(lookUp(domain, fallback), fallback)
      pending.set(domain, answer)
      return answer
    },
  }
}

export type MailGateways = ReturnType<typeof createMailGateways>

/** Names that DNS never has (RFC 2606, 6761, 6762 and 7686). They are not looked up. */
const RESERVED = /(?:^|\.)(?:test|example|invalid|localhost|local|onion|example\.(?:com|net|org))$/

/**
 * Errors that mean that there is no MX record. Such a domain may take mail at its own host, without
 * a gateway.
 */
const NO_RECORD = new Set(['ENOTFOUND', 'ENODATA'])

/**
 * Asks the system's DNS servers, or the given ones (`address:port`), twice for about a second each.
 */
export const mxResolver = (servers?: readonly string[]): ResolveMx => {
  const resolver = new Resolver({ timeout: SECOND, tries: 2 })
  if (servers) resolver.setServers(servers)
  return async (domain) => {
    if (RESERVED.test(domain)) return []
    try {
      // A null MX (RFC 7505) is a host without a name.
      return (await resolver.resolveMx(domain)).map(({ exchange }) => exchange)
    } catch (error) {
      if (NO_RECORD.has((error as NodeJS.ErrnoException).code ?? '')) return []
      throw error
    }
  }
}
