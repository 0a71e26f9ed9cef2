// The instant of going live: what happened before it is stored and shown, never mailed.

import type { RedisClient } from '../redis/connection.ts'
import { LIVE_SINCE_KEY } from '../redis/keys.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'

/**
 * The setting, which is stored too; without one what was stored before; at the very first start an hour ago.
 * @returns milliseconds.
 */
export const liveSince = async (
  redis: RedisClient,
  setting: number | undefined,
  clock: Clock,
): Promise<number> => {
  if (setting !== undefined) await redis.set(LIVE_SINCE_KEY, setting)
  else await redis.set(LIVE_SINCE_KEY, clock.now() - HOUR, 'NX')
  return Number(await redis.get(LIVE_SINCE_KEY))
}
