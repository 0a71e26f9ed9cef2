// Takes a found event: it is stored, and then interpreted like every other; or only looked at; or, at a first start,
// only learned from.

import { LRUCache } from 'lru-cache'
import type { Complete } from '../events/complete.ts'
import type { Decide } from '../events/decide.ts'
import type { Forecast, ForecastOf } from '../events/forecast.ts'
import type { EventStore } from '../events/store.ts'
import { readEvent } from '../polar/event.ts'
import type { Priority } from '../redis/due.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Found } from './found.ts'
import type { Known } from './known.ts'

/** Facts and events that are remembered, so that none is counted twice. */
const REMEMBERED = 50_000

export type ForecastParts = {
  complete: Complete
  forecast: ForecastOf
  known: Pick<Known, 'note'>
  clock: Pick<Clock, 'now'>
}

/**
 * Says what a found event leads to; `null` where an order or a refund was decided before, since then it says nothing new. A
 * fact that two events say counts once.
 */
const createForecasts = ({ complete, forecast, known, clock }: ForecastParts) => {
  const facts = new LRUCache<string, true>({ max: REMEMBERED })
  return async (found: Found): Promise<Forecast | null> => {
    const event = await complete(readEvent({ ...found, receivedAt: clock.now() }))
    if ('ignored' in event) return event
    const expected = await forecast(event, true)
    known.note(event.type, event.ids, event.occurredAt)
    if ('ignored' in expected) return expected
    const messages = expected.messages.map((message) => {
      const isCounted = facts.has(message.fact)
      facts.set(message.fact, true)
      return isCounted ? { ...message, result: 'decided' as const } : message
    })
    const isMoney = event.about === 'order' || event.about === 'refund'
    return isMoney && messages.every(({ result }) => result === 'decided') ? null : { messages }
  }
}

/** Changes nothing. */
export const createDryTake = (parts: ForecastParts) => {
  const expect = createForecasts(parts)
  const seen = new LRUCache<string, true>({ max: REMEMBERED })
  return async (found: Found): Promise<Forecast | null> => {
    if (seen.has(found.id)) return null
    seen.set(found.id, true)
    return expect(found)
  }
}

export type TakeParts = ForecastParts & {
  events: Pick<EventStore, 'add'>
  /** Hastens the interpretation of an event. */
  nudge: (id: string, priority: Priority) => void
}

/** Stores the event, and says what it leads to. */
export const createTake = (parts: TakeParts) => {
  const expect = createForecasts(parts)
  return async (found: Found): Promise<Forecast | null> => {
    const expected = await expect(found)
    if (!expected) return null
    const priority = await parts.events.add(found.id, Buffer.from(found.body), true)
    if (priority) parts.nudge(found.id, priority)
    return priority ? expected : null
  }
}

/** Lets the customer state learn from an object, and mails nobody. */
export const createLearn = ({
  complete,
  decide,
  clock,
}: Pick<ForecastParts, 'complete' | 'clock'> & { decide: Decide }) => {
  return async (found: Found): Promise<Forecast | null> => {
    const receivedAt = clock.now()
    const event = await complete(readEvent({ ...found, receivedAt }))
    if ('ignored' in event) return null
    const { outcome } = await decide(event, { id: null, receivedAt, isBackfilled: true })
    return 'ignored' in outcome ? outcome : null
  }
}
