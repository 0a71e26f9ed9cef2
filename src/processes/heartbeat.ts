// The heartbeat of a process: every few seconds it notes in Redis that it runs, in which role, version and send mode.

import { randomUUID } from 'node:crypto'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { VERSION } from '../runtime/version.ts'
import type { PosternProcess, ProcessStore } from './store.ts'

const EVERY = 10 * SECOND

type HeartbeatParts = Pick<PosternProcess, 'role' | 'mode'> & {
  store: Pick<ProcessStore, 'beat' | 'leave' | 'isBehind'>
  /** A process whose worker has ended counts as gone. */
  isRunning: () => boolean
  /** Receives with each heartbeat the one before an open gap (ms), or `null`. */
  onBeat?: ((gap: number | null) => void) | undefined
  clock: Pick<Clock, 'now'>
}

/** Resolves once the first is noted. */
export const startHeartbeat = async (parts: HeartbeatParts) => {
  const { role, mode, store, isRunning, onBeat, clock } = parts
  const process = { id: randomUUID(), role, mode, version: VERSION, startedAt: clock.now() }
  // The watch over Redis reports why a write fails, and the next heartbeat makes up for it.
  const beat = () =>
    store
      .beat(process)
      .then(onBeat)
      .catch(() => {})
  await beat()
  let beating = Promise.resolve()
  const now = () => {
    if (isRunning()) beating = beat()
  }
  const timer = setInterval(now, EVERY)
  return {
    /** Has the next one come at once where Redis was restored while it was away. */
    reconnected: () => {
      store.isBehind().then(
        (isBehind) => isBehind && now(),
        () => {},
      )
    },
    /** Others learn at once that this process is gone; where Redis is away, half a minute later. */
    close: async () => {
      clearInterval(timer)
      await beating
      await store.leave(process).catch(() => {})
    },
  }
}
