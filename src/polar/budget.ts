// Polar's limit holds for the whole organization, a minute at a time, and the merchant's own integrations live by it too. All
// our processes share what we take of it: clicks come first, messages leave them room, and some of it is never touched.

import type { RedisClient } from '../redis/connection.ts'
import { polarSpentKey } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import { PolarUnavailableError, type Purpose } from './call.ts'

/** How much of a minute may be spent, by all of us, before messages, the API and clicks stop asking. */
const SHARES = { messages: 0.6, api: 0.7, clicks: 0.8 }

/** Calls are set aside for clicks this many at a time, or a twenty-fifth of their share: somebody waits for each. */
const MOST_SET_ASIDE = 25

// A key outlives its minute only so that it is gone one day.
const SPEND = `
local spent = tonumber(redis.call('GET', KEYS[1]) or '0')
local granted = math.min(tonumber(ARGV[2]), ARGV[1] - spent)
if granted < 1 then return 0 end
redis.call('SET', KEYS[1], spent + granted, 'EX', 120)
return granted`

/** @param limit calls a minute that the organization may make. */
export const createBudget = (redis: RedisClient, limit: number, clock: Clock) => {
  const spend = createScript(redis, SPEND)
  const minute = () => Math.floor(clock.now() / MINUTE)
  const shareOf = (purpose: keyof typeof SHARES) => Math.max(1, Math.floor(limit * SHARES[purpose]))
  const take = async (purpose: keyof typeof SHARES, count: number) =>
    (await spend([polarSpentKey(minute())], [shareOf(purpose), count])) as number
  const over = (whose: keyof typeof SHARES) =>
    new PolarUnavailableError(`Polar: the share of ${whose} is spent`, (minute() + 1) * MINUTE)

  const atATime = Math.min(MOST_SET_ASIDE, Math.ceil(shareOf('clicks') / 25))
  let aside = { minute: 0, left: 0 }
  let asking: Promise<void> | undefined

  /** Asked for once, however many wait. */
  const setAside = async () => {
    const of = minute()
    const granted = await take('clicks', atATime)
    aside = { minute: of, left: granted + (aside.minute === of ? aside.left : 0) }
    if (granted === 0) throw over('clicks')
  }

  const ask = () => {
    asking ??= setAside().finally(() => {
      asking = undefined
    })
    return asking
  }

  const clicks: Purpose = {
    spend: async () => {
      while (aside.minute !== minute() || aside.left < 1) await ask()
      aside.left--
      if (aside.left < atATime / 2) ask().catch(() => {}) // whoever needs them hears of a failure
    },
    rest: 0,
  }
  const oneByOne = (purpose: keyof typeof SHARES, rest: number): Purpose => ({
    spend: async () => {
      if ((await take(purpose, 1)) < 1) throw over(purpose)
    },
    rest,
  })

  return {
    clicks,
    messages: oneByOne('messages', 5 * SECOND),
    api: oneByOne('api', 0),
    /** Calls of this minute that are spent or set aside, by all of us. */
    spent: async (): Promise<number> => Number((await redis.get(polarSpentKey(minute()))) ?? 0),
    /** How many of a minute's calls may be spent before each stops asking. */
    shares: { messages: shareOf('messages'), api: shareOf('api'), clicks: shareOf('clicks') },
  }
}

export type Budget = ReturnType<typeof createBudget>
