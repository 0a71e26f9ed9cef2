// Handing a message to delivery by its id. The due entry is the promise, the nudge only hastens it.

import { type Due, NUDGE_LOST } from '../redis/due.ts'
import type { Clock } from '../runtime/clock.ts'

export const createHandOver = (due: Due, nudge: (id: string) => void, clock: Clock) => {
  /** Resolves once each message is sure to be looked at. */
  return async (messageIds: readonly string[]): Promise<void> => {
    await Promise.all(messageIds.map((id) => due.at(id, clock.now() + NUDGE_LOST)))
    for (const id of messageIds) nudge(id)
  }
}
