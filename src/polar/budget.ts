// Shares Polar's rate limit between clicks, the API, messages and a backfill, in all processes. The limit is
// for the whole organization, so a part of it is always left to the merchant's own integrations.

import type { RedisClient } from '../redis/connection.ts'
import { polarSpentKey } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import { PolarUnavailableError, type Purpose, type PurposeName } from './call.ts'

/**
 * Each purpose stops calling once all processes together have spent this part of the limit. A
 * backfill stops first, clicks last.
 */
const SHARES: Record<PurposeName, number> = {
  backfill: 0.4,
  messages: 0.6,
  api: 0.7,
  clicks: 0.8,
}

/**
 * Calls for clicks are reserved this many at a time, or a twenty-fifth of their share, so that a
 * click need not wait for Redis.
 */
const MAX_RESERVED = 25

// Two minutes, so that the key outlives its minute and is deleted soon.
const SPEND = `
local spent = tonumber(redis.call('GET', KEYS[1]) or '0')
local granted = math.min(tonumber(ARGV[2]), ARGV[1] - spent)
if granted < 1 then return 0 end
redis.call('SET', KEYS[1], spent + granted, 'EX', 120)
return granted`

/** @param limit Polar's limit for the organization, in calls a minute. */
export const createBudget = (redis: RedisClient, limit: number, clock: Clock) => {
  const spend = createScript(redis, SPEND)
  const minute = () => Math.floor(clock.now() / MINUTE)
  const shareOf = (purpose: PurposeName) => Math.max(1, Math.floor(limit * SHARES[purpose]))
  const take = async (purpose: PurposeName, count: number) =>
    (await spend([polarSpentKey(minute())], [shareOf(purpose), count])) as number
  const spentError = (purpose: PurposeName) =>
    new PolarUnavailableError(`Polar: the share of ${purpose} is spent`, (minute() + 1) * MINUTE)

  const reservationSize = Math.min(MAX_RESERVED, Math.ceil(shareOf('clicks') / 25))
  let reserved = { minute: 0, remaining: 0 }
  let reserving: Promise<void> | undefined

  const reserve = async () => {
    const current = minute()
    const granted = await take('clicks', reservationSize)
    reserved = {
      minute: current,
      remaining: granted + (reserved.minute === current ? reserved.remaining : 0),
    }
    if (granted === 0) throw spentError('clicks')
  }

  /** Reserves more calls. Callers that wait at the same time share one request to Redis. */
  const refill = () => {
    reserving ??= reserve().finally(() => {
      reserving = undefined
    })
    return reserving
  }

  const clicks: Purpose = {
    name: 'clicks',
    spend: async () => {
      while (reserved.minute !== minute() || reserved.remaining < 1) await refill()
      reserved.remaining--
      // The click that needs a call gets the error.
      if (reserved.remaining < reservationSize / 2) refill().catch(() => {})
    },
    backOff: 0,
  }
  const unreserved = (purpose: PurposeName, backOff: number): Purpose => ({
    name: purpose,
    spend: async () => {
      if ((await take(purpose, 1)) < 1) throw spentError(purpose)
    },
    backOff,
  })

  return {
    clicks,
    messages: unreserved('messages', 5 * SECOND),
    backfill: unreserved('backfill', 5 * SECOND),
    api: unreserved('api', 0),
    /** Calls in this minute that are spent or reserved, by all processes. */
    spent: async (): Promise<number> => Number((await redis.get(polarSpentKey(minute()))) ?? 0),
    /** For each purpose, the calls in a minute at which it stops. */
    shares: {
      backfill: shareOf('backfill'),
      messages: shareOf('messages'),
      api: shareOf('api'),
      clicks: shareOf('clicks'),
    },
  }
}

/** For the few calls of a command that also runs where Redis cannot be asked. */
export const UNLIMITED: Purpose = { name: 'messages', spend: async () => {}, backOff: 0 }

/** A purpose whose calls are counted. */
export const countCalls = ({ name, spend, backOff }: Purpose) => {
  let calls = 0
  const budget: Purpose = {
    name,
    spend: async () => {
      await spend()
      calls++
    },
    backOff,
  }
  return { budget, calls: () => calls }
}

export type Budget = ReturnType<typeof createBudget>
