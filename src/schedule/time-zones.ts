// The time of day where a customer lives, as far as the country of the billing address says.

import { HOUR, MINUTE } from '../runtime/clock.ts'

/** Where nobody knows the country: awake in both Europe and America. */
const UNKNOWN = ['Europe/Berlin', 'America/Los_Angeles']

/** The time zones of a country, by ICU's data. @param country two letters, as in ISO 3166. */
const zonesOf = (country: string): readonly string[] => {
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined
    timeZones?: string[]
  }
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
  formats.set(timeZone, made)
  return made
}

/** Milliseconds since midnight in a time zone, to the minute. */
const timeOfDay = (at: number, timeZone: string): number => {
  const [hours = 0, minutes = 0] = formatOf(timeZone).format(at).split(':').map(Number)
  return hours * HOUR + minutes * MINUTE
}

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
  const known = country !== null && /^[A-Z]{2}$/.test(country) ? zonesOf(country) : []
  const zones = known.length > 0 ? known : UNKNOWN
  const asleep = (time: number) =>
    zones.filter((zone) => isQuiet(timeOfDay(time, zone), quiet)).length
  let best = { time: at, asleep: asleep(at) }
  const next = Math.ceil(at / STEP) * STEP
  for (let step = 0; step < STEPS && best.asleep > 0; step++) {
    const time = next + step * STEP
    const count = asleep(time)
    if (count < best.asleep) best = { time, asleep: count }
  }
  return best.time
}
