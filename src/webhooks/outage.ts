// Something that goes wrong with webhooks for a while: counts the minutes of it, says once when it has lasted ten minutes,
// and once when it is over. Kept in memory, for this process.

import { type Clock, MINUTE } from '../runtime/clock.ts'

/** An alert is due when it lasts this long. */
const LASTING = 10 * MINUTE

/** Longer than the 20 minutes that Polar may wait between two attempts: what comes back later has begun anew. */
const FORGOTTEN = 30 * MINUTE

type TroubleParts = {
  clock: Clock
  /** It is over at the first success so many milliseconds after the last failure. */
  calm: number
  onLasting: () => void
  onOver: () => void
}

export const createOutage = ({ clock, calm, onLasting, onOver }: TroubleParts) => {
  let run: { since: number; last: number; isTold: boolean } | null = null
  let isOpen = false // somebody was told, and not yet that it is over
  let minutes = 0
  let minute = Number.NaN

  return {
    failed: () => {
      const now = clock.now()
      const thisMinute = Math.floor(now / MINUTE)
      if (thisMinute !== minute) minutes++
      minute = thisMinute
      // A clock that was set back begins anew as well.
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
    /** Minutes in which it went wrong at least once. */
    minutes: () => minutes,
  }
}
