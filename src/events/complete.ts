// Completes a parsed event with what it does not bring itself, or says why it leads to no message.

import { PolarUnavailableError } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { type Event, type ParsedEvent, type readEvent, readOrder } from '../polar/event.ts'
import { type Clock, DAY } from '../runtime/clock.ts'
import type { Ignored } from './row.ts'
import { wentThrough } from './rows/refunds.ts'

export type CompleteParts = { polar: Pick<PolarClient, 'order'>; clock: Pick<Clock, 'now'> }

/** An event that leads to no message, whatever the customer state says. */
type Unmapped = { ignored: Extract<Ignored, 'unreadable' | 'not_mapped'>; because: string }

type Mapped = Exclude<ParsedEvent, { about: 'something else' }>

/** Postern stops asking Polar about an event after so long. */
const MAX_PUT_OFF = DAY

export const createComplete = ({ polar, clock }: CompleteParts) => {
  /** A refund names neither its customer nor the thing that was bought. */
  const withOrder = async (payload: Mapped): Promise<Event | null> => {
    if (payload.about !== 'refund') return payload
    try {
      const order = readOrder(await polar.order(payload.refund.order_id), payload.occurredAt)
      if (!('unreadable' in order)) return { ...payload, order, customer: order.customer }
      throw new PolarUnavailableError('Polar: an order that cannot be read')
    } catch (error) {
      // Even "no such order" may be a mistake: Postern asks again for a day.
      if (error instanceof PolarUnavailableError && clock.now() > payload.receivedAt + MAX_PUT_OFF)
        return null
      throw error
    }
  }

  /** @throws {PolarUnavailableError} */
  return async (payload: ReturnType<typeof readEvent>): Promise<Event | Unmapped> => {
    if ('unreadable' in payload) return { ignored: 'unreadable', because: payload.unreadable }
    if (payload.about === 'something else') return { ignored: 'not_mapped', because: payload.type }
    if (payload.about === 'refund' && !wentThrough(payload.refund))
      return { ignored: 'not_mapped', because: `${payload.type}: ${payload.refund.status}` }
    const event = await withOrder(payload)
    const because = 'a refund whose order Polar does not know'
    return event ?? { ignored: 'unreadable', because }
  }
}

export type Complete = ReturnType<typeof createComplete>
