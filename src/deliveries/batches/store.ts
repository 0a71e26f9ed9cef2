// Batches in Redis: each record on its own shard, beside the entry that says when somebody must see to it.

import { createCompareAndSet } from '../../redis/compare-and-set.ts'
import type { RedisClient } from '../../redis/connection.ts'
import type { Due } from '../../redis/due.ts'
import { shardSlot } from '../../redis/keys.ts'
import type { Batch } from './batch.ts'

export const createBatchStore = (redis: RedisClient, due: Due) => {
  const compareAndSet = createCompareAndSet(redis)
  const keyOf = (id: string) => shardSlot(id, 'batch', id)

  return {
    load: async (id: string): Promise<{ batch: Batch; expected: string } | null> => {
      const expected = await redis.get(keyOf(id))
      return expected === null ? null : { batch: JSON.parse(expected) as Batch, expected }
    },
    /** Stores a new batch; it is seen to at `until` at the latest. Answers its stored text. */
    open: async (id: string, ids: readonly string[], until: number): Promise<string> => {
      const text = JSON.stringify({ v: 1, state: 'open', ids, until } satisfies Batch)
      // One connection keeps their order: there is no record without its due entry.
      await Promise.all([due.at(id, until), redis.set(keyOf(id), text)])
      return text
    },
    /** Moves a batch on, to be seen to at `dueAt`, unless somebody else has moved it meanwhile (`null`). */
    move: async (
      id: string,
      expected: string,
      next: Batch,
      dueAt: number,
    ): Promise<string | null> => {
      const text = JSON.stringify(next)
      const [, moved] = await Promise.all([
        due.at(id, dueAt),
        compareAndSet({ key: keyOf(id), expected }, [{ key: keyOf(id), set: text }]),
      ])
      return moved ? text : null
    },
    /** All of it is recorded with its members: nothing more is to be known of it. */
    done: async (id: string) => {
      await redis.del(keyOf(id))
      await due.done(id)
    },
  }
}

export type BatchStore = ReturnType<typeof createBatchStore>
