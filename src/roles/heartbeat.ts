// Begins the heartbeat of a process, once its roles run.

import { startHeartbeat } from '../processes/heartbeat.ts'
import type { Shared } from './shared.ts'

/** @param isRunning whether its worker still runs, where it has one. */
export const beginHeartbeat = async (shared: Shared, isRunning: () => boolean) => {
  const { config, processes: store, clock, releases } = shared
  const { role, sendMode: mode } = config
  const heartbeat = await startHeartbeat({ role, mode, store, isRunning, clock })
  releases.add(heartbeat, ({ close }) => close())
}
