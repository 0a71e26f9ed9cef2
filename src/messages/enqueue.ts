// Handing messages to delivery by their ids, each in its lane. The due entry is the promise, the nudge only hastens it.

import type { Kind } from '../../emails/index.ts'
import { NUDGE_LOST } from '../redis/due.ts'
import type { Lanes } from '../redis/stage.ts'
import type { Clock } from '../runtime/clock.ts'
import { laneOf } from './priority.ts'

export type Enqueued = { id: string; kind: Kind }

export const createEnqueue = (lanes: Lanes, clock: Clock) => {
  /** Resolves once each message is sure to be looked at. */
  return async (messages: readonly Enqueued[]): Promise<void> => {
    const promised = messages.map(({ id, kind }) =>
      lanes[laneOf(kind)].due.at(id, clock.now() + NUDGE_LOST),
    )
    // On one connection the nudge comes after its due entry, so neither waits for the other.
    for (const { id, kind } of messages) lanes[laneOf(kind)].queue.nudge(id)
    await Promise.all(promised)
  }
}

export type Enqueue = ReturnType<typeof createEnqueue>
