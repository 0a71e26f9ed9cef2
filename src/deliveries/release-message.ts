// Releases a held message, because a person said so: it waits for its turn as any other, and is not held for the same again.

import type { Kind } from '../../emails/index.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import type { Priority } from '../redis/due.ts'
import type { Stage } from '../redis/stage.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Delivery } from './delivery.ts'
import { type DeliveryStore, kindIn } from './store.ts'

type ReleaseMessageParts = {
  deliveries: Pick<DeliveryStore, 'load' | 'apply'>
  nudge: Stage['nudge']
  priorityOf: (kind: Kind) => Priority
  clock: Clock
}

export const createReleaseMessage = (parts: ReleaseMessageParts) => {
  const { deliveries, nudge, priorityOf, clock } = parts
  /** Releases a message if it is held. Returns its delivery as it was before; `null` where there is no such message. */
  return (id: string): Promise<Delivery | null> =>
    retryConflicts(async () => {
      const loaded = await deliveries.load(id)
      if (loaded?.delivery.state !== 'held') return { before: loaded?.delivery ?? null }
      const applied = await deliveries.apply(loaded, { what: 'released', at: clock.now() })
      if (!applied) return null
      nudge(id, priorityOf(kindIn(loaded.record)))
      return { before: loaded.delivery }
    }).then(({ before }) => before)
}

export type ReleaseMessage = ReturnType<typeof createReleaseMessage>
