// Reads what the processes of this Postern left in Redis.

import { createProcessStore } from '../processes/store.ts'
import type { RedisClient } from '../redis/connection.ts'
import { LIVE_SINCE_KEY, UNTRUSTED_PROXY_KEY } from '../redis/keys.ts'
import { createRecordIndex } from '../redis/record-index.ts'
import { createPause } from '../resend/pause.ts'
import type { Clock } from '../runtime/clock.ts'
import { openFindings } from '../watch/state.ts'
import type { RunningFacts } from './running.ts'

export const readRunning = async (redis: RedisClient, clock: Clock): Promise<RunningFacts> => {
  const index = createRecordIndex(redis, 'messages', { digestsOf: () => [], labels: [] })
  const processes = createProcessStore(redis, clock)
  const [liveSince, running, lastAlive, open, pause, held, proxy] = await Promise.all([
    redis.get(LIVE_SINCE_KEY),
    processes.running(),
    processes.lastAlive(),
    openFindings(redis),
    createPause({ redis, clock }).state(),
    index.size('delivery:held'),
    redis.get(UNTRUSTED_PROXY_KEY),
  ])
  return {
    liveSince: liveSince === null ? null : Number(liveSince),
    running,
    lastAlive,
    isSilent: open.includes('silence'),
    pause,
    held,
    proxy: proxy === null ? null : JSON.parse(proxy),
  }
}
