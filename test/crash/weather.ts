// A Resend on a bad day: it loses answers, fails, limits now and then, and takes its time.

import { SECOND, systemClock } from '../../src/runtime/clock.ts'
import { createLimit } from '../../src/sandbox/http/limits.ts'
import type { Fault, FaultRequest } from '../../src/sandbox/resend/api.ts'
import type { Random } from '../support/random.ts'

const DROPPED = 0.05
const FAILED = 0.05

/** Spells in which every request is refused: how long they are, and how long it is until the next. */
const SPELL = { least: 0.5 * SECOND, most: 2 * SECOND }
const BETWEEN = { least: 5 * SECOND, most: 15 * SECOND }

const SLOWEST = 0.15 * SECOND

/** A little short of a second, as the simulated Resend's own. */
const WINDOW = 0.95 * SECOND

const LIMITED: Fault = {
  status: 429,
  headers: { 'retry-after': '1' },
  body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' },
}
const BROKEN: Fault = {
  status: 500,
  body: { statusCode: 500, name: 'internal_server_error', message: 'Something went wrong.' },
}

/** @param perSecond requests that are taken in a second, outside the spells. */
export const createWeather = (random: Random, perSecond: number) => {
  const limit = createLimit(systemClock, perSecond, WINDOW)
  const counts = { requests: 0, limited: 0, failed: 0, dropped: 0 }
  let spell = { from: Date.now() + random.between(BETWEEN.least, BETWEEN.most), to: 0 }

  const isLimited = () => {
    const now = Date.now()
    if (now >= spell.from && spell.to < spell.from)
      spell.to = now + random.between(SPELL.least, SPELL.most)
    if (now >= spell.from && now < spell.to) return true
    if (now >= spell.from)
      spell = { from: now + random.between(BETWEEN.least, BETWEEN.most), to: 0 }
    return !limit.admit().admitted
  }

  let together: Promise<void> | undefined

  return {
    counts,
    fault: ({ path }: FaultRequest): Fault => {
      if (!path.startsWith('/emails')) return undefined
      counts.requests += 1
      if (isLimited()) {
        counts.limited += 1
        return LIMITED
      }
      const isFailed = random.chance(FAILED)
      const isDropped = random.chance(DROPPED)
      if (isFailed) {
        counts.failed += 1
        return BROKEN
      }
      if (!isDropped) return undefined
      counts.dropped += 1
      return 'drop-after-accept'
    },
    /** How long an answer takes: one wait for all emails of a request, which are asked about in one go. */
    slowness: (): Promise<void> => {
      together ??= new Promise((resolve) => setTimeout(resolve, random.between(0, SLOWEST)))
      queueMicrotask(() => {
        together = undefined
      })
      return together
    },
  }
}

export type Weather = ReturnType<typeof createWeather>
