// Drives long work in this process: keeps its lease, notes its progress, and ends it.

import { randomUUID } from 'node:crypto'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import type { WorkStore } from './store.ts'
import { hasEnded, type Perform, type Progress, type Work } from './work.ts'

const RENEWED_EVERY = 5 * SECOND

/** Progress is noted so often. */
const NOTED_EVERY = SECOND / 2

type Driving = {
  /** Aborted when the process closes. */
  closing?: AbortSignal
  /** Says what becomes of the work after an error. Without it, an error is thrown. */
  afterError?: (error: unknown, work: Work) => Work
}

type DriveParts = { store: WorkStore; clock: Pick<Clock, 'now'> }

export const createDrive = ({ store, clock }: DriveParts) => {
  const owner = randomUUID()

  /** Changes the work as long as this process has its lease. */
  const change = (id: string, next: (work: Work) => Work) => store.change(id, next, owner)

  const during = async (
    work: Work,
    perform: Perform,
    signal: AbortSignal,
  ): Promise<Work | null> => {
    let latest: Work | null = work
    let reached: Progress = { share: work.share, found: work.found, distance: work.distance }
    let notedAt = 0
    const note = async () => {
      notedAt = clock.now()
      const { share, found, place, distance } = reached
      latest = await change(work.id, (one) => ({
        ...{ ...one, share, found, place: place ?? one.place },
        ...(distance > one.distance && { distance, starts: 1 }),
      }))
    }
    const goesOn = () => latest?.state === 'running' && !signal.aborted
    const report = async (progress: Progress) => {
      reached = progress
      if (clock.now() >= notedAt + NOTED_EVERY) await note()
      return goesOn()
    }
    const { isDone, problems, tidy } = await perform(work, report, signal)
    await note()
    // Another process goes on with it: this start has not failed.
    if (signal.aborted && !isDone)
      return change(work.id, (one) => ({ ...one, starts: one.starts - 1 }))
    const ended = await change(work.id, (one) => ({
      ...{ ...one, problems, endedAt: clock.now() },
      ...(isDone
        ? { state: 'done', share: 1 }
        : { state: one.state === 'stopping' ? 'stopped' : 'failed' }),
    }))
    if (ended) await tidy?.()
    return ended
  }

  return {
    /** Names this process in its leases. */
    owner,
    /**
     * Does the work, unless another process does.
     * @returns the work as it is then; `null` where it is in other hands.
     */
    drive: async (work: Work, perform: Perform, driving: Driving = {}): Promise<Work | null> => {
      const { closing, afterError } = driving
      if (hasEnded(work) || !(await store.takeLease(owner))) return null
      const lost = new AbortController()
      const renew = async () => {
        if (!(await store.takeLease(owner).catch(() => true))) lost.abort()
      }
      const timer = setInterval(renew, RENEWED_EVERY)
      const signals = [lost.signal, ...(closing ? [closing] : [])]
      try {
        // A process that is killed leaves this count behind.
        const begun = await change(work.id, (one) => ({ ...one, starts: one.starts + 1 }))
        return begun && (await during(begun, perform, AbortSignal.any(signals)))
      } catch (error) {
        if (!afterError) throw error
        return await change(work.id, (one) => afterError(error, one))
      } finally {
        clearInterval(timer)
        await store.giveBackLease(owner)
      }
    },
  }
}

export type Drive = ReturnType<typeof createDrive>
