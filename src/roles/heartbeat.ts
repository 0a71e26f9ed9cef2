// Begins the heartbeat of a process, once its roles run.

import { startHeartbeat } from '../processes/heartbeat.ts'
import type { Shared } from './shared.ts'

type Begin = Pick<Parameters<typeof startHeartbeat>[0], 'isRunning' | 'onBeat'>

/** @param begin `isRunning` says whether its worker still runs, where it has one. */
export const beginHeartbeat = async (shared: Shared, begin: Begin) => {
  const { config, processes: store, redis, clock, releases } = shared
  const { role, sendMode: mode } = config
  const heartbeat = await startHeartbeat({ role, mode, store, clock, ...begin })
  redis.on('ready', heartbeat.reconnected)
  releases.add(heartbeat, ({ close, reconnected }) => {
    redis.off('ready', reconnected)
    return close()
  })
}
