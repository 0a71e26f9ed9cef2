// Gives up for good on a message that was being sent and that nobody goes on with, so that it can be erased: mail has been on
// hold, or Postern in shadow mode, for longer than its idempotency key is good for.

import { type Clock, DAY } from '../runtime/clock.ts'
import type { BatchStore } from './batches/store.ts'
import type { State } from './delivery.ts'

/**
 * A retry that is late by so long is no longer made: its key is not trusted any more (`KEY_TRUSTED`), and no request lasts
 * that long.
 */
const ABANDONED = DAY

type AbandonParts = { batches: Pick<BatchStore, 'load' | 'apply'>; clock: Clock }

export const createAbandon = ({ batches, clock }: AbandonParts) => {
  /** Makes sure that no process sends a batch again; its other messages go where they would have gone. */
  const abandonBatch = async (id: string): Promise<boolean> => {
    const loaded = await batches.load(id)
    if (!loaded) return true
    const { batch } = loaded
    const at = clock.now()
    switch (batch.state) {
      case 'open': {
        if (at < batch.until + ABANDONED) return false
        const because = 'its process is gone'
        const destination = { to: 'waiting', notBefore: at, goesAlone: false, because } as const
        return (await batches.apply(id, loaded, { what: 'undone', at, destination })) !== null
      }
      case 'sealed': {
        const { firstAttemptAt, retryAt } = batch
        if (at < retryAt + ABANDONED) return false
        const because = 'its key is no longer trusted'
        const times = { firstAttemptAt, lastAttemptAt: retryAt }
        const destination = { to: 'unconfirmed', ...times, because } as const
        return (await batches.apply(id, loaded, { what: 'undone', at, destination })) !== null
      }
      case 'answered':
      case 'undone':
        return true // its request is over, and only its messages are left to be recorded
      default:
        return batch satisfies never
    }
  }

  /** @returns whether the message may be removed: `false` while a request may have it, or may get it. */
  return async (state: State): Promise<boolean> => {
    switch (state.state) {
      case 'sending':
        return clock.now() >= state.retryAt + ABANDONED
      case 'batched':
        return clock.now() >= state.claimedAt + ABANDONED && abandonBatch(state.batch)
      default:
        return true
    }
  }
}

export type Abandon = ReturnType<typeof createAbandon>
