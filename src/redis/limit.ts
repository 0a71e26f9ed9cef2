// How often somebody may do something, counted in Redis for all processes together.

import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
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

export type Limit = ReturnType<typeof createLimit>
