// Releases a held message, because a person said so: it waits for its turn as any other, and is not held for the same again.

import { NUDGE_LOST, type Priority } from '../redis/due.ts'
import type { Stage } from '../redis/stage.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Delivery } from './delivery.ts'
import type { HeldMessages } from './held.ts'
import type { DeliveryStore } from './store.ts'

type ReleaseMessageParts = {
  deliveries: Pick<DeliveryStore, 'load' | 'apply'>
  held: Pick<HeldMessages, 'remove'>
  stage: { due: Pick<Stage['due'], 'at'>; nudge: Stage['nudge'] }
  priorityOf: (messageId: string) => Promise<Priority>
  clock: Clock
}

export const createReleaseMessage = (parts: ReleaseMessageParts) => {
  const { deliveries, held, stage, priorityOf, clock } = parts
  /** Releases a message if it is held. Returns its delivery as it was when that was decided. */
  const release = async (id: string): Promise<Delivery> => {
    const loaded = await deliveries.load(id)
    const { delivery } = loaded
    if (delivery.state !== 'held') return delivery
    const priority = await priorityOf(id)
    const at = clock.now()
    // A message that was held for an hour has no due entry. A crash after this leaves one that its record knows nothing of,
    // which is harmless; in the other order the message would wait for ever.
    await stage.due.at(id, at + NUDGE_LOST, priority)
    if (!(await deliveries.apply(id, loaded, { what: 'released', at }))) return release(id)
    // A worker may have found the message held meanwhile, and removed the entry.
    await stage.due.at(id, at, priority)
    await held.remove(id)
    stage.nudge(id, priority)
    return delivery
  }
  return release
}

export type ReleaseMessage = ReturnType<typeof createReleaseMessage>
