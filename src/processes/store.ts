// Keeps in Redis which processes of Postern run. Redis tells the time, so clocks of machines that differ do no harm.

import type { RedisClient } from '../redis/connection.ts'
import { PROCESSES_KEYS } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'

/** A process as it describes itself. */
export type PosternProcess = {
  /** Identifies this start of it. */
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

/** At a start, heartbeats that ended longer ago have a gap behind them. */
const GAP = MINUTE

/**
 * Notes that Postern is alive, and a gap: Postern was away since its last heartbeat, or Redis knows an older one than this
 * process has noted, so it was restored under it. Clocks of machines may differ, so the latest time stays.
 */
const ALIVE = `
local last, now, noted = tonumber(redis.call('GET', KEYS[1])), tonumber(ARGV[1]), tonumber(ARGV[2])
if last and ((noted and last < noted) or (not noted and last < now - ${GAP})) then
  redis.call('SET', KEYS[2], last, 'NX')
end
if not last or now > last then last = now; redis.call('SET', KEYS[1], ARGV[1]) end
return {last, tonumber(redis.call('GET', KEYS[2])) or -1}`

const BEAT = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[2])`

const RUNNING = `
local now = tonumber(redis.call('TIME')[1])
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now - ARGV[1]), '+inf', 'WITHSCORES')`

export const createProcessStore = (redis: RedisClient, clock: Pick<Clock, 'now'>) => {
  const { beats, lastAlive, gap } = PROCESSES_KEYS
  const alive = createScript(redis, ALIVE)
  const beat = createScript(redis, BEAT)
  const running = createScript(redis, RUNNING)
  /** The time that Redis had after this process noted that Postern is alive. */
  let noted: number | '' = ''

  /** Notes that Postern is alive by the clock of this process; resolves with the beginning of an open gap, as `openGap` does. */
  const noteAlive = async (): Promise<number | null> => {
    const [last, since] = (await alive([lastAlive, gap], [clock.now(), noted])) as [number, number]
    noted = last
    return since < 0 ? null : since
  }

  return {
    /**
     * The last heartbeat before a gap (ms): Postern was away, and Redis may have been restored meanwhile. `null` where there
     * is none. A gap is open until it is closed.
     */
    openGap: noteAlive,
    /** Whether Redis knows an older heartbeat than this process has noted. It only reads: a demoted primary refuses writes. */
    isBehind: async (): Promise<boolean> => {
      const last = await redis.get(lastAlive)
      return last !== null && noted !== '' && Number(last) < noted
    },
    closeGap: async (): Promise<void> => {
      await redis.del(gap)
    },
    /** Notes that a process runs, and Postern as a whole; resolves with an open gap, as `openGap` does. */
    beat: async (process: PosternProcess): Promise<number | null> => {
      const [since] = await Promise.all([
        noteAlive(),
        beat([beats], [JSON.stringify(process), GONE]),
      ])
      return since
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
