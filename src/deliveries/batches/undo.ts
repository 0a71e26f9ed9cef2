// Undoes a batch that won't be sent, or not again: each of its messages goes back to where it is decided anew.

import type { Clock } from '../../runtime/clock.ts'
import type { Happening } from '../delivery.ts'
import type { DeliveryStore } from '../store.ts'
import type { Destination } from './batch.ts'
import type { BatchStore, LoadedBatch } from './store.ts'

type UndoParts = { batches: BatchStore; deliveries: DeliveryStore; clock: Clock }

const happeningOf = (destination: Destination, at: number): Happening => {
  if (destination.to === 'unconfirmed') {
    const { because, firstAttemptAt, lastAttemptAt } = destination
    return { what: 'unconfirmed', at, because, firstAttemptAt, lastAttemptAt }
  }
  const { because, notBefore, goesAlone } = destination
  return { what: 'requeued', at, because, until: notBefore, goesAlone }
}

export const createUndoBatch = ({ batches, deliveries, clock }: UndoParts) => {
  /** Requeues one message of a batch, unless it has moved on: a report has resolved it, or its claim was never made. */
  const requeue = async (batchId: string, id: string, destination: Destination) => {
    const loaded = await deliveries.load(id)
    if (loaded?.delivery.state !== 'batched' || loaded.delivery.batch !== batchId) return
    await deliveries.apply(loaded, happeningOf(destination, clock.now()))
  }

  const requeueAll = async (batchId: string, ids: readonly string[], destination: Destination) => {
    await Promise.all(ids.map((id) => requeue(batchId, id, destination)))
    await batches.remove(batchId)
  }

  return {
    /** Requeues one message that its batch doesn't have. */
    requeue,
    /** Requeues messages whose batch is known not to be sent. */
    requeueAll,
    /** Undoes a batch, unless it has moved on since it was read. A crash on the way finds it `undone`, and goes on. */
    undo: async (
      batchId: string,
      loaded: LoadedBatch,
      ids: readonly string[],
      destination: Destination,
    ) => {
      const happening = { what: 'undone', at: clock.now(), destination } as const
      if (await batches.apply(batchId, loaded, happening))
        await requeueAll(batchId, ids, destination)
    },
  }
}

export type UndoBatch = ReturnType<typeof createUndoBatch>
