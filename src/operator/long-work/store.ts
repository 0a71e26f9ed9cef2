// Keeps the one long work in Redis: its record, and the lease of the process that does it. Work of the console has an entry
// in the due set `schedule`, written in the same step, so that a worker takes it up and another goes on after a crash. Work
// of a command ends with its process.

import { randomUUID } from 'node:crypto'
import { createCompareAndSet, retryConflicts } from '../../redis/compare-and-set.ts'
import type { RedisClient } from '../../redis/connection.ts'
import type { Due } from '../../redis/due.ts'
import { WORK_KEYS } from '../../redis/keys.ts'
import { createLease } from '../../redis/lease.ts'
import { type Clock, SECOND } from '../../runtime/clock.ts'
import { hasEndedHere, type ProcessStart } from '../../runtime/process-start.ts'
import { WORK } from '../../schedule/entries.ts'
import type { Actor } from '../actions.ts'
import { hasEnded, type Order, type Work } from './work.ts'

/** A process that is gone is noticed after so long. */
export const LEASE = 15 * SECOND

/** Whether it is surely known that a command's process is gone. Otherwise its lease says so. */
const isGone = ({ process }: Work): boolean => process !== undefined && hasEndedHere(process)

type StoreParts = { redis: RedisClient; due: Pick<Due, 'write'>; clock: Pick<Clock, 'now'> }

/** Who begins work. */
export type Beginner = {
  by: Actor
  from: string
  process?: ProcessStart | null
  owner?: string
  /** Work that ended before it was done: the new work has its order, and goes on from its place. */
  after?: Pick<Work, 'share' | 'found' | 'place' | 'distance'>
}

/** `isInHand`: a process does it. */
export type WorkNow = Work & { isInHand: boolean }

export const createWorkStore = ({ redis, due, clock }: StoreParts) => {
  const { work: key, lease } = WORK_KEYS
  const compareAndSet = createCompareAndSet(redis)
  const { take, giveBack } = createLease(redis, lease, LEASE)

  const read = async () => {
    const expected = await redis.get(key)
    return { expected, work: expected === null ? null : (JSON.parse(expected) as Work) }
  }

  const isInHand = async (work: Work): Promise<boolean> =>
    !hasEnded(work) && (await redis.exists(lease)) === 1 && !isGone(work)

  /**
   * Changes the work of this id while it has not ended.
   * @param owner then it changes only while `owner` has the lease.
   * @returns the work after that; `null`: there is none, or it is in other hands.
   */
  const change = (id: string, next: (work: Work) => Work, owner?: string): Promise<Work | null> =>
    retryConflicts(async () => {
      const { expected, work } = await read()
      const isLost = owner !== undefined && (await redis.get(lease)) !== owner
      if (work?.id !== id || hasEnded(work) || isLost) return { none: true as const }
      const after = next(work)
      const guards = [{ key, expected }, ...(owner ? [{ key: lease, expected: owner }] : [])]
      const isWritten = await compareAndSet(guards, [{ key, set: JSON.stringify(after) }])
      return isWritten ? after : null
    }).then((result) => ('none' in result ? null : result))

  return {
    /** The present work, or the last one. */
    latest: async (): Promise<WorkNow | null> => {
      const { work } = await read()
      return work && { ...work, isInHand: await isInHand(work) }
    },

    /**
     * A command that is gone is in nobody's way.
     * @param owner gets the lease in the same step; without it a worker takes the work up.
     * @returns the new work, or the one that is not done.
     */
    begin: (
      order: Order,
      { by, from, process, owner, after }: Beginner,
    ): Promise<{ begun: Work } | { busy: Work }> =>
      retryConflicts(async () => {
        const { expected, work: before } = await read()
        const isOver = !before || hasEnded(before) || before.by === 'command'
        if (before && (!isOver || (await isInHand(before)))) return { busy: before }
        const begun: Work = {
          ...{ id: randomUUID(), order, by, from, beganAt: clock.now(), endedAt: null },
          ...{ state: 'running', problems: [], starts: 0, notBefore: 0 },
          ...{ share: after?.share ?? 0, found: after?.found ?? [], place: after?.place ?? null },
          ...{ distance: after?.distance ?? 0, ...(process && { process }) },
        }
        const isWritten = await compareAndSet({ key, expected }, [
          { key, set: JSON.stringify(begun) },
          ...(owner === undefined
            ? [{ key: lease, delete: true as const }, due.write(WORK, clock.now(), 'high')]
            : [{ key: lease, set: owner, expiresIn: LEASE }]),
        ])
        return isWritten ? { begun } : null
      }),

    change,

    /** Asks the process that does it to stop; where none does, it ends here. @returns whether there was any. */
    stop: async (id: string): Promise<boolean> => {
      const { work } = await read()
      const state = work && (await isInHand(work)) ? 'stopping' : 'stopped'
      const endedAt = state === 'stopped' ? clock.now() : null
      return (await change(id, (one) => ({ ...one, state, endedAt }))) !== null
    },

    /** Takes or renews the lease. @returns whether `owner` has it. */
    takeLease: take,

    giveBackLease: giveBack,
  }
}

export type WorkStore = ReturnType<typeof createWorkStore>
