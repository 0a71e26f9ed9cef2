// Delivers one message: reads its record, composes its email if that is due, and gives it to the dispatcher. Its state
// decides, so a lost, doubled or late nudge does no harm.

import type { Priority } from '../redis/due.ts'
import type { About, Email } from '../resend/email.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { failure, type Log } from '../runtime/log.ts'
import { createSemaphore } from '../runtime/semaphore.ts'
import type { Adoptions } from './adoptions.ts'
import { type Composed, UnrenderableError } from './composed.ts'
import type { In } from './delivery.ts'
import type { AcquireSlot, Dispatcher, Draft } from './dispatcher.ts'
import { createMoments } from './moments.ts'
import type { Reconcile } from './reconcile.ts'
import type { InProgress, OutcomeRecord } from './record-outcome.ts'
import type { SendOne } from './send-one.ts'
import { type DeliveryStore, idsOf, type Loaded } from './store.ts'

/** A message that lacks something waits so long in this process: another job would queue again. */
const MOMENT = 2 * SECOND

/** Messages of a priority that are composed and not yet on their way: a few batches, so that the next is ready in time. */
const MAX_READY = { high: 200, low: 300 }

/** Emails of a priority that are composed at a time, so that fresh receipts wait for few of a billing day's. */
const MAX_COMPOSING = { high: 50, low: 25 }

/** Bytes, about: with a batch of these a request would be too large. */
const LARGE = 100 * 1024

type DeliverParts = {
  deliveries: DeliveryStore
  /** The email of a message: `compose` checks it against what is known by then, and renders it with placeholders for links. */
  prepare: (loaded: Loaded) => Prepared
  dispatcher: Dispatcher
  sendOne: SendOne
  resumeBatch: (batchId: string, member: string) => Promise<unknown>
  reconcile: Reconcile
  record: OutcomeRecord
  /** The email that a message was sent as before Redis was restored. */
  sentAs: Adoptions['sentAs']
  /** All mail waits: ids that are nudged meanwhile are left to the sweeper. */
  wasPaused: () => boolean
  /** The same, asked of Redis. */
  isPaused: () => Promise<boolean>
  /** Nothing is sent, not even a message that was being sent when that was decided. */
  isShadow: boolean
  clock: Clock
  log: Log
}

type Prepared = { about: About; compose: () => Promise<Composed> }

const goesAlone = ({ attachment, html, text }: Email) =>
  attachment !== null || html.length + text.length > LARGE

export const createDeliver = (parts: DeliverParts) => {
  const { deliveries, prepare, dispatcher, sendOne, record, clock, log } = parts
  const ready = { high: createSemaphore(MAX_READY.high), low: createSemaphore(MAX_READY.low) }
  const composers = {
    high: createSemaphore(MAX_COMPOSING.high),
    low: createSemaphore(MAX_COMPOSING.low),
  }
  const inHand = new Set<string>()
  /** Ids that were nudged about while they were in hand: an event may have brought what their message waits for. */
  const nudgedAgain = new Set<string>()
  const running = new Set<Promise<void>>()
  /** Messages that were in hand when it was closed, and that no request was made for. */
  const left = new Map<string, Priority>()
  let isClosed = false
  const moments = createMoments(clock)

  const composeWhenComplete = async (
    id: string,
    priority: Priority,
    compose: () => Promise<Composed>,
    notExpected: () => void,
  ): Promise<Composed | UnrenderableError> => {
    const until = clock.now() + MOMENT
    for (;;) {
      await composers[priority].acquire()
      const composed = await compose()
        .catch((error: unknown) => {
          if (error instanceof UnrenderableError) return error
          throw error
        })
        .finally(composers[priority].release)
      if (!('retryAt' in composed) || composed.retryAt > until) return composed
      notExpected() // no other message waits for this one
      await moments.wait(id, composed.retryAt)
    }
  }

  /** Composes a message. Returns its draft, if it is to be sent now. */
  const draftOf = async (
    message: InProgress & { dueScore: number },
    { isReleased }: In<'waiting'>,
    compose: Prepared['compose'],
    priority: Priority,
    notExpected: () => void,
  ): Promise<Draft | null> => {
    const { id } = message
    const composed = await composeWhenComplete(id, priority, compose, notExpected)
    if (composed instanceof UnrenderableError) {
      log.error({ ...idsOf(message), ...failure(composed.cause) }, 'message could not be rendered')
      await record.failed(message, composed.message)
    } else if ('retryAt' in composed)
      await deliveries.putOff(id, message.dueScore, composed.retryAt)
    else if ('notSent' in composed)
      await record.notSent(message, composed.notSent, composed.missing)
    else {
      const { email, links, isReceipt } = composed
      return { ...message, email, links, isLimited: !isReceipt && !isReleased }
    }
    return null
  }

  /** Does what the state of a message asks for. Returns its parcel, if a request is needed. */
  const parcelOf = async (id: string, priority: Priority, notExpected: () => void) => {
    const [loaded, dueScore, sent] = await Promise.all([
      deliveries.load(id),
      deliveries.dueScore(id),
      parts.sentAs(id),
    ])
    if (!loaded) {
      // It was erased, or grew too old, while its nudge was on its way.
      await deliveries.done(id)
      log.warn({ message: id }, 'entry of a missing message dropped')
      return null
    }
    const { about, compose } = prepare(loaded)
    const { delivery } = loaded
    const message = { about, ...loaded }
    const now = clock.now()
    switch (delivery.state) {
      case 'waiting': {
        if (sent) {
          await deliveries.apply(loaded, { what: 'adopted', ...sent }, { mailedAt: sent.at })
          return null
        }
        if (delivery.notBefore > now) return null
        // A rehearsal asks for no slot, so nothing else would keep it back.
        if (parts.isShadow && (await parts.isPaused())) return null
        const draft = await draftOf(
          { ...message, dueScore },
          delivery,
          compose,
          priority,
          notExpected,
        )
        if (!draft) return null
        return delivery.goesAlone || goesAlone(draft.email)
          ? {
              goes: 'alone' as const,
              request: (acquire: AcquireSlot) => sendOne.first(draft, acquire),
            }
          : { goes: 'together' as const, draft }
      }
      case 'sending':
        if (delivery.retryAt > now || parts.isShadow) return null
        return {
          goes: 'alone' as const,
          request: (acquire: AcquireSlot) => sendOne.again(message, delivery, acquire),
        }
      case 'batched':
        await parts.resumeBatch(delivery.batch, id)
        return null
      case 'unconfirmed':
        parts.reconcile.ask(message, delivery)
        return null
      case 'held':
        await record.stillHeld(loaded, delivery)
        return null
      case 'accepted':
      case 'not_sent':
      case 'failed':
        await deliveries.done(id)
        return null
      default:
        return delivery satisfies never
    }
  }

  const leave = (id: string, priority: Priority) => {
    if (isClosed) left.set(id, priority)
  }

  const deliver = async (id: string, priority: Priority) => {
    const notExpected = dispatcher.expect()
    const taken = () => {
      ready[priority].release()
      inHand.delete(id)
      nudgedAgain.delete(id)
    }
    try {
      const parcel = await parcelOf(id, priority, notExpected).finally(notExpected)
      if (parcel) {
        dispatcher.add({ ...parcel, priority, taken, dropped: () => leave(id, priority) })
        return
      }
      const isNudgedAgain = nudgedAgain.has(id)
      taken()
      if (isNudgedAgain) await take(id, priority)
    } catch (error) {
      taken()
      throw error
    }
  }

  const take = async (id: string, priority: Priority) => {
    if (inHand.has(id)) nudgedAgain.add(id)
    if (inHand.has(id) || parts.wasPaused()) return
    inHand.add(id)
    if (!(await ready[priority].acquire())) return leave(id, priority)
    const delivering: Promise<void> = deliver(id, priority)
      .catch((error) => log.error({ message: id, ...failure(error) }, 'delivery failed'))
      .finally(() => running.delete(delivering))
    running.add(delivering)
  }

  return {
    /** Takes a message in hand, once there is room for one more of its priority; its record has the result. */
    handler: take,
    moments,
    /** Whether every message that was taken in hand is on its way, or put back, or waits for its moment. */
    isIdle: () => Math.max(inHand.size, running.size) === moments.count(),
    /** The messages that it has left behind since it was closed: other workers need not wait until they are due. */
    left: (): ReadonlyMap<string, Priority> => left,
    /** Takes no message in hand any more, and resolves when those in hand are with the dispatcher or put back. */
    close: async () => {
      isClosed = true
      ready.high.close()
      ready.low.close()
      await Promise.all(running)
    },
  }
}
