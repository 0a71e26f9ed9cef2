// Hands messages over to delivery by their ids. The due entry is the promise, the nudge only hastens it.

import type { Kind } from '../../emails/index.ts'
import { NUDGE_LOST } from '../redis/due.ts'
import type { Stage } from '../redis/stage.ts'
import type { Clock } from '../runtime/clock.ts'
import { messagePriority } from './priority.ts'

export type Enqueued = { id: string; kind: Kind }

export const createEnqueue = ({ due, nudge }: Pick<Stage, 'due' | 'nudge'>, clock: Clock) => {
  /** Resolves once each message is sure to be delivered or accounted for. */
  return async (messages: readonly Enqueued[]): Promise<void> => {
    const entries = messages.map(({ id, kind }) =>
      due.at(id, clock.now() + NUDGE_LOST, messagePriority(kind)),
    )
    // One connection keeps the order of commands: each nudge comes after its due entry, so neither waits for the other.
    for (const { id, kind } of messages) nudge(id, messagePriority(kind))
    await Promise.all(entries)
  }
}

export type Enqueue = ReturnType<typeof createEnqueue>
