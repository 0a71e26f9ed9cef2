// When the next request to Resend may go. Resend's limit is the team's, so all processes share one count in Redis, by the
// clock of Redis.

import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisClient } from '../redis/connection.ts'
import { RESEND_KEYS } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { type Pause, WAITED_OUT } from './pause.ts'

/** A little more than Resend's second: the network may bring two requests nearer to each other than they were sent. */
const WINDOW = 1.02 * SECOND

/** A 429 stretches our second so much, since others use the same limit, or the network is uneven. */
const STRETCH = 1.25
const MAX_STRETCH = 10

/** The stretch shrinks by a tenth of a second in so long. */
const RECOVERY = 5 * SECOND

/** Slots are given out no further ahead, so that a pause also stops the requests that wait for theirs. */
const AHEAD = SECOND

/** No slot is further away; if one is, the clock of Redis was set back. */
const MAX_AWAY = 120 * SECOND

/** Requests that are remembered: as many as the highest limit that can be set. */
const REMEMBERED = 10_000

/** Resend's own word on its limit is written again after so long: another process may have heard otherwise. */
const LIMIT_FRESH = 10 * SECOND

/** A request that waits asks again this often: the end of a pause may be moved. */
const POLL = SECOND / 4

/** The time by Redis, and how far our second is stretched. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slowed = redis.call('HMGET', KEYS[2], 'stretch', 'stretched_at')
local stretch = math.max(1, (slowed[1] or 1) - 0.1 * (now - (slowed[2] or now)) / ${RECOVERY})`

/**
 * Keeps the times of the last requests, newest first: with a limit of n, the next one goes when the nth last is a window ago.
 * This keeps to the limit in every window, however it is laid, and uses all of it.
 */
const ACQUIRE = `
if ARGV[3] == '' and redis.call('EXISTS', KEYS[3]) == 1 then return {'held', 0} end
local paused = tonumber(redis.call('HGET', KEYS[4], 'until') or 0)
if paused > tonumber(ARGV[1]) then return {'paused', paused} end
${NOW}
local observed = tonumber(redis.call('HGET', KEYS[2], 'observed') or ARGV[2])
local rate = math.max(1, math.min(tonumber(ARGV[2]), observed))
local at = now
local nth, last = redis.call('LINDEX', KEYS[1], rate - 1), redis.call('LINDEX', KEYS[1], 0)
if nth then at = math.max(at, nth + math.ceil(${WINDOW} * stretch)) end
if last then at = math.max(at, tonumber(last)) end
if at > now + ${MAX_AWAY} then redis.call('DEL', KEYS[1]); at = now end
if at > now + ${AHEAD} then return {'later', at - now} end
redis.call('LPUSH', KEYS[1], at)
redis.call('LTRIM', KEYS[1], 0, ${REMEMBERED - 1})
return {'granted', at - now, at}`

/** Every request departs a little after its slot. A longer delay brings the next request nearer to it, and counts. */
const USUAL_DELAY = 40

const DEPARTED = `
${NOW}
local late = now - ${USUAL_DELAY} - ARGV[1]
local place = late > 0 and redis.call('LPOS', KEYS[1], ARGV[1])
if place then redis.call('LSET', KEYS[1], place, ARGV[1] + late) end`

/** Several requests of one moment may be refused: that counts once. */
const BACK_OFF = `
${NOW}
if slowed[2] and now - slowed[2] < ${SECOND} then return end
redis.call('HSET', KEYS[2], 'stretch', math.min(${MAX_STRETCH}, stretch * ${STRETCH}), 'stretched_at', now)`

/** A slot, by the time of Redis at which it counts. */
type Slot = { at: number }

type RateLimiterParts = {
  redis: RedisClient
  /** Requests a second that the team may make at most. */
  rate: number
  pause: Pick<Pause, 'observed'>
  clock: Clock
}

export const createRateLimiter = ({ redis, rate, pause, clock }: RateLimiterParts) => {
  const { grants, limit, held, paused } = RESEND_KEYS
  const acquire = createScript(redis, ACQUIRE)
  const departed = createScript(redis, DEPARTED)
  const backOff = createScript(redis, BACK_OFF)
  const closed = new AbortController()
  let observed: { limit: number; until: number } | undefined

  /** Sleeps, unless it is closed. */
  const rest = (ms: number) => sleep(ms, undefined, { signal: closed.signal }).catch(() => {}) // closed

  return {
    /**
     * Resolves with a slot when a request may go, or with `paused` when none may for longer than a moment.
     * @param even for a request that sends nothing, and goes while all mail is held too.
     */
    acquire: async (even: 'if held' | '' = ''): Promise<Slot | 'paused'> => {
      while (!closed.signal.aborted) {
        const [answer, time, slot] = (await acquire(
          [grants, limit, held, paused],
          [clock.now(), rate, even],
        )) as ['granted' | 'later' | 'held' | 'paused', number, number]
        if (answer === 'granted') {
          if (time > 0) await rest(time)
          return closed.signal.aborted ? 'paused' : { at: slot }
        }
        if (answer === 'held' || (answer === 'paused' && time > clock.now() + WAITED_OUT)) {
          pause.observed()
          return 'paused'
        }
        const wait = answer === 'later' ? time - AHEAD / 2 : time - clock.now()
        await rest(Math.min(Math.max(wait, 1), POLL))
      }
      return 'paused'
    },
    /** Notes that the request with this slot is on its way now. */
    departed: async ({ at }: Slot) => {
      await departed([grants, limit], [at])
    },
    /** Notes the limit that Resend names, in requests a second. It counts when it is below ours. */
    observeLimit: async (perSecond: number) => {
      const now = clock.now()
      if (!(perSecond >= 1) || (perSecond === observed?.limit && now < observed.until)) return
      observed = { limit: perSecond, until: now + LIMIT_FRESH }
      await redis.hset(limit, 'observed', Math.floor(perSecond))
    },
    /** Slows down after a 429, and then slowly returns to the full rate. */
    backOff: async () => {
      await backOff([grants, limit], [])
    },
    /** Grants no slot any more; requests that wait for one hear `paused`. */
    close: () => closed.abort(),
  }
}

export type RateLimiter = ReturnType<typeof createRateLimiter>
