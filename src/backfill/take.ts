// Takes a found event: it is stored, and then interpreted like every other; or only looked at; or, at a first start,
// only learned from.

import { LRUCache } from 'lru-cache'
import type { Complete } from '../events/complete.ts'
import type { Decide } from '../events/decide.ts'
import type { Forecast, ForecastOf } from '../events/forecast.ts'
import type { EventStore } from '../events/store.ts'
import { readEvent } from '../polar/event.ts'
import type { Priority } from '../redis/due.ts'
import { upTo } from '../runtime/cache.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Found } from './found.ts'
import type { Known } from './known.ts'

export type ForecastParts = {
  complete: Complete
  forecast: ForecastOf
  known: Pick<Known, 'note'>
  clock: Pick<Clock, 'now'>
  /** How many facts and events are remembered, so that none is counted twice. */
  remembered: number
}

/** The events of an erased customer are gone from the index, so they would be found as missed after each erasure. */
const isOfDeleted = (expected: Forecast) =>
  'ignored' in expected && expected.ignored === 'customer_deleted'

/**
 * Says what a found event leads to, once it is kept; `null` where it was kept before, where its customer is deleted, or where an
 * order or a refund was decided before, since then it says nothing new. A fact that two events say counts once. Nothing is remembered of an event that could
 * not be kept: it is found again.
 */
const createForecasts = (parts: ForecastParts) => {
  const { complete, forecast, known, clock, remembered } = parts
  const facts = new LRUCache<string, true>(upTo(remembered))
  return async (found: Found, keep: () => Promise<boolean>): Promise<Forecast | null> => {
    const event = await complete(readEvent({ ...found, receivedAt: clock.now() }))
    if ('ignored' in event) return (await keep()) ? event : null
    const expected = await forecast(event, true)
    if (isOfDeleted(expected)) return null
    const messages = 'messages' in expected ? expected.messages : []
    const counted = messages.map((message) =>
      facts.has(message.fact) ? { ...message, result: 'decided' as const } : message,
    )
    const isMoney = event.about === 'order' || event.about === 'refund'
    const isDecided = counted.length > 0 && counted.every(({ result }) => result === 'decided')
    const isNew = !(isMoney && isDecided) && (await keep())
    known.note(event.type, event.ids, event.occurredAt)
    for (const { fact } of messages) facts.set(fact, true)
    if (!isNew) return null
    return 'ignored' in expected ? expected : { messages: counted }
  }
}

/** Changes nothing. */
export const createDryTake = (parts: ForecastParts) => {
  const expect = createForecasts(parts)
  const seen = new LRUCache<string, true>(upTo(parts.remembered))
  return (found: Found): Promise<Forecast | null> =>
    expect(found, async () => {
      const isNew = !seen.has(found.id)
      seen.set(found.id, true)
      return isNew
    })
}

export type TakeParts = ForecastParts & {
  events: Pick<EventStore, 'add'>
  /** Hastens the interpretation of an event. */
  nudge: (id: string, priority: Priority) => void
}

/** Stores the event, and says what it leads to. */
export const createTake = (parts: TakeParts) => {
  const expect = createForecasts(parts)
  return (found: Found): Promise<Forecast | null> =>
    expect(found, async () => {
      const priority = await parts.events.add(found.id, Buffer.from(found.body), true)
      if (priority) parts.nudge(found.id, priority)
      return priority !== null
    })
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
