// A worker's part in long work that the console started: it takes the work up when its entry in the schedule falls due, does
// it beside everything else, and hands it over when it closes. After a crash another worker goes on. Work that errors keep
// ending is given up.

import { type Clock, MINUTE, SECOND } from '../../runtime/clock.ts'
import { failure, type Log } from '../../runtime/log.ts'
import type { Drive } from './drive.ts'
import type { WorkStore } from './store.ts'
import { hasEnded, nameOf, type Perform, type Work } from './work.ts'

/** A worker looks so often whether the process that does the work is still there. */
const EVERY = 5 * SECOND

/** After an error the work is tried again after so long; after one error more it has failed. */
const AGAIN = [5 * SECOND, 30 * SECOND, 3 * MINUTE, 15 * MINUTE]

type WorkerParts = {
  store: Pick<WorkStore, 'latest' | 'change'>
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

  const logEnd = (work: Work | null) => {
    if (!work || !hasEnded(work)) return
    const found = Object.fromEntries(work.found)
    log.info({ work: nameOf(work), ended: work.state, found }, 'long work ended')
  }

  const afterError = (work: Work): Work => {
    const errors = work.errors + 1
    const again = AGAIN[work.errors]
    if (again !== undefined && work.state === 'running')
      return { ...work, errors, notBefore: clock.now() + again }
    const problem = `${errors === 1 ? 'An error ended it.' : `Errors ended it ${errors} times.`} The log says more, at “long work failed”. Begin again once that is mended.`
    return {
      ...{ ...work, errors, problems: [problem], endedAt: clock.now() },
      state: work.state === 'stopping' ? 'stopped' : 'failed',
    }
  }

  const doIt = async (work: Work) => {
    try {
      logEnd(await drive(work, perform, closing.signal))
    } catch (error) {
      log.error({ work: nameOf(work), ...failure(error) }, 'long work failed')
      if (!closing.signal.aborted) logEnd(await store.change(work.id, afterError))
    }
  }

  return {
    /** @returns when to look again (ms); `null` where nothing is left to do. */
    step: async (): Promise<number | null> => {
      const work = await store.latest()
      if (!work || hasEnded(work) || work.by !== 'console') return null
      if (!closing.signal.aborted && clock.now() >= work.notBefore)
        driving ??= doIt(work)
          .catch((error) => log.error(failure(error), 'failure of long work not noted'))
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
