// The instant of going live: events of before are stored and recorded, never mailed.

import type { RedisClient } from '../redis/connection.ts'
import { LIVE_SINCE_KEY } from '../redis/keys.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'

/**
 * The setting, if there is one; otherwise an hour before the very first start, which is stored.
 * @returns milliseconds.
 */
export const liveSince = async (
  redis: RedisClient,
  setting: number | undefined,
  clock: Clock,
): Promise<number> => {
  const now = clock.now()
  await redis.set(LIVE_SINCE_KEY, now - HOUR, 'NX')
  if (setting !== undefined) return setting
  const stored = Number(await redis.get(LIVE_SINCE_KEY))
  if (stored <= now) return stored
  // The clock was set back since: no start can have been then.
  await redis.set(LIVE_SINCE_KEY, now - HOUR)
  return now - HOUR
}
