// The first source: deliveries that failed, with the payload and the `webhook-id` that they had. Polar keeps payloads for 90
// days, and makes none while the endpoint is disabled.

import type { PolarClient } from '../../polar/client.ts'
import { type Ours, ourEndpoints } from '../../polar/our-endpoints.ts'
import type { Found, Source } from '../found.ts'
import type { Known } from '../known.ts'

type DeliveriesParts = {
  polar: Pick<PolarClient, 'webhookEndpoints' | 'webhookDeliveries'>
  known: Pick<Known, 'has'>
  ours: Ours
}

/** The endpoints that are left, and where the next page of the first of them ends. */
type Cursor = { endpoints: readonly string[]; before: string }

export const createDeliveries = ({ polar, known, ours }: DeliveriesParts): Source => {
  const first = async (before: string): Promise<Cursor> => ({
    endpoints: ourEndpoints(await polar.webhookEndpoints(), ours).map(({ id }) => id),
    before,
  })
  return {
    name: 'failed deliveries',
    page: async ({ since, until }, cursor) => {
      const { endpoints, before }: Cursor =
        cursor === null ? await first(until) : JSON.parse(cursor)
      const [endpointId, ...others] = endpoints
      if (endpointId === undefined) return { found: [], next: null }
      const page = await polar.webhookDeliveries({
        ...{ endpointId, after: since, before, succeeded: false },
      })
      const events = new Map<string, Found>()
      for (const { event } of page.items) {
        if (event.payload === null || events.has(event.id) || (await known.has(event.id))) continue
        events.set(event.id, { id: event.id, body: event.payload })
      }
      const next: Cursor =
        page.next === null ? { endpoints: others, before: until } : { endpoints, before: page.next }
      return {
        // The oldest first: an order is read by what happened before it.
        found: [...events.values()].toReversed(),
        next: next.endpoints.length === 0 ? null : JSON.stringify(next),
      }
    },
  }
}
