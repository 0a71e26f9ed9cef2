// The pause that all deliveries observe, in every process, after the provider has said that the time is wrong for any.

import type { RedisClient } from '../redis/connection.ts'
import { PAUSED_UNTIL_KEY } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'

/** The later of two ends holds: a rate limit's second does not cut a quota's minutes short. */
const EXTEND = `
if tonumber(redis.call('GET', KEYS[1]) or 0) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end`

export const createPause = (redis: RedisClient) => {
  const extend = createScript(redis, EXTEND)
  return {
    /** When deliveries go on, in milliseconds; 0 when nothing has paused them. */
    until: async (): Promise<number> => Number(await redis.get(PAUSED_UNTIL_KEY)),
    /** Pauses until then at least. */
    extend: async (until: number) => {
      await extend([PAUSED_UNTIL_KEY], [until])
    },
  }
}

export type Pause = ReturnType<typeof createPause>
