// A stage of the work: one due set, and a queue of nudges for each priority, so that neither waits for the other.

import type { Clock } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { createDue, type Priority } from './due.ts'
import { createQueue } from './queue.ts'

type StageParts = {
  clock: Clock
  /** The connection of its queues, where that is another one. */
  nudgeBy?: RedisClient
  /** The id whose shard has the due entry of an id: by default its own. */
  shardIdOf?: (id: string) => string
  onLost: (ids: string[], error: unknown) => void
  /** The name of one of its ids in a log line. */
  noun?: string
}

export const createStage = (redis: RedisClient, name: string, parts: StageParts) => {
  const { clock, nudgeBy = redis, shardIdOf, noun = 'id', onLost } = parts
  const options = { onLost, countBy: redis }
  const queues = {
    high: createQueue(nudgeBy, name, options),
    low: createQueue(nudgeBy, `${name}_low`, options),
  }
  return {
    name,
    noun,
    due: createDue(redis, name, clock, shardIdOf),
    queues,
    /** Asks a worker to handle `id` soon. Never fails: the due entry makes up for a lost nudge. */
    nudge: (id: string, priority: Priority = 'high') => queues[priority].nudge(id),
    close: async () => {
      await Promise.all([queues.high.close(), queues.low.close()])
    },
  }
}

export type Stage = ReturnType<typeof createStage>
