// Batches in Redis: each record on its own shard, beside its due entry. `apply` is the only way to change one.

import { createCompareAndSet } from '../../redis/compare-and-set.ts'
import type { RedisClient } from '../../redis/connection.ts'
import type { Due } from '../../redis/due.ts'
import { shardSlot } from '../../redis/keys.ts'
import { type Batch, type BatchHappening, batchTransition, openBatch } from './batch.ts'

/** A batch as it was read: `expected` is its stored text, which a compare-and-set must still find. */
export type LoadedBatch = { batch: Batch; expected: string }

/** When any process is to resume a batch, in milliseconds. */
const dueAt = (batch: Batch, { at }: BatchHappening): number => {
  switch (batch.state) {
    case 'open':
      return batch.until
    case 'sealed':
      return batch.retryAt
    default:
      return at
  }
}

export const createBatchStore = (redis: RedisClient, due: Due) => {
  const compareAndSet = createCompareAndSet(redis)
  const keyOf = (id: string) => shardSlot(id, 'batch', id)

  return {
    load: async (id: string): Promise<LoadedBatch | null> => {
      const expected = await redis.get(keyOf(id))
      return expected === null ? null : { batch: JSON.parse(expected) as Batch, expected }
    },
    /** Stores a new batch. At `until` (ms) another process resumes it, unless it has moved on. */
    open: async (id: string, ids: readonly string[], until: number): Promise<LoadedBatch> => {
      const batch = openBatch(ids, until)
      const expected = JSON.stringify(batch)
      // One connection keeps their order: there is no record without its due entry.
      await Promise.all([due.at(id, until), redis.set(keyOf(id), expected)])
      return { batch, expected }
    },
    /**
     * Changes a batch by what happened.
     * @param delay milliseconds until it is due, where its process is about to finish it.
     * @returns the batch after it; `null` where it cannot happen in this state, or another process has changed the batch
     * since it was read.
     */
    apply: async (
      id: string,
      { batch, expected }: LoadedBatch,
      happening: BatchHappening,
      delay = 0,
    ): Promise<LoadedBatch | null> => {
      const next = batchTransition(batch, happening)
      if (!next) return null
      const text = JSON.stringify(next)
      const [, done] = await Promise.all([
        due.at(id, dueAt(next, happening) + delay),
        compareAndSet({ key: keyOf(id), expected }, [{ key: keyOf(id), set: text }]),
      ])
      return done ? { batch: next, expected: text } : null
    },
    /** Removes a batch: all of it is recorded with its messages. */
    remove: async (id: string) => {
      await redis.del(keyOf(id))
      await due.done(id)
    },
  }
}

export type BatchStore = ReturnType<typeof createBatchStore>
