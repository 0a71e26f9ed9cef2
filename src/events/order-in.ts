// Finds the order in a stored event. Once its payload is gone, Polar has the order.

import type { PolarClient } from '../polar/client.ts'
import { readEvent, readOrder } from '../polar/event.ts'
import type { Order } from '../polar/payloads.ts'
import { isInterpreted, type StoredEvent } from './record.ts'

type Parts = {
  events: { load: (id: string) => Promise<StoredEvent | null> }
  polar: Pick<PolarClient, 'order'>
}

export const createOrderIn = ({ events, polar }: Parts) => {
  const askPolar = async (orderId: string, receivedAt: number): Promise<Order | null> => {
    const order = readOrder(await polar.order(orderId), receivedAt)
    return 'unreadable' in order ? null : order
  }

  /**
   * @returns `null` where no such event is stored, or it carries no order.
   * @throws {PolarUnavailableError} where its payload is gone and Polar cannot be asked.
   */
  return async (eventId: string): Promise<Order | null> => {
    const stored = await events.load(eventId)
    if (!stored) return null
    const { body } = stored
    if (body !== null) {
      const parsed = readEvent({ ...stored, body })
      return 'about' in parsed && parsed.about === 'order' ? parsed.order : null
    }
    if (!isInterpreted(stored) || !stored.type?.startsWith('order.')) return null
    return stored.ids.order ? askPolar(stored.ids.order, stored.receivedAt) : null
  }
}
