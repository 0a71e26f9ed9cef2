// The quiet hours where a customer lives, as far as the country of the billing address says.

import { localTime, zonesOf } from '../../emails/index.ts'
import { HOUR, MINUTE } from '../runtime/clock.ts'

/** Where nobody knows the country: awake in both Europe and America. */
const UNKNOWN = ['Europe/Berlin', 'America/Los_Angeles']

/** Hours of the day, from the first to before the second; the first may be the later one. Equal hours: none. */
export type QuietHours = { from: number; until: number }

const isQuiet = (time: number, { from, until }: QuietHours): boolean =>
  from <= until
    ? time >= from * HOUR && time < until * HOUR
    : time >= from * HOUR || time < until * HOUR

const STEP = 15 * MINUTE
const STEPS = 96 // a day of them

/**
 * The first time from `at` (ms) on at which no part of the country has quiet hours. Where a country is too wide for that: the
 * time at which the fewest of its time zones have them.
 */
export const awakeAt = (at: number, country: string | null, quiet: QuietHours): number => {
  const known = zonesOf(country)
  const zones = known.length > 0 ? known : UNKNOWN
  const asleep = (time: number) =>
    zones.filter((zone) => isQuiet(localTime(time, zone).time, quiet)).length
  let best = { time: at, asleep: asleep(at) }
  const next = Math.ceil(at / STEP) * STEP
  for (let step = 0; step < STEPS && best.asleep > 0; step++) {
    const time = next + step * STEP
    const count = asleep(time)
    if (count < best.asleep) best = { time, asleep: count }
  }
  return best.time
}
