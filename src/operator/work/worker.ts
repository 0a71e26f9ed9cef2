// A worker's part in long work that the console started: it takes the work up when its entry in the schedule falls due, does
// it beside everything else, and hands it over when it closes. After a crash another worker goes on.

import type { Clock } from '../../runtime/clock.ts'
import { SECOND } from '../../runtime/clock.ts'
import { failure, type Log } from '../../runtime/log.ts'
import type { Drive } from './drive.ts'
import type { WorkStore } from './store.ts'
import { hasEnded, nameOf, type Perform, type Work } from './work.ts'

/** A worker looks so often whether the process that does the work is still there. */
const EVERY = 5 * SECOND

type WorkerParts = {
  store: Pick<WorkStore, 'latest'>
  drive: Drive['drive']
  perform: Perform
  /** Makes the entry in the schedule due at once. */
  hasten: () => Promise<void>
  clock: Pick<Clock, 'now'>
  log: Log
}

export const createWorkWorker = (parts: WorkerParts) => {
  const { store, drive, perform, hasten, clock, log } = parts
  const closing = new AbortController()
  let driving: Promise<void> | undefined

  const doIt = async (work: Work) => {
    const after = await drive(work, perform, closing.signal)
    if (!after || !hasEnded(after)) return
    const facts = {
      work: nameOf(after),
      ended: after.state,
      found: Object.fromEntries(after.found),
    }
    log.info(facts, 'long work ended')
  }

  return {
    /** @returns when to look again (ms); `null` where nothing is left to do. */
    step: async (): Promise<number | null> => {
      const work = await store.latest()
      if (!work || hasEnded(work) || work.by !== 'console') return null
      if (!closing.signal.aborted)
        driving ??= doIt(work)
          .catch((error) => log.error(failure(error), 'long work failed, and is begun again'))
          .finally(() => {
            driving = undefined
          })
      return clock.now() + EVERY
    },
    close: async () => {
      closing.abort()
      if (!driving) return
      await driving
      await hasten().catch(() => {}) // otherwise the entry falls due within seconds
    },
  }
}
