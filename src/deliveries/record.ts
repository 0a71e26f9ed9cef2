// What became of a message, written down: each ending in one step with all that goes with it.

import type { Alert } from '../alerts/alert.ts'
import type { Links } from '../links/issue.ts'
import type { Lane, Lanes } from '../redis/stage.ts'
import { type Clock, HOUR } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'
import type { About, Delivery, Held, In, Missing, NotSent } from './delivery.ts'
import type { HeldMessages } from './held.ts'
import type { Rehearsals } from './rehearsals.ts'
import type { DeliveryStore } from './store.ts'

type RecordParts = {
  deliveries: DeliveryStore
  lanes: Lanes
  held: HeldMessages
  rehearsals: Rehearsals
  /** What notes on links when their email was accepted. */
  mailed: (messageId: string, links: readonly string[], at: number) => ReturnType<Links['mailed']>
  tell: (news: Alert) => void
  clock: Clock
  log: Log
}

/** Whoever was told that a message is held, and has not decided by then, may have missed it. */
const HELD_TOO_LONG = HOUR

/** A message on its way, and the stored text of its delivery. */
export type DeliveryRef = { id: string; about: About; lane: Lane; expected: string | null }

export const createRecord = ({
  deliveries,
  lanes,
  held,
  rehearsals,
  mailed,
  tell,
  clock,
  log,
}: RecordParts) => {
  /** What is held is due again when it has been held for too long, if it is to be; unless it was let go a moment ago. */
  const putAside = async (
    { id, lane }: Pick<DeliveryRef, 'id' | 'lane'>,
    alertAt: number | null,
  ) => {
    const { due } = lanes[lane]
    await (alertAt === null ? due.done(id) : due.at(id, alertAt))
    const { delivery } = await deliveries.load(id)
    if (delivery.state !== 'held') await due.at(id, clock.now())
  }

  const end = async ({ id, lane, expected }: DeliveryRef, next: Delivery) => {
    const isHeld = next.state === 'held'
    // Of what may have been sent the links may be needed yet: a report on it can come any day.
    const frozen = isHeld && next.because === 'unconfirmed' ? 'keep' : 'thaw'
    const moved = await deliveries.move(id, expected, next, frozen)
    if (!moved) await deliveries.thawAccepted(id)
    else if (isHeld) await putAside({ id, lane }, next.at + HELD_TOO_LONG)
    else await lanes[lane].due.done(id)
    return moved !== null
  }

  return {
    /** A person has not decided yet; after an hour one is reminded, once. */
    stillHeld: async (message: Pick<DeliveryRef, 'id' | 'lane'>, { at, because }: In<'held'>) => {
      const { id } = message
      if (clock.now() < at + HELD_TOO_LONG) return putAside(message, at + HELD_TOO_LONG)
      log.warn({ message: id, because, since: new Date(at) }, 'message held for an hour')
      tell({ event: 'message_held_long', message: id, because })
      return putAside(message, null)
    },
    /** Resend has it. `links` are the ids of those in it. */
    accepted: async (message: DeliveryRef, links: readonly string[], providerId: string) => {
      const { id, lane } = message
      const at = clock.now()
      const next: Delivery = { v: 1, state: 'accepted', at, providerId, links }
      let { expected } = message
      while (!(await deliveries.move(id, expected, next, 'thaw', mailed(id, links, at)))) {
        // Somebody has moved on from this claim, but what Resend says it has, it has.
        const found = await deliveries.load(id)
        if (found.delivery.state === 'accepted') {
          await deliveries.thaw(id) // feedback was here first, and left what the batch needed
          return lanes[lane].due.done(id)
        }
        expected = found.expected
      }
      log.info({ message: id, ...message.about, provider: providerId }, 'message accepted')
      return lanes[lane].due.done(id)
    },
    failed: async (message: DeliveryRef, because: string) => {
      if (!(await end(message, { v: 1, state: 'failed', at: clock.now(), because }))) return
      log.error({ message: message.id, ...message.about, because }, 'message failed')
      tell({ event: 'message_failed', message: message.id, because })
    },
    /** @param missing what the email would have gone without, where it was rehearsed. */
    notSent: async (message: DeliveryRef, because: NotSent, missing: readonly Missing[] = []) => {
      const { id, about } = message
      const at = clock.now()
      if (because === 'shadow') await rehearsals.add(id, at)
      const lacks = missing.length > 0 && { missing }
      if (!(await end(message, { v: 1, state: 'not_sent', at, because, ...lacks }))) return
      log.info({ message: id, ...about, because, ...lacks }, 'message not sent')
    },
    /** Waits for a person. */
    held: async (message: DeliveryRef, generation: number, because: Held) => {
      const { id } = message
      const at = clock.now()
      await held.add(id, at)
      if (!(await end(message, { v: 1, state: 'held', at, because, generation }))) return
      log.error({ message: id, ...message.about, because }, 'message held')
      tell({ event: 'message_held', message: id, because })
    },
  }
}

export type DeliveryRecord = ReturnType<typeof createRecord>
