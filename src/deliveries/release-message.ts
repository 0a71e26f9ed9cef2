// Letting a held message go, because a person said so: it waits for its turn as any other, and is not held for the same again.

import { type Due, NUDGE_LOST } from '../redis/due.ts'
import type { NudgeQueue } from '../redis/queue.ts'
import type { Lane } from '../redis/stage.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Delivery } from './delivery.ts'
import type { HeldMessages } from './held.ts'
import type { DeliveryStore } from './store.ts'

type ReleaseMessageParts = {
  deliveries: Pick<DeliveryStore, 'load' | 'move'>
  held: Pick<HeldMessages, 'remove'>
  lanes: Record<Lane, { due: Pick<Due, 'at'>; queue: Pick<NudgeQueue, 'nudge'> }>
  laneOf: (messageId: string) => Promise<Lane>
  clock: Clock
}

export const createReleaseMessage = ({
  deliveries,
  held,
  lanes,
  laneOf,
  clock,
}: ReleaseMessageParts) => {
  /** Lets a message go if it is held, and answers what its delivery was when that was decided. */
  const releaseMessage = async (id: string): Promise<Delivery> => {
    const { delivery, expected } = await deliveries.load(id)
    if (delivery.state !== 'held') return delivery
    const { due, queue } = lanes[await laneOf(id)]
    // A crash after this finds a due entry that its record knows nothing of, which is harmless; the other way round the
    // message would wait for ever. It comes once more below: whoever looks in between takes the first away.
    await due.at(id, clock.now() + NUDGE_LOST)
    const next: Delivery = {
      v: 1,
      state: 'waiting',
      generation: delivery.generation, // the next claim has a key of its own
      notBefore: 0,
      isReleased: true,
    }
    if ((await deliveries.move(id, expected, next, 'thaw')) === null) return releaseMessage(id)
    await due.at(id, clock.now())
    await held.remove(id)
    queue.nudge(id)
    return delivery
  }
  return releaseMessage
}

export type ReleaseMessage = ReturnType<typeof createReleaseMessage>
