// Undoing a batch that won't be sent, or not again: each member goes back to where it is decided anew.

import type { Lane, Lanes } from '../../redis/stage.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Batch, Whereto } from './batch.ts'
import type { BatchStore } from './store.ts'
import type { Delivery, Email, In } from '../delivery.ts'
import type { DeliveryStore } from '../store.ts'

type DissolveParts = {
  batches: BatchStore
  deliveries: DeliveryStore
  lanes: Lanes
  /** The lane of a message whose email is frozen. */
  laneOf: (email: Email) => Lane
  clock: Clock
}

const back = ({ claims }: In<'batched'>, to: Whereto): Delivery => {
  if (to.as === 'unconfirmed') {
    const { firstTriedAt, lastTriedAt } = to
    return { v: 1, state: 'unconfirmed', claims, firstTriedAt, lastTriedAt }
  }
  const { notBefore, goesAlone } = to
  return { v: 1, state: 'waiting', claims, notBefore, ...(goesAlone && { goesAlone }) }
}

export const createDissolve = (parts: DissolveParts) => {
  const { batches, deliveries, lanes, laneOf, clock } = parts

  const putBack = async (batchId: string, id: string, to: Whereto) => {
    const { delivery, was } = await deliveries.load(id)
    // It may have moved on: feedback has told of it, or its claim was never made.
    if (delivery.state !== 'batched' || delivery.batch !== batchId) return
    const email = await deliveries.frozen(id)
    await deliveries.move(id, was, back(delivery, to), to.as === 'waiting' ? 'thaw' : 'keep')
    // Its own due entry brings it back in any case; this hastens it.
    const time = to.as === 'waiting' ? to.notBefore : clock.now()
    if (email) await lanes[laneOf(email)].due.at(id, time)
  }

  const scatter = async (batchId: string, ids: readonly string[], to: Whereto) => {
    await Promise.all(ids.map((id) => putBack(batchId, id, to)))
    await Promise.all(ids.map((id) => deliveries.thawAccepted(id)))
    await batches.done(batchId)
  }

  return {
    /** Puts one member back that its batch doesn't have. */
    putBack,
    /** Puts members back whose batch is known not to be sent. */
    scatter,
    /** Gives a batch up, unless it has moved on since it was read. A crash on the way finds it dissolved, and goes on. */
    dissolve: async (batchId: string, was: string, ids: readonly string[], to: Whereto) => {
      const next: Batch = { v: 1, ids, state: 'dissolved', to }
      const moved = await batches.move(batchId, was, next, clock.now())
      if (moved !== null) await scatter(batchId, ids, to)
    },
  }
}

export type Dissolve = ReturnType<typeof createDissolve>
