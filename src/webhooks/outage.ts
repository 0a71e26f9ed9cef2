// Follows an outage of webhooks: counts its minutes, reports once when it has lasted ten minutes, and once when it is over.
// In memory, for this process.

import { type Clock, MINUTE } from '../runtime/clock.ts'

/** An alert is due when it lasts this long. */
const LASTING = 10 * MINUTE

/** Longer than the 20 minutes that Polar may wait between two attempts. A failure after such a break begins a new outage. */
const FORGOTTEN = 30 * MINUTE

type TroubleParts = {
  clock: Clock
  /** The outage ends at the first success that is so many milliseconds after the last failure. */
  calm: number
  onLasting: () => void
  onOver: () => void
}

export const createOutage = ({ clock, calm, onLasting, onOver }: TroubleParts) => {
  let run: { since: number; last: number; isTold: boolean } | null = null
  let isOpen = false // reported, and its end is not
  let minutes = 0
  let minute = Number.NaN

  return {
    failed: () => {
      const now = clock.now()
      const thisMinute = Math.floor(now / MINUTE)
      if (thisMinute !== minute) minutes++
      minute = thisMinute
      // A clock that was set back begins a new outage as well.
      const goesOn = run !== null && now >= run.last && now - run.last <= FORGOTTEN
      run = run && goesOn ? { ...run, last: now } : { since: now, last: now, isTold: false }
      if (run.isTold || now - run.since < LASTING) return
      run.isTold = true
      isOpen = true
      onLasting()
    },
    succeeded: () => {
      if (run === null && !isOpen) return
      const sinceLast = run === null ? calm : clock.now() - run.last
      if (sinceLast >= 0 && sinceLast < calm) return
      run = null
      if (!isOpen) return
      isOpen = false
      onOver()
    },
    /** Minutes with at least one failure. */
    minutes: () => minutes,
  }
}
