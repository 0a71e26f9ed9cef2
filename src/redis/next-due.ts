// When the first id of several due sets falls due. One script reads all of them: every worker asks each second.

import type { RedisClient } from './connection.ts'
import { keyOnShard } from './keys.ts'
import { createShardScript } from './shard-script.ts'

/** Scores of low priority lie in a band of their own, above every time in milliseconds. So each band is read alone. */
export const LOW = 1e13

/** The first time of each set, of whatever priority; -1 where the set is empty. */
const FIRST = `
local times = {}
for at, key in ipairs(KEYS) do
  local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')[2]
  local low = redis.call('ZRANGEBYSCORE', key, ${LOW}, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  local time = tonumber(first or -1)
  if low then time = math.min(time, tonumber(low) - ${LOW}) end
  times[at] = string.format('%.0f', time)
end
return times`

const timeIn = (text: string) => (text === '-1' ? Number.POSITIVE_INFINITY : Number(text))

/**
 * @returns for each set, when its first id falls due (ms); `Infinity` where it has none. An id that was taken falls due again.
 */
export const createNextDue = (redis: RedisClient, names: readonly string[]) => {
  const first = createShardScript<string>(redis, FIRST, (shard) =>
    names.map((name) => keyOnShard(shard, 'due', name)),
  )
  return async (): Promise<number[]> => {
    const times = (await first([])).map(timeIn)
    return names.map((_, at) => Math.min(...times.filter((_, n) => n % names.length === at)))
  }
}
