// Processes of Postern that only say that they run.

import type { Redis } from 'ioredis'
import type { PosternProcess } from '../../src/processes/store.ts'
import { PROCESSES_KEYS } from '../../src/redis/keys.ts'
import { VERSION } from '../../src/runtime/version.ts'

export const aProcess = (change: Partial<PosternProcess> = {}): PosternProcess => ({
  ...{ id: 'one', role: 'all', mode: 'live', version: VERSION, startedAt: Date.now() },
  ...change,
})

/** The seconds for which they run, however slow the machine is. */
const LONG = 3600

/** These run, and no others. */
export const onlyRunning = async (redis: Redis, ...processes: Partial<PosternProcess>[]) => {
  const { beats, lastAlive } = PROCESSES_KEYS
  const [now] = await redis.time()
  await redis.multi().del(beats).set(lastAlive, Date.now()).exec()
  for (const [at, one] of processes.entries())
    await redis.zadd(beats, Number(now) + LONG, JSON.stringify(aProcess({ id: `${at}`, ...one })))
}
