// Polar's limit holds for the whole organization, a minute at a time, and all our processes share it: clicks take what they
// need, and messages leave them room.

import type { RedisClient } from '../redis/connection.ts'
import { polarSpentKey } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import { PolarUnavailable, type Purpose } from './call.ts'

/** Calls a minute (docs: 500 an organization, 100 in sandbox). The merchant's own integrations draw on them too. */
const LIMIT = { production: 500, sandbox: 100 }

/** Messages stop asking when this much of a minute is spent, by whomever of us. */
const MESSAGES_UP_TO = 0.6

// A key outlives its minute only so that it is gone one day.
const SPEND = `
local spent = tonumber(redis.call('GET', KEYS[1]) or '0')
if spent >= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], spent + 1, 'EX', 120)
return 1`

export const createBudget = (redis: RedisClient, environment: keyof typeof LIMIT, clock: Clock) => {
  const spend = createScript(redis, SPEND)
  const take = (most: number) => spend([polarSpentKey(Math.floor(clock.now() / MINUTE))], [most])
  const nextMinute = () => (Math.floor(clock.now() / MINUTE) + 1) * MINUTE

  const clicks: Purpose = {
    // Counted, never refused and never waited for: somebody is looking at a blank page, and is served without the count.
    spend: async () => {
      take(Number.MAX_SAFE_INTEGER).catch(() => {})
    },
    rest: 0,
  }
  const messages: Purpose = {
    spend: async () => {
      if ((await take(LIMIT[environment] * MESSAGES_UP_TO)) !== 1)
        throw new PolarUnavailable('Polar: the share of messages is spent', nextMinute())
    },
    rest: 5 * SECOND,
  }
  return { clicks, messages }
}
