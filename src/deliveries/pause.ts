// The pause that all deliveries observe, in every process, after the provider has said that the time is wrong for any.

import type { RedisClient } from '../redis/connection.ts'
import { PAUSED_UNTIL_KEY } from '../redis/keys.ts'

export const createPause = (redis: RedisClient) => ({
  /** When deliveries go on, in milliseconds; 0 when nothing has paused them. */
  until: async (): Promise<number> => Number(await redis.get(PAUSED_UNTIL_KEY)),
  set: (until: number) => redis.set(PAUSED_UNTIL_KEY, until),
})

export type Pause = ReturnType<typeof createPause>
