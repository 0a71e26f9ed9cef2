// Decides whether it has been quiet for longer than this merchant's hours usually are: pure. The same stretch of the earlier
// weeks says how many webhooks would have come.

import { DAY, HOUR, MINUTE } from '../runtime/clock.ts'
import type { Finding } from './finding.ts'

const WEEK = 7 * DAY

/** So much history is looked at, and so much must there be. */
export const WEEKS = 4

/** Where 9.2 webhooks are expected, none comes once in ten thousand times (Poisson: e^-9.2). */
const EXPECTED = 9.2

/** Polar's own queue may stand still for a while. */
const SHORTEST = 10 * MINUTE

/** Webhooks that came, by hours since the epoch. */
export type Hours = ReadonlyMap<number, number>

/** How many came between two times (ms); of an hour's webhooks, a part of the hour has its share. */
const countBetween = (hours: Hours, from: number, until: number): number => {
  let count = 0
  for (let hour = Math.floor(from / HOUR); hour * HOUR < until; hour++) {
    const share = Math.min(until, (hour + 1) * HOUR) - Math.max(from, hour * HOUR)
    count += ((hours.get(hour) ?? 0) * share) / HOUR
  }
  return count
}

/** The lower one of the two in the middle: a week with a bulk of renewals says nothing of the others. */
const lowerMedian = (counts: readonly number[]): number =>
  counts.toSorted((a, b) => a - b)[Math.floor((counts.length - 1) / 2)] ?? 0

/** How many webhooks would usually have come from `from` until `until` (ms); 0 with less than a week of history. */
export const expectedBetween = (hours: Hours, from: number, until: number): number => {
  const oldest = Math.min(...hours.keys()) * HOUR
  const weeks = Array.from({ length: WEEKS }, (_, week) => (week + 1) * WEEK)
  const counts = weeks
    .filter((ago) => from - ago >= oldest)
    .map((ago) => countBetween(hours, from - ago, until - ago))
  return lowerMedian(counts)
}

const minuteOf = (time: number) =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** @param since the last webhook, or when the watch began (ms). */
export const silenceOf = (hours: Hours, since: number, now: number): Finding | null => {
  if (now - since < SHORTEST) return null
  const expected = expectedBetween(hours, Math.max(since, now - WEEK), now)
  if (expected < EXPECTED) return null
  return {
    name: 'silence',
    says: `No webhook of Polar's has come since ${minuteOf(since)}.`,
    why: `In the same hours of earlier weeks there were about ${Math.floor(expected)}.`,
    mend: "Look at npm run webhooks and at Polar's status page, and try /healthz from outside.",
  }
}
