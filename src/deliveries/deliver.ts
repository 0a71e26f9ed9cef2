// Delivering one message: composing its email when its turn comes, and putting it where it goes with others. Whoever is
// nudged re-reads the record, and its state decides; so a lost, doubled or late nudge does no harm.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Lane, Lanes } from '../redis/stage.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createSemaphore } from '../runtime/semaphore.ts'
import { type About, type Composed, type Email, type In, Unrenderable } from './delivery.ts'
import type { Dispatcher, Draft, Permit } from './dispatcher.ts'
import type { Reconcile } from './reconcile.ts'
import type { DeliveryRecord, DeliveryRef } from './record.ts'
import type { createSendOne } from './send-one.ts'
import type { DeliveryStore } from './store.ts'

/** How long a message is waited for here that lacks something: another job would take its turn in the queue again. */
const MOMENT = 2 * SECOND

/** Messages of a lane that are composed and not yet on their way: a few batches, so that the next is ready in time. */
const MOST_READY = { prompt: 200, bulk: 300 }

/** Emails of a lane that are composed at a time, so that what comes promptly waits for few of those that come thick. */
const MOST_COMPOSED = { prompt: 50, bulk: 25 }

/** Bytes, about: with a batch of these a request would be too large. */
const LARGE = 100 * 1024

type DeliverParts = {
  deliveries: DeliveryStore
  lanes: Lanes
  /** Reads a message; `compose` checks it against what is known by then, and renders it with placeholders for links. */
  read: (messageId: string) => Promise<Readable | null>
  dispatcher: Dispatcher
  sendOne: ReturnType<typeof createSendOne>
  /** Sees to the batch that a message is in. */
  resumeBatch: (batchId: string, member: string) => Promise<unknown>
  reconcile: Reconcile
  record: DeliveryRecord
  /** All mail waits: what is nudged meanwhile is left to the sweeper. */
  isShut: () => boolean
  /** Nothing is sent, not even what was being sent when that was decided. */
  isShadow: boolean
  /** Messages that are about to be ready, in this process. */
  coming: { count: number }
  clock: Clock
  log: Log
}

type Readable = { about: About; compose: () => Promise<Composed> }

const isAlone = ({ attachment, html, text }: Email) =>
  attachment !== null || html.length + text.length > LARGE

export const createDeliver = (parts: DeliverParts) => {
  const { deliveries, lanes, read, dispatcher, sendOne, record, coming, clock, log } = parts
  const rooms = {
    prompt: createSemaphore(MOST_READY.prompt),
    bulk: createSemaphore(MOST_READY.bulk),
  }
  const desks = {
    prompt: createSemaphore(MOST_COMPOSED.prompt),
    bulk: createSemaphore(MOST_COMPOSED.bulk),
  }
  const inHand = new Set<string>()
  const handled = new Set<Promise<void>>()

  const whenComplete = async (
    lane: Lane,
    compose: () => Promise<Composed>,
    ready: () => void,
  ): Promise<Composed | Unrenderable> => {
    const until = clock.now() + MOMENT
    for (;;) {
      await desks[lane].take()
      const composed = await compose()
        .catch((error: unknown) => {
          if (error instanceof Unrenderable) return error
          throw error
        })
        .finally(desks[lane].give)
      if (!('retryAt' in composed) || composed.retryAt > until) return composed
      ready() // nobody else waits for this one
      await sleep(Math.max(composed.retryAt - clock.now(), 1))
    }
  }

  /** Composes a message. Answers its draft, if it is to be sent now. */
  const draftOf = async (
    message: DeliveryRef,
    { generation, isReleased }: In<'waiting'>,
    compose: Readable['compose'],
    ready: () => void,
  ): Promise<Draft | null> => {
    dispatcher.expect()
    const { id, lane } = message
    const composed = await whenComplete(lane, compose, ready)
    if (composed instanceof Unrenderable) {
      log.error({ message: id, ...failure(composed.cause) }, 'message could not be rendered')
      await record.failed(message, composed.message)
    } else if ('retryAt' in composed) await lanes[lane].due.at(id, composed.retryAt)
    else if ('notSent' in composed)
      await record.notSent(message, composed.notSent, composed.missing)
    else {
      const { email, links, isReceipt } = composed
      return { ...message, email, links, generation, isLimited: !isReceipt && !isReleased }
    }
    return null
  }

  /** Finds out what a message needs. Answers how its request is made, if it needs one. */
  const prepare = async (id: string, lane: Lane, ready: () => void) => {
    const [found, { delivery, expected }] = await Promise.all([read(id), deliveries.load(id)])
    if (!found) {
      // Its entry was written first, and a crash kept the message from following.
      await lanes[lane].due.done(id)
      log.warn({ message: id }, 'entry of a missing message dropped')
      return null
    }
    const { about, compose } = found
    const message = { id, about, lane, expected }
    const now = clock.now()
    switch (delivery.state) {
      case 'waiting': {
        const draft =
          delivery.notBefore > now ? null : await draftOf(message, delivery, compose, ready)
        if (!draft) return null
        return delivery.goesAlone || isAlone(draft.email)
          ? { goes: 'alone' as const, go: (permit: Permit) => sendOne.first(draft, permit) }
          : { goes: 'together' as const, draft }
      }
      case 'sending':
        if (delivery.retryAt > now || parts.isShadow) return null
        return {
          goes: 'alone' as const,
          go: (permit: Permit) => sendOne.again(message, delivery, permit),
        }
      case 'batched':
        await parts.resumeBatch(delivery.batch, id)
        return null
      case 'unconfirmed':
        parts.reconcile.ask(message, delivery)
        return null
      case 'held':
        await record.stillHeld(message, delivery)
        return null
      case 'accepted':
      case 'not_sent':
      case 'failed':
        await lanes[lane].due.done(id)
        return null
      default:
        return delivery satisfies never
    }
  }

  const handle = async (id: string, lane: Lane) => {
    let isComing = true
    const ready = () => {
      if (isComing) coming.count--
      isComing = false
      dispatcher.stir()
    }
    const left = () => {
      rooms[lane].give()
      inHand.delete(id)
    }
    try {
      const parcel = await prepare(id, lane, ready).finally(ready)
      if (parcel) dispatcher.add({ ...parcel, lane, left })
      else left()
    } catch (error) {
      left()
      throw error
    }
  }

  return {
    /** Takes a message of a lane in hand, once there is room; what becomes of it is in its record. */
    look: (lane: Lane) => async (id: string) => {
      if (inHand.has(id) || parts.isShut()) return
      inHand.add(id)
      if (!(await rooms[lane].take())) return
      coming.count++
      const handling: Promise<void> = handle(id, lane)
        .catch((error) => log.error({ message: id, ...failure(error) }, 'delivery failed'))
        .finally(() => handled.delete(handling))
      handled.add(handling)
    },
    /** Takes nothing in hand any more, and resolves when what was is ready to go or put back. */
    close: async () => {
      rooms.prompt.close()
      rooms.bulk.close()
      await Promise.all(handled)
    },
  }
}
