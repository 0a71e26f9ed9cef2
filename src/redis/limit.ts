// How often somebody may do something, counted in Redis for all processes together.

import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Client } from '../runtime/client-address.ts'
import { SECOND } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { limitPrefix } from './keys.ts'

/** So many times within so many seconds. */
type Allowance = { times: number; within: number }

/**
 * A limit. Windows begin with the first time, go by the clock of Redis, and are forgotten when they are over.
 * @param name of what is limited.
 */
export const createLimit = (redis: RedisClient, name: string, { times, within }: Allowance) => {
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: limitPrefix(name),
    points: times,
    duration: within,
    inMemoryBlockOnConsumed: times + 1, // until its window is over Redis is not asked again
  })
  return {
    /**
     * Counts one time of `who`.
     * @returns `null` while that is within the limit, else how many seconds are left of the window.
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
    /** Counts one time back. */
    giveBack: async (who: string) => {
      await limiter.reward(who)
    },
  }
}

/** One site has many networks, but not as many clients as networks. */
const SITE = 4

/** A limit of each client's network, and a looser one of the site that a network is a part of. */
export const createClientLimit = (redis: RedisClient, name: string, allowance: Allowance) => {
  const ofNetwork = createLimit(redis, name, allowance)
  const times = allowance.times * SITE
  const ofSite = createLimit(redis, `${name}_site`, { ...allowance, times })
  return {
    /** Counts one time, as `Limit` does. What is over a network's limit takes nothing from the site's others. */
    take: async ({ network, site }: Client): Promise<number | null> => {
      const wait = await ofNetwork.take(network)
      return wait === null && site !== null ? ofSite.take(site) : wait
    },
    /** Counts one time back. */
    giveBack: async ({ network, site }: Client) => {
      await Promise.all([ofNetwork.giveBack(network), site !== null && ofSite.giveBack(site)])
    },
  }
}

export type ClientLimit = ReturnType<typeof createClientLimit>
