// Polar empties old webhook events and attempts at night (UTC).

import { DAY, MINUTE } from '../../../runtime/clock.ts'

const KEPT = 90 * DAY

const isOlderThan = (createdAt: string, now: number, jobAt: number) => {
  const lastNight = Math.floor((now - jobAt) / DAY) * DAY + jobAt
  return Date.parse(createdAt) < lastNight - KEPT
}

/** Whether an event's payload is gone. */
export const isArchived = (createdAt: string, now: number) => isOlderThan(createdAt, now, 0)

/** Whether the response to an attempt is gone. */
export const isScrubbed = (createdAt: string, now: number) =>
  isOlderThan(createdAt, now, 30 * MINUTE)
