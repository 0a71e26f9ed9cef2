// Undoing a batch that won't be sent, or not again: each member goes back to where it is decided anew.

import type { Lane, Lanes } from '../../redis/stage.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Delivery, Email, In } from '../delivery.ts'
import type { DeliveryStore } from '../store.ts'
import type { Batch, Destination } from './batch.ts'
import type { BatchStore } from './store.ts'

type DissolveParts = {
  batches: BatchStore
  deliveries: DeliveryStore
  lanes: Lanes
  /** The lane of a message whose email is frozen. */
  laneOf: (email: Email) => Lane
  clock: Clock
}

const back = ({ generation }: In<'batched'>, to: Destination): Delivery => {
  if (to.as === 'unconfirmed') {
    const { firstAttemptAt, lastAttemptAt } = to
    return { v: 1, state: 'unconfirmed', generation, firstAttemptAt, lastAttemptAt }
  }
  const { notBefore, goesAlone } = to
  return { v: 1, state: 'waiting', generation, notBefore, ...(goesAlone && { goesAlone }) }
}

export const createUndoBatch = (parts: DissolveParts) => {
  const { batches, deliveries, lanes, laneOf, clock } = parts

  const requeue = async (batchId: string, id: string, to: Destination) => {
    const { delivery, expected } = await deliveries.load(id)
    // It may have moved on: feedback has told of it, or its claim was never made.
    if (delivery.state !== 'batched' || delivery.batch !== batchId) return
    const email = await deliveries.frozen(id)
    await deliveries.move(id, expected, back(delivery, to), to.as === 'waiting' ? 'thaw' : 'keep')
    // Its own due entry brings it back in any case; this hastens it.
    const time = to.as === 'waiting' ? to.notBefore : clock.now()
    if (email) await lanes[laneOf(email)].due.at(id, time)
  }

  const requeueAll = async (batchId: string, ids: readonly string[], to: Destination) => {
    await Promise.all(ids.map((id) => requeue(batchId, id, to)))
    await Promise.all(ids.map((id) => deliveries.thawAccepted(id)))
    await batches.done(batchId)
  }

  return {
    /** Puts one member back that its batch doesn't have. */
    requeue,
    /** Puts members back whose batch is known not to be sent. */
    requeueAll,
    /** Gives a batch up, unless it has moved on since it was read. A crash on the way finds it dissolved, and goes on. */
    undo: async (batchId: string, expected: string, ids: readonly string[], to: Destination) => {
      const next: Batch = { v: 1, ids, state: 'dissolved', to }
      const moved = await batches.move(batchId, expected, next, clock.now())
      if (moved !== null) await requeueAll(batchId, ids, to)
    },
  }
}

export type UndoBatch = ReturnType<typeof createUndoBatch>
