// Two lanes of each stage: what somebody waits for, and what comes thick. Neither waits for the other.

import type { Clock } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { createDue, type Due } from './due.ts'
import { createQueue, type NudgeQueue } from './queue.ts'

export type Lane = 'prompt' | 'bulk'

type LanesParts = {
  clock: Clock
  onLost: (ids: string[], error: unknown) => void
}

/** What is due in a stage, and its queue of nudges. */
export type NudgedLane = { due: Due; queue: NudgeQueue }

export const createLane = (
  redis: RedisClient,
  name: string,
  { clock, onLost }: LanesParts,
): NudgedLane => ({
  due: createDue(redis, name, clock),
  queue: createQueue(redis, name, { onLost }),
})

/** The same for a stage with two lanes. */
export const createLanes = (redis: RedisClient, name: string, parts: LanesParts) => {
  const lanes = {
    prompt: createLane(redis, name, parts),
    bulk: createLane(redis, `${name}_bulk`, parts),
  }
  return {
    ...lanes,
    /** How many ids are due in both, or are being seen to. */
    count: async (): Promise<number> =>
      (await lanes.prompt.due.count()) + (await lanes.bulk.due.count()),
    close: async () => {
      await Promise.all([lanes.prompt.queue.close(), lanes.bulk.queue.close()])
    },
  }
}

export type Lanes = ReturnType<typeof createLanes>
