// Which gateway the mail to an address passes, as far as DNS tells in time. Sending never waits for it noticeably: what is not
// known by then is unknown, and known for the next email.

import { Resolver } from 'node:dns/promises'
import { domainToASCII } from 'node:url'
import { LRUCache } from 'lru-cache'
import { type Clock, HOUR, MINUTE, SECOND } from '../runtime/clock.ts'
import { type Gateway, gatewayAmong } from './known-gateways.ts'

/** The hosts of a domain's MX records; none where it has no such record, or is no domain. Throws when nobody can tell. */
export type ResolveMx = (domain: string) => Promise<readonly string[]>

const KNOWN_FOR = 6 * HOUR
const UNKNOWN_FOR = 5 * MINUTE
const MOST_DOMAINS = 10_000

/** What the first email to a domain waits at most. */
const PATIENCE = 0.25 * SECOND

/** After so many look-ups in a row that took longer, none is waited for until one is quick again. */
const MOST_LATE = 3

const MOST_AT_ONCE = 20

/** A look-up that has not come back by then makes room for another. */
const LOST = 30 * SECOND

/** The domain of an address as DNS has it, or null where there is none to ask for. */
const domainOf = (address: string): string | null => {
  const [, written = ''] = /^.+@([^@\s/?#\\%]+)$/.exec(address.trim()) ?? []
  // Versions of Node differ on names in ASCII that claim to be encoded: such a name is asked for as it stands.
  const isAscii = /^[!-~]*$/.test(written)
  const domain = (isAscii ? written.toLowerCase() : domainToASCII(written)).replace(/\.$/, '')
  const isName = /^(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/.test(domain)
  return isName && domain.length < 254 ? domain : null
}

export const createMailGateways = (parts: { resolveMx: ResolveMx; clock: Clock }) => {
  const { resolveMx, clock } = parts
  const seen = new LRUCache<string, { gateway: Gateway; until: number }>({ max: MOST_DOMAINS })
  /** What is answered, in time, to all who ask before a look-up is done. */
  const underWay = new LRUCache<string, Promise<Gateway>>({
    ...{ max: MOST_AT_ONCE, ttl: LOST, ttlResolution: 0, perf: clock },
  })
  let late = 0

  const remember = (domain: string, gateway: Gateway, time: number) => {
    seen.set(domain, { gateway, until: clock.now() + time })
    return gateway
  }

  /** @param otherwise what was known before, if anything was: it holds while nobody can say better. */
  const lookUp = async (domain: string, otherwise: Gateway): Promise<Gateway> => {
    const began = performance.now()
    try {
      const gateway = gatewayAmong(await resolveMx(domain))
      if (performance.now() - began < PATIENCE) late = 0
      return remember(domain, gateway, KNOWN_FOR)
    } catch {
      // That nobody can say is an answer here, and the next look-up is soon enough.
      return remember(domain, otherwise, UNKNOWN_FOR)
    } finally {
      underWay.delete(domain)
    }
  }

  const inTime = async (answer: Promise<Gateway>, otherwise: Gateway): Promise<Gateway> => {
    if (late >= MOST_LATE) return otherwise
    let timer: NodeJS.Timeout | undefined
    const enough = new Promise<Gateway>((resolve) => {
      timer = setTimeout(() => {
        late += 1
        resolve(otherwise)
      }, PATIENCE)
    })
    try {
      return await Promise.race([answer, enough])
    } finally {
      clearTimeout(timer)
    }
  }

  const hasRoom = () => {
    if (underWay.size >= MOST_AT_ONCE) underWay.purgeStale()
    return underWay.size < MOST_AT_ONCE
  }

  return {
    /**
     * The gateway that mail to an address passes: at once where its domain was looked up lately, within a quarter of a second
     * where not. Never rejects.
     */
    gatewayOf: async (address: string): Promise<Gateway> => {
      const domain = domainOf(address)
      if (!domain) return 'unknown'
      const found = seen.get(domain)
      if (found && found.until > clock.now()) return found.gateway
      const otherwise = found?.gateway ?? 'unknown'
      const begun = underWay.get(domain)
      if (begun) return begun
      if (!hasRoom()) return otherwise
      const answer = inTime(lookUp(domain, otherwise), otherwise)
      underWay.set(domain, answer)
      return answer
    },
  }
}

export type Gateways = ReturnType<typeof createMailGateways>

/** Names that DNS never has (RFC 2606 and 6761, 6762, 7686): nobody is asked for them. */
const RESERVED = /(?:^|\.)(?:test|example|invalid|localhost|local|onion|example\.(?:com|net|org))$/

/** Answers that say, for good, that there is no MX record. A domain may take mail without one, but then at its own host. */
const NONE = new Set(['ENOTFOUND', 'ENODATA'])

/** Asks the system's DNS servers, or those given (`address:port`): two tries of about a second each. */
export const mxResolver = (servers?: readonly string[]): ResolveMx => {
  const resolver = new Resolver({ timeout: SECOND, tries: 2 })
  if (servers) resolver.setServers(servers)
  return async (domain) => {
    if (RESERVED.test(domain)) return []
    try {
      // A null MX (RFC 7505) is a host without a name.
      return (await resolver.resolveMx(domain)).map(({ exchange }) => exchange)
    } catch (error) {
      if (NONE.has((error as NodeJS.ErrnoException).code ?? '')) return []
      throw error
    }
  }
}
