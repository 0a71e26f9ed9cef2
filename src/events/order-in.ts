// Reads the order out of a stored event.

import { readEvent } from '../polar/event.ts'
import type { Order } from '../polar/payloads.ts'
import type { EventStore } from './store.ts'

export const createOrderIn =
  (events: Pick<EventStore, 'load'>) =>
  /** @returns `null` where no such event is stored, or it carries no order. */
  async (eventId: string): Promise<Order | null> => {
    const stored = await events.load(eventId)
    const parsed = stored && readEvent(stored)
    return parsed && 'about' in parsed && parsed.about === 'order' ? parsed.order : null
  }
