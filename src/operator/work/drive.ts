// Drives long work in this process: keeps its lease, notes its progress, and ends it.

import { randomUUID } from 'node:crypto'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import type { WorkStore } from './store.ts'
import { hasEnded, type Perform, type Progress, type Work } from './work.ts'

const RENEWED_EVERY = 5 * SECOND

/** Progress is noted so often. */
const NOTED_EVERY = SECOND / 2

/** What becomes of the work in this process. */
export type Driving = {
  perform: Perform
  /** Aborts when this process closes. */
  closing?: AbortSignal
  /** Notes an error with the work; without it the error is thrown, as if the process had died. */
  onError?: (error: unknown) => (work: Work) => Work
}

type DriveParts = { store: WorkStore; clock: Pick<Clock, 'now'> }

export const createDrive = ({ store, clock }: DriveParts) => {
  const owner = randomUUID()

  const giveUp = (work: Work, next = (one: Work): Work => one) =>
    store.change(work.id, (one) => ({ ...next(one), owner: null }), owner)

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
      latest = await store.change(
        work.id,
        (one) => {
          const isFurther = share > one.furthest || (place !== undefined && place !== one.place)
          return {
            ...{ ...one, share, found, place: place ?? one.place },
            ...(isFurther && { furthest: Math.max(share, one.furthest), errors: 0 }),
          }
        },
        owner,
      )
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
    if (signal.aborted && !isDone) return giveUp(work)
    return store.change(
      work.id,
      (one) => ({
        ...{ ...one, problems, endedAt: clock.now(), owner: null },
        ...(isDone
          ? { state: 'done', share: 1 }
          : { state: one.state === 'stopping' ? 'stopped' : 'failed' }),
      }),
      owner,
    )
  }

  return {
    /** Names this process in its leases. */
    owner,
    /**
     * Does the work, unless another process does.
     * @returns the work as it is then; `null` where it is in other hands.
     */
    drive: async (begun: Work, driving: Driving): Promise<Work | null> => {
      const { perform, closing, onError } = driving
      if (hasEnded(begun) || !(await store.takeLease(owner))) return null
      const lost = new AbortController()
      const renew = async () => {
        if (!(await store.takeLease(owner).catch(() => true))) lost.abort()
      }
      const timer = setInterval(renew, RENEWED_EVERY)
      const signals = [lost.signal, ...(closing ? [closing] : [])]
      try {
        const work = await store.takeUp(begun.id, owner)
        return work && (await during(work, perform, AbortSignal.any(signals)))
      } catch (error) {
        if (!onError) throw error
        return await giveUp(begun, onError(error))
      } finally {
        clearInterval(timer)
        await store.giveBackLease(owner)
      }
    },
  }
}

export type Drive = ReturnType<typeof createDrive>
