// Whether mail may go out at all. Postern pauses by itself for a while (rate limit, quota, refused key), and a person holds
// all mail until they release it. All processes share both.

import type { RedisClient } from '../redis/connection.ts'
import { RESEND_KEYS } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'

/** Messages that are ready wait out a pause that ends within this; for a longer one they go back to their records. */
export const WAITED_OUT = 3 * SECOND

/** For so long a process assumes that mail is still paused, without asking Redis again. */
const ASSUMED = 1.5 * SECOND

/** The later of two ends holds: the second of a rate limit does not cut the minutes of a quota short. */
const PAUSE = `
if tonumber(redis.call('HGET', KEYS[1], 'until') or 0) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'until', ARGV[1], 'because', ARGV[2])
return 1`

/** A person takes over any hold, a setting that of the search after a gap, and that search none. */
const HOLD = `
local by = redis.call('GET', KEYS[1])
if by and (ARGV[1] == 'gap' or (ARGV[1] == 'setting' and by ~= 'gap')) then return end
redis.call('SET', KEYS[1], ARGV[1])`

/** A setting and the search release only what they held; a person releases anything. */
const RELEASE = `
local isPerson = ARGV[1] ~= 'setting' and ARGV[1] ~= 'gap'
if not isPerson and redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

export type PausedBecause = 'rate_limit' | 'quota' | 'configuration'

/**
 * Who holds all mail: a person, by command or in the console; the setting that a process started with; or Postern itself, after
 * a gap in its heartbeats, until it knows what was sent meanwhile.
 */
export type HeldBy = 'command' | 'console' | 'setting' | 'gap'

/** Why no mail goes out; `null` if it does. `until` in milliseconds. */
export type PauseState = { held: HeldBy } | { until: number; because: PausedBecause } | null

export const createPause = ({ redis, clock }: { redis: RedisClient; clock: Clock }) => {
  const { held, paused } = RESEND_KEYS
  const pause = createScript(redis, PAUSE)
  const hold = createScript(redis, HOLD)
  const release = createScript(redis, RELEASE)
  let assumedUntil = 0

  return {
    /** Pauses all mail until `time` (ms) at least. Returns `false` when it was paused for as long already. */
    pause: async (time: number, because: PausedBecause): Promise<boolean> =>
      (await pause([paused], [time, because])) === 1,
    /** Holds all mail until it is released. Nobody takes over what a person holds, but a person. */
    hold: async (by: HeldBy) => {
      await hold([held], [by])
    },
    /** Releases all mail. Returns whether any was held. */
    release: async (by: HeldBy): Promise<boolean> => (await release([held], [by])) === 1,
    /** Asks Redis. */
    state: async (): Promise<PauseState> => {
      const [by, [time, because]] = await Promise.all([
        redis.get(held),
        redis.hmget(paused, 'until', 'because'),
      ])
      const now = clock.now()
      const end = Number(time ?? 0)
      assumedUntil = by !== null || end > now + WAITED_OUT ? now + ASSUMED : 0
      if (by) return { held: by as HeldBy }
      return end > now ? { until: end, because: because as PausedBecause } : null
    },
    /** Notes that mail was found paused, for longer than is waited out. */
    observed: () => {
      assumedUntil = clock.now() + ASSUMED
    },
    /** Whether mail was found paused a moment ago. Asks nobody. */
    wasPaused: () => clock.now() < assumedUntil,
  }
}

export type Pause = ReturnType<typeof createPause>
