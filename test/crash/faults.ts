// Makes the simulated Resend fail at random: lost answers, errors, rate limits and delays.

import { SECOND, systemClock } from '../../src/runtime/clock.ts'
import { createLimit } from '../../src/sandbox/http/limits.ts'
import type { Fault, FaultRequest } from '../../src/sandbox/resend/api.ts'
import type { Random } from '../support/random.ts'

const DROPPED = 0.05
const FAILED = 0.05

/** Outages in which every request is refused: their length, and the time between two. */
const OUTAGE = { min: 0.5 * SECOND, max: 2 * SECOND }
const BETWEEN = { min: 5 * SECOND, max: 15 * SECOND }

const MAX_DELAY = 0.15 * SECOND

/** Slightly less than a second, as in the simulated Resend. */
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

/** @param perSecond requests admitted in a second outside the outages. */
export const createFaults = (random: Random, perSecond: number) => {
  const limit = createLimit(systemClock, perSecond, WINDOW)
  const counts = { requests: 0, limited: 0, failed: 0, dropped: 0 }
  let outage = { from: Date.now() + random.between(BETWEEN.min, BETWEEN.max), to: 0 }

  const isLimited = () => {
    const now = Date.now()
    if (now >= outage.from && outage.to < outage.from)
      outage.to = now + random.between(OUTAGE.min, OUTAGE.max)
    if (now >= outage.from && now < outage.to) return true
    if (now >= outage.from) outage = { from: now + random.between(BETWEEN.min, BETWEEN.max), to: 0 }
    return !limit.admit().admitted
  }

  let shared: Promise<void> | undefined

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
    /** A random delay of the answer. All emails of a request share one, since Resend asks for them in one tick. */
    delay: (): Promise<void> => {
      shared ??= new Promise((resolve) => setTimeout(resolve, random.between(0, MAX_DELAY)))
      queueMicrotask(() => {
        shared = undefined
      })
      return shared
    },
  }
}

export type Faults = ReturnType<typeof createFaults>
