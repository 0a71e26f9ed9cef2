// A worker's part in long work that the console started: it takes the work up when its entry in the schedule falls due, does
// it beside everything else, and hands it over when it closes. After a crash another worker goes on. Work that errors or
// crashes keep ending before it comes any further is given up.

import { type Clock, MINUTE, SECOND } from '../../runtime/clock.ts'
import { failure, type Log } from '../../runtime/log.ts'
import type { Drive } from './drive.ts'
import type { WorkNow, WorkStore } from './store.ts'
import { hasEnded, nameOf, type Perform, type Work } from './work.ts'

/** A worker looks so often whether the process that does the work is still there. */
const EVERY = 5 * SECOND

/** After an error the work is tried again after so long, by how often it was taken up since it came further. */
const AGAIN = [5 * SECOND, 30 * SECOND, 3 * MINUTE, 15 * MINUTE]

/** Then it has failed. */
const MOST_STARTS = AGAIN.length + 1

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

  const givenUp = (work: Work, why: string): Work => ({
    ...{ ...work, problems: [`${why} Begin again once that is mended.`], endedAt: clock.now() },
    state: work.state === 'stopping' ? 'stopped' : 'failed',
  })

  const afterError = (error: unknown, work: Work): Work => {
    log.error({ work: nameOf(work), ...failure(error) }, 'long work failed')
    if (closing.signal.aborted) return work
    const again = AGAIN[work.starts - 1]
    if (again !== undefined && work.state === 'running')
      return { ...work, notBefore: clock.now() + again }
    const times = work.starts === 1 ? 'An error ended it.' : `Errors ended it ${work.starts} times.`
    return givenUp(work, `${times} The log says more, at “long work failed”.`)
  }

  const afterCrashes = (work: Work): Work =>
    givenUp(
      work,
      `Its process ended ${work.starts} times before it came any further, perhaps for lack of memory.`,
    )

  const doIt = async (work: WorkNow) => {
    if (work.starts >= MOST_STARTS && !work.isInHand)
      logEnd(await store.change(work.id, afterCrashes))
    else logEnd(await drive(work, perform, { closing: closing.signal, afterError }))
  }

  return {
    /** @returns when to look again (ms); `null` where nothing is left to do. */
    step: async (): Promise<number | null> => {
      const work = await store.latest()
      if (!work || hasEnded(work) || work.by !== 'console') return null
      if (!closing.signal.aborted && clock.now() >= work.notBefore)
        driving ??= doIt(work)
          .catch((error) => log.error(failure(error), 'end of long work not noted'))
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
