// Limits how often a client may do something, counted in Redis for all processes together.

import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Client } from '../runtime/client-address.ts'
import { SECOND } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { limitPrefix } from './keys.ts'

/** So many times within so many seconds. */
type Allowance = { times: number; within: number }

/**
 * A limit. A window begins with its first request, by the clock of Redis.
 * @param name of the limited action.
 */
export const createLimit = (redis: RedisClient, name: string, { times, within }: Allowance) => {
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: limitPrefix(name),
    points: times,
    duration: within,
    inMemoryBlockOnConsumed: times + 1, // a client over its limit costs no call to Redis until its window ends
  })
  return {
    /**
     * Counts one request of `who`.
     * @returns `null` within the limit, else the seconds until the window ends.
     */
    take: async (who: string): Promise<number | null> => {
      try {
        await limiter.consume(who)
        return null
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        return Math.max(1, Math.ceil(refusal.msBeforeNext / SECOND))
      }
    },
    /** Takes one request back. */
    giveBack: async (who: string) => {
      await limiter.reward(who)
    },
  }
}

/** A site has many networks, but far fewer clients: its limit is this many times that of a network. */
const SITE = 4

/** A limit for each client's network, and a looser one for the site that the network is a part of. */
export const createClientLimit = (redis: RedisClient, name: string, allowance: Allowance) => {
  const ofNetwork = createLimit(redis, name, allowance)
  const times = allowance.times * SITE
  const ofSite = createLimit(redis, `${name}_site`, { ...allowance, times })
  return {
    /** Counts one request, as above. A network over its own limit takes nothing from the rest of its site. */
    take: async ({ network, site }: Client): Promise<number | null> => {
      const wait = await ofNetwork.take(network)
      return wait === null && site !== null ? ofSite.take(site) : wait
    },
    /** Takes one request back. */
    giveBack: async ({ network, site }: Client) => {
      await Promise.all([ofNetwork.giveBack(network), site !== null && ofSite.giveBack(site)])
    },
  }
}

export type ClientLimit = ReturnType<typeof createClientLimit>
