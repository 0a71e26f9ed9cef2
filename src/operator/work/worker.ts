// A worker's part in long work that the console started: it takes the work up when its entry in the schedule falls due, does
// it beside everything else, and hands it over when it closes. After a crash another worker goes on. Work that errors, or the
// death of its process, keep ending without any progress is given up.

import { type Clock, MINUTE, SECOND } from '../../runtime/clock.ts'
import { PosternError } from '../../runtime/errors.ts'
import { failure, type Log } from '../../runtime/log.ts'
import type { Drive } from './drive.ts'
import type { WorkStore } from './store.ts'
import { hasEnded, nameOf, type Perform, type Work } from './work.ts'

/** A worker looks so often whether the process that does the work is still there. */
const EVERY = 5 * SECOND

/** After an error the work is tried again after so long; after one error more it has failed. */
const AGAIN = [5 * SECOND, 30 * SECOND, 3 * MINUTE, 15 * MINUTE]

/** The processes that took the work up have all died. */
class DeadlyWorkError extends PosternError {
  override readonly name = 'DeadlyWorkError'
}

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

  const logEnd = (work: Work | null) => {
    if (!work || !hasEnded(work)) return
    const found = Object.fromEntries(work.found)
    log.info({ work: nameOf(work), ended: work.state, found }, 'long work ended')
  }

  const afterError = (work: Work, isDeadly: boolean): Work => {
    const errors = work.errors + (isDeadly ? 0 : 1)
    const again = AGAIN[errors - 1]
    if (again !== undefined && work.state === 'running')
      return { ...work, errors, notBefore: clock.now() + again }
    const ended = isDeadly ? 'Its process died' : 'An error or the end of its process stopped it'
    const problem = `${ended}${errors === 1 ? '' : ` ${errors} times in a row, and it got no further`}. The log says more, at “long work failed”. Begin again once that is mended.`
    return {
      ...{ ...work, errors, problems: [problem], endedAt: clock.now() },
      state: work.state === 'stopping' ? 'stopped' : 'failed',
    }
  }

  const attempt: Perform = (work, ...rest) => {
    if (work.errors > AGAIN.length)
      throw new DeadlyWorkError('each process that did it has died, and it got no further')
    return perform(work, ...rest)
  }

  const doIt = async (work: Work) => {
    const onError = (error: unknown) => {
      log.error({ work: nameOf(work), ...failure(error) }, 'long work failed')
      return (one: Work) =>
        closing.signal.aborted ? one : afterError(one, error instanceof DeadlyWorkError)
    }
    logEnd(await drive(work, { perform: attempt, closing: closing.signal, onError }))
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
