// Polar's timestamps: UTC, microseconds, `Z`.

import { type Clock, DAY, SECOND } from '../../runtime/clock.ts'

const format = (micros: number) =>
  `${new Date(Math.floor(micros / 1_000)).toISOString().slice(0, -1)}${String(micros % 1_000).padStart(3, '0')}Z`

export type Stamp = () => string

/**
 * Returns the clock's time, always later than the last result, so that timestamps show the order of changes. Each call
 * runs a millisecond ahead of the clock, and only microseconds once it is a second ahead.
 */
export const createStamp = (clock: Clock): Stamp => {
  let last = 0
  return () => {
    const now = clock.now() * 1_000 + 251
    const step = last - now < SECOND * 1_000 ? 1_013 : 1
    last = Math.max(now, last + step)
    return format(last)
  }
}

/** Microseconds since the epoch, for instants that a millisecond does not tell apart. */
export const microsOf = (instant: string) => {
  const [, micros = ''] = /\.\d{3}(\d{1,3})/.exec(instant) ?? []
  return Date.parse(instant) * 1_000 + Number(micros.padEnd(3, '0'))
}

/** The instant `ms` later; microseconds stay as they are. */
export const later = (instant: string, ms: number) => {
  const moved = new Date(Date.parse(instant) + ms).toISOString()
  return `${moved.slice(0, -1)}${instant.slice(23, -1).padEnd(3, '0')}Z`
}

export type Interval = 'day' | 'week' | 'month' | 'year'

/** The instant `count` intervals later. A month ends where the shorter month ends: 31 January → 28 February. */
export const afterInterval = (instant: string, interval: Interval, count: number) => {
  if (interval === 'day') return later(instant, count * DAY)
  if (interval === 'week') return later(instant, count * 7 * DAY)
  const from = new Date(instant)
  const months = interval === 'year' ? count * 12 : count
  const to = new Date(from)
  to.setUTCDate(1)
  to.setUTCMonth(to.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate()
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay))
  return later(instant, to.getTime() - from.getTime())
}
