// Drives long work in this process: keeps its lease, notes its progress, and ends it.

import { randomUUID } from 'node:crypto'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import type { WorkStore } from './store.ts'
import { hasEnded, type Perform, type Progress, type Work } from './work.ts'

const RENEWED_EVERY = 5 * SECOND

/** Progress is noted so often. */
const NOTED_EVERY = SECOND / 2

type DriveParts = { store: WorkStore; clock: Pick<Clock, 'now'> }

export const createDrive = ({ store, clock }: DriveParts) => {
  const owner = randomUUID()

  const during = async (
    work: Work,
    perform: Perform,
    signal: AbortSignal,
  ): Promise<Work | null> => {
    let latest: Work | null = work
    let reached: Progress = { share: work.share, found: work.found }
    let notedAt = 0
    const note = async () => {
      notedAt = clock.now()
      const { share, found, place } = reached
      latest = await store.change(work.id, (one) => ({
        ...one,
        share,
        found,
        place: place ?? one.place,
      }))
    }
    const goesOn = () => latest?.state === 'running' && !signal.aborted
    const report = async (progress: Progress) => {
      reached = progress
      if (clock.now() >= notedAt + NOTED_EVERY) await note()
      return goesOn()
    }
    const { isDone, problems } = await perform(work, report, signal)
    await note()
    // Another process goes on with it.
    if (signal.aborted && !isDone) return latest
    return store.change(work.id, (one) => ({
      ...{ ...one, problems, endedAt: clock.now() },
      ...(isDone
        ? { state: 'done', share: 1 }
        : { state: one.state === 'stopping' ? 'stopped' : 'failed' }),
    }))
  }

  return {
    /** Names this process in its leases. */
    owner,
    /**
     * Does the work, unless another process does. After an error it is as if the process had died.
     * @returns the work as it is then; `null` where it is in other hands.
     */
    drive: async (work: Work, perform: Perform, closing?: AbortSignal): Promise<Work | null> => {
      if (hasEnded(work) || !(await store.takeLease(owner))) return null
      const lost = new AbortController()
      const renew = async () => {
        if (!(await store.takeLease(owner).catch(() => true))) lost.abort()
      }
      const timer = setInterval(renew, RENEWED_EVERY)
      const signals = [lost.signal, ...(closing ? [closing] : [])]
      try {
        return await during(work, perform, AbortSignal.any(signals))
      } finally {
        clearInterval(timer)
        await store.giveBackLease(owner)
      }
    },
  }
}

export type Drive = ReturnType<typeof createDrive>
