// Keeps in Redis which processes of Postern run. Redis tells the time, so clocks of machines that differ do no harm.

import type { RedisClient } from '../redis/connection.ts'
import { PROCESSES_KEYS } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'

/** A process as it describes itself. */
export type PosternProcess = {
  /** Of this start of it. */
  id: string
  role: 'all' | 'web' | 'worker'
  /** The SEND_MODE that it started with. */
  mode: 'live' | 'shadow' | 'hold'
  version: string
  /** Milliseconds. */
  startedAt: number
}

/** A process that runs; `beatAt` in milliseconds, by the clock of Redis. */
export type RunningProcess = PosternProcess & { beatAt: number }

/** Without a heartbeat for so long (seconds), a process is taken to be gone. */
const GONE = 30

const BEAT = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[3])`

const RUNNING = `
local now = tonumber(redis.call('TIME')[1])
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now - ARGV[1]), '+inf', 'WITHSCORES')`

export const createProcessStore = (redis: RedisClient, clock: Pick<Clock, 'now'>) => {
  const { beats, lastAlive } = PROCESSES_KEYS
  const beat = createScript(redis, BEAT)
  const running = createScript(redis, RUNNING)
  return {
    /** Notes that a process runs, and by its clock that Postern as a whole does. */
    beat: async (process: PosternProcess): Promise<void> => {
      await beat([beats, lastAlive], [JSON.stringify(process), GONE, clock.now()])
    },
    /** Forgets a process that ends. */
    leave: async (process: PosternProcess): Promise<void> => {
      await redis.zrem(beats, JSON.stringify(process))
    },
    /** All that run, the longest silent first. One that was killed counts for half a minute more. */
    running: async (): Promise<RunningProcess[]> => {
      const found = (await running([beats], [GONE])) as string[]
      return found.flatMap((text, at) =>
        at % 2 === 0 ? [{ ...JSON.parse(text), beatAt: Number(found[at + 1]) * SECOND }] : [],
      )
    },
    /** When a process last said that it runs (ms, by its own clock): it outlives a restart. `null` if none ever has. */
    lastAlive: async (): Promise<number | null> => {
      const time = await redis.get(lastAlive)
      return time === null ? null : Number(time)
    },
  }
}

export type ProcessStore = ReturnType<typeof createProcessStore>
