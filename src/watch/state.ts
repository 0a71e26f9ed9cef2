// The state of the watch in Redis: when the last check began, and which findings are open. Of all processes one makes each check.

import { createCompareAndSet } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { WATCH_KEY } from '../redis/keys.ts'
import { MINUTE, SECOND } from '../runtime/clock.ts'
import { FINDINGS, type FindingName, type Open } from './finding.ts'

/** All times in milliseconds. */
export type WatchState = {
  /** Since when there have been checks without a break. */
  since: number
  checkedAt: number
  /** Earlier attempts of Polar's say nothing: the endpoint was mended meanwhile. */
  attemptsSince: number
  open: Open
}

/** Checks are so far apart: the next one is a tick later at most, so within a minute. */
const EVERY = 50 * SECOND

/** The first check follows the start of all processes after so long. */
const FIRST = 30 * SECOND

/** Without a check for so long, nobody was there to see anything. */
const BREAK = 3 * MINUTE

const read = (text: string): WatchState => JSON.parse(text)

/** The names of the open findings. */
export const openFindings = async (redis: Pick<RedisClient, 'get'>): Promise<FindingName[]> => {
  const text = await redis.get(WATCH_KEY)
  const open = text === null ? {} : read(text).open
  return FINDINGS.filter((name) => open[name] !== undefined)
}

export const createWatchState = (redis: RedisClient) => {
  const compareAndSet = createCompareAndSet(redis)

  const begun = (before: WatchState | null, now: number): WatchState => {
    if (before && now - before.checkedAt < BREAK) return before
    return {
      checkedAt: now - EVERY + FIRST,
      since: now,
      attemptsSince: now,
      open: before?.open ?? {},
    }
  }

  return {
    /** The state as this process begins a check; `null`: none is due, or another process makes it. */
    claim: async (now: number): Promise<WatchState | null> => {
      const text = await redis.get(WATCH_KEY)
      const before = text === null ? null : read(text)
      const state = begun(before, now)
      const isDue = now - state.checkedAt >= EVERY
      if (!isDue && state === before) return null
      const claimed = isDue ? { ...state, checkedAt: now } : state
      const done = await compareAndSet({ key: WATCH_KEY, expected: text }, [
        { key: WATCH_KEY, set: JSON.stringify(claimed) },
      ])
      return done && isDue ? claimed : null
    },
    /** Keeps what a check saw, unless a later one has begun. */
    save: async (claimed: WatchState, next: WatchState): Promise<void> => {
      await compareAndSet({ key: WATCH_KEY, expected: JSON.stringify(claimed) }, [
        { key: WATCH_KEY, set: JSON.stringify(next) },
      ])
    },
  }
}
