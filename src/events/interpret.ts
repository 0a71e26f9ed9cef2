// Interprets stored events: decides each in its customer's turn, hands its messages to delivery, records its outcome. Safe to
// repeat at any point.

import { subscriptionIdIn } from '../customers/forget.ts'
import type { CustomerStore } from '../customers/store.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import { type Event, readEvent } from '../polar/event.ts'
import type { EventIds } from '../polar/ids.ts'
import { MINUTE } from '../runtime/clock.ts'
import { failure } from '../runtime/log.ts'
import { type CompleteParts, createComplete } from './complete.ts'
import {
  type Decide,
  type Decided,
  type DecideParts,
  ERASED_AFTER,
  type Interpretation,
} from './decide.ts'
import type { Outcome } from './outcome.ts'
import { isInterpreted, type WaitingEvent } from './record.ts'
import type { EventStore } from './store.ts'
import { createLine, createTurns, type Leave, type Line } from './turns.ts'

type InterpretParts = CompleteParts &
  Pick<DecideParts, 'erasures' | 'clock' | 'log'> & {
    events: EventStore
    customers: Pick<CustomerStore, 'load'>
    decide: Decide
    /** Hastens the delivery of messages, and makes those of earlier events due again. */
    nudge: (messages: readonly Decided[]) => Promise<void>
    /** Receives each event once its outcome is recorded. */
    onInterpreted?: ((event: Interpreted) => void) | undefined
  }

/** An event with its outcome; it took so many milliseconds, its turn included. */
export type Interpreted = { id: string; type: string | null; outcome: Outcome; took: number }

/** An event of a customer that is not interpreted yet, and when that began, as `performance.now()`. */
type Opened = { stored: WaitingEvent; event: Event; began: number }

/** After so long an event is tried again that Polar could not be asked about. */
const PUT_OFF = MINUTE

/** Groups events in order, in steps: a step has one event of each subscription, and any other event alone. */
const steps = (opened: readonly Opened[]): Opened[][] => {
  const all: Opened[][] = []
  let subscriptions = new Set<string | null>()
  for (const one of opened) {
    const id = subscriptionIdIn(one.event)
    const isBeside = id !== null && !subscriptions.has(null) && !subscriptions.has(id)
    if (isBeside && all.length > 0) all.at(-1)?.push(one)
    else {
      all.push([one])
      subscriptions = new Set()
    }
    subscriptions.add(id)
  }
  return all
}

export const createInterpret = (parts: InterpretParts) => {
  const { events, customers, decide, erasures, nudge, onInterpreted, clock, log } = parts
  const complete = createComplete(parts)

  /** An event that is not decided may name a deleted customer too. */
  const eraseIfDeleted = async (customerId: string): Promise<void> => {
    const { state } = await customers.load(customerId, null)
    if (state.deletedAt) await erasures.at(customerId, clock.now() + ERASED_AFTER, 'high')
  }

  const settle = async (
    stored: WaitingEvent,
    about: { type: string | null; ids: EventIds; began: number },
    { outcome, decided }: Interpretation,
  ): Promise<void> => {
    // A crash here finds the event unsettled: it is interpreted again, and the same messages exist already.
    await nudge(decided)
    await events.settle(stored, about, outcome)
    log.info({ event: stored.id, type: about.type, ...outcome }, 'event interpreted')
    const { type, began } = about
    onInterpreted?.({ id: stored.id, type, outcome, took: performance.now() - began })
  }

  /** @returns `null` where Polar could not be asked; the event is due again later. */
  const orPutOff = async <T>(
    id: string,
    type: string | null,
    work: Promise<T>,
  ): Promise<T | null> => {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof PolarUnavailableError)) throw error
      await events.putOff(id, clock.now() + PUT_OFF)
      log.warn({ event: id, type, ...failure(error) }, 'event put off')
      return null
    }
  }

  /** Loads an event that is not decided yet; `null` where nothing is left to do. */
  const open = async (id: string): Promise<Opened | null> => {
    const began = performance.now()
    const stored = await events.load(id)
    if (!stored) return null
    if (isInterpreted(stored)) {
      await events.done(id) // another process was faster
      return null
    }
    const payload = readEvent(stored)
    const { type = null, ids = {} } = payload
    const event = await orPutOff(id, type, complete(payload))
    if (event && 'ignored' in event) {
      if (ids.customer) await eraseIfDeleted(ids.customer)
      await settle(stored, { type, ids, began }, { outcome: event, decided: [] })
    }
    return event && !('ignored' in event) ? { stored, event, began } : null
  }

  const decideOpened = ({ stored, event }: Opened, retry?: Line): Promise<Interpretation | null> =>
    orPutOff(stored.id, event.type, decide(event, stored, retry))

  const settleDecided = async (
    { stored, event, began }: Opened,
    interpretation: Interpretation | null,
  ): Promise<void> => {
    const { type, customer } = event
    const ids = { ...event.ids, customer: customer.id } // a refund may not name it
    if (interpretation) await settle(stored, { type, ids, began }, interpretation)
  }

  const failed = (id: string) => (error: unknown) => {
    log.error({ event: id, ...failure(error) }, 'events failed')
    return null
  }

  /** Ids that are being handled: a worker that is nudged about one again must not handle it twice. */
  const inHand = new Set<string>()

  /** Handles events that have waited for their turn. */
  const interpretAll = async (ids: readonly string[], leave: Leave): Promise<void> => {
    for (const id of ids) inHand.add(id)
    const found = await Promise.all(ids.map((id) => open(id).catch(failed(id))))
    const settling: Promise<unknown>[] = []
    const retry = createLine() // retries go one after another, or they would all compete for the same record
    for (const step of steps(found.filter((one) => one !== null))) {
      await Promise.all(
        step.map(async (one) => {
          const decided = await decideOpened(one, retry).catch(failed(one.stored.id))
          settling.push(settleDecided(one, decided).catch(failed(one.stored.id)))
        }),
      )
    }
    leave()
    await Promise.all(settling)
    for (const id of ids) inHand.delete(id)
  }

  const turns = createTurns(interpretAll)

  return {
    /** Resolves when the event is interpreted, or waits for others of its customer. */
    interpret: async (id: string): Promise<void> => {
      if (turns.isWaiting(id) || inHand.has(id)) return
      inHand.add(id)
      try {
        const opened = await open(id)
        const leave = opened && turns.take(opened.event.customer.id, id)
        // The state is written when the turn ends: the next event need not wait until this one is settled.
        if (leave) await settleDecided(opened, await decideOpened(opened).finally(leave))
      } finally {
        inHand.delete(id)
      }
    },
    /** Whether no event is in hand, and none waits for its turn. */
    isIdle: (): boolean => inHand.size === 0 && turns.isIdle(),
    close: turns.close,
  }
}
