// May a request go to Resend now? Its limit is the team's, so all processes ask one Redis, which counts by its own clock; and
// what stops all mail, for a while or until a person says otherwise, is told in the same breath.

import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisClient } from '../redis/connection.ts'
import { RESEND_KEYS } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'

/** A little more than Resend's second: the network may bring two requests nearer to each other than they were sent. */
const WINDOW = 1.02 * SECOND

/** A 429 makes our second so much longer, since others use the same limit, or the network is uneven. */
const STRETCH = 1.25
const MOST_STRETCH = 10

/** It gets shorter again by a tenth of a real one in so long. */
const EASE = 5 * SECOND

/** Turns are taken no longer ahead than this, since what stops all mail is to stop those that wait for theirs too. */
const AHEAD = SECOND

/** Nobody's turn is further away; where it is, the clock of Redis was set back. */
const FURTHEST = 120 * SECOND

/** Requests that are remembered: as many as the highest limit that can be set. */
const REMEMBERED = 10_000

/** A pause that ends within this is sat out by what is ready to go; for a longer one it is put back. */
const SAT_OUT = 3 * SECOND

/** What Resend says its limit is, is written anew when it was last so long ago: another process may have heard otherwise. */
const TOLD_AGAIN = 10 * SECOND

/** For so long this process believes that all mail is still stopped, without asking again. */
const BELIEVED = 1.5 * SECOND

/** Waits look up this often: the end of a pause may be moved. */
const LOOK = SECOND / 4

/** The time by Redis, and how long our second is by now. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slowed = redis.call('HMGET', KEYS[2], 'stretch', 'stretched_at')
local stretch = math.max(1, (slowed[1] or 1) - 0.1 * (now - (slowed[2] or now)) / ${EASE})`

/**
 * The last requests' times, newest first: with a limit of n, the next goes when the nth last is a window ago. This keeps
 * to the limit in every window, however it is laid, and uses all of it.
 */
const TAKE = `
if redis.call('EXISTS', KEYS[3]) == 1 then return {'held', 0} end
local paused = tonumber(redis.call('HGET', KEYS[4], 'until') or 0)
if paused > tonumber(ARGV[1]) then return {'paused', paused} end
${NOW}
local told = tonumber(redis.call('HGET', KEYS[2], 'told') or ARGV[2])
local rate = math.max(1, math.min(tonumber(ARGV[2]), told))
local at = now
local nth, last = redis.call('LINDEX', KEYS[1], rate - 1), redis.call('LINDEX', KEYS[1], 0)
if nth then at = math.max(at, nth + math.ceil(${WINDOW} * stretch)) end
if last then at = math.max(at, tonumber(last)) end
if at > now + ${FURTHEST} then redis.call('DEL', KEYS[1]); at = now end
if at > now + ${AHEAD} then return {'later', at - now} end
redis.call('LPUSH', KEYS[1], at)
redis.call('LTRIM', KEYS[1], 0, ${REMEMBERED - 1})
return {'granted', at - now, at}`

/** So long after its permit a request may leave, as all do: what is more brings the next one nearer to it, and counts. */
const LEAVES_WITHIN = 40

const LEFT = `
${NOW}
local late = now - ${LEAVES_WITHIN} - ARGV[1]
local place = late > 0 and redis.call('LPOS', KEYS[1], ARGV[1])
if place then redis.call('LSET', KEYS[1], place, ARGV[1] + late) end`

/** Several requests of one moment may be refused: that counts once. */
const SLOW = `
${NOW}
if slowed[2] and now - slowed[2] < ${SECOND} then return end
redis.call('HSET', KEYS[2], 'stretch', math.min(${MOST_STRETCH}, stretch * ${STRETCH}), 'stretched_at', now)`

/** The later of two ends holds: a rate limit's second does not cut a quota's minutes short. */
const PAUSE = `
if tonumber(redis.call('HGET', KEYS[1], 'until') or 0) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'until', ARGV[1], 'because', ARGV[2])
return 1`

/** Released is what the same hand held; a command's hand is the stronger. */
const RELEASE = `
if ARGV[1] ~= 'command' and redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

export type PausedBecause = 'rate_limit' | 'quota' | 'configuration'

/** Who holds all mail: a person by command, or the setting that a process started with. */
export type HeldBy = 'command' | 'setting'

/** What stops all mail, if anything. `until` in milliseconds. */
export type Shut = { held: HeldBy } | { until: number; because: PausedBecause } | null

/** A permit, by the time of Redis at which it counts. */
type Granted = { granted: number }

type PermitsParts = {
  redis: RedisClient
  /** Requests a second that the team may make at the most. */
  rate: number
  clock: Clock
}

export const createPermits = ({ redis, rate, clock }: PermitsParts) => {
  const { grants, limit, held, paused } = RESEND_KEYS
  const take = createScript(redis, TAKE)
  const left = createScript(redis, LEFT)
  const slow = createScript(redis, SLOW)
  const pause = createScript(redis, PAUSE)
  const release = createScript(redis, RELEASE)
  const closed = new AbortController()
  let told: { limit: number; until: number } | undefined
  let believedUntil = 0

  /** Sleeps, unless it is closed. */
  const rest = (ms: number) => sleep(ms, undefined, { signal: closed.signal }).catch(() => {}) // closed

  return {
    /**
     * Resolves when a request may go, or with `shut` when none may for longer than a moment.
     * @returns what stands for the permit, for `left`.
     */
    take: async (): Promise<Granted | 'shut'> => {
      while (!closed.signal.aborted) {
        const [answer, at, id] = (await take(
          [grants, limit, held, paused],
          [clock.now(), rate],
        )) as ['granted' | 'later' | 'held' | 'paused', number, number]
        if (answer === 'granted') {
          if (at > 0) await rest(at)
          return closed.signal.aborted ? 'shut' : { granted: id }
        }
        if (answer === 'held' || (answer === 'paused' && at > clock.now() + SAT_OUT)) {
          believedUntil = clock.now() + BELIEVED
          return 'shut'
        }
        const wait = answer === 'later' ? at - AHEAD / 2 : at - clock.now()
        await rest(Math.min(Math.max(wait, 1), LOOK))
      }
      return 'shut'
    },
    /** Notes that the request with this permit is on its way now. */
    left: async ({ granted }: Granted) => {
      await left([grants, limit], [granted])
    },
    /** Notes what Resend says its limit is; it counts when it is below ours. */
    told: async (perSecond: number) => {
      const now = clock.now()
      if (!(perSecond >= 1) || (perSecond === told?.limit && now < told.until)) return
      told = { limit: perSecond, until: now + TOLD_AGAIN }
      await redis.hset(limit, 'told', Math.floor(perSecond))
    },
    /** We were too fast: a little slower, and then slowly as fast as before. */
    slow: async () => {
      await slow([grants, limit], [])
    },
    /** Stops all mail until then at least; `false` when it was stopped for as long already. */
    pause: async (time: number, because: PausedBecause): Promise<boolean> =>
      (await pause([paused], [time, because])) === 1,
    /** Stops all mail until it is released. */
    hold: async (by: HeldBy) => {
      // What a person holds stays theirs.
      await (by === 'command' ? redis.set(held, by) : redis.set(held, by, 'NX'))
    },
    /** Lets mail go: a command anything that is held, a setting what a setting held. Answers whether anything was. */
    release: async (by: HeldBy): Promise<boolean> => (await release([held], [by])) === 1,
    /** What stops all mail now. */
    shut: async (): Promise<Shut> => {
      const [by, [time, because]] = await Promise.all([
        redis.get(held),
        redis.hmget(paused, 'until', 'because'),
      ])
      const now = clock.now()
      const end = Number(time ?? 0)
      believedUntil = by !== null || end > now + SAT_OUT ? now + BELIEVED : 0
      if (by) return { held: by as HeldBy }
      return end > now ? { until: end, because: because as PausedBecause } : null
    },
    /** Nobody gets a permit any more, and whoever waits for one hears that. */
    close: () => closed.abort(),
    /** Whether all mail was stopped a moment ago, for longer than is sat out. */
    wasShut: () => clock.now() < believedUntil,
  }
}

export type Permits = ReturnType<typeof createPermits>
