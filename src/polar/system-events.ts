// Reads what happened at Polar from its Events API, which knows it even where no webhook endpoint was enabled. It names the
// objects only. New events take some minutes to appear.

import { instant, PAGE_SIZE, text } from './answers.ts'
import { type Caller, throwAsUnavailable } from './call.ts'
import { askedBy, boundAfter, type TimePage } from './pages.ts'

export type SystemEvent = {
  id: string
  /** For example `order.paid`. Not all names are those of webhooks (server/polar/event/system.py). */
  name: string
  /** ISO 8601. */
  at: string
  customerId: string | null
  subscriptionId: string | null
  orderId: string | null
  /** Since when the subscription was past due or paused, where the event begins that; ISO 8601. */
  since: string | null
}

type Fields = Record<string, unknown>

const idOrNull = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** `null` for a row that names nothing. */
const eventIn = (row: Fields): SystemEvent | null => {
  const metadata: Fields = Object(row.metadata)
  const [id, name, at] = [idOrNull(row.id), idOrNull(row.name), instant(row.timestamp)]
  if (!id || !name || !at) return null
  return {
    ...{ id, name, at },
    customerId: idOrNull(row.customer_id) ?? idOrNull(metadata.customer_id),
    subscriptionId: idOrNull(metadata.subscription_id),
    orderId: idOrNull(metadata.order_id),
    since: instant(metadata.past_due_at) ?? instant(metadata.paused_at),
  }
}

export const createSystemEvents = ({ sdk, request }: Caller) => ({
  /**
   * A page of events with these names, oldest first, after `after` and before `before` (ISO 8601). The next page is after `next`,
   * which may be passed as `after`.
   * @throws {PolarUnavailableError} also while the access token may not read events.
   */
  systemEvents: (which: {
    names: readonly string[]
    after: string
    before?: string
  }): Promise<TimePage<SystemEvent>> =>
    request(async (options) => {
      const { names, after, before } = which
      const { at, page } = askedBy(after)
      const { items } = await sdk.events.list(
        {
          ...{ source: 'system', name: [...names], start_timestamp: at },
          ...(before !== undefined && { end_timestamp: before }),
          ...{ sorting: ['timestamp'], limit: PAGE_SIZE, page },
        },
        options,
      )
      return {
        items: items.map((row) => eventIn({ ...row })).filter((row) => row !== null),
        next: boundAfter(
          items.map(({ timestamp }) => text(timestamp)),
          'ascending',
          after,
        ),
      }
    }).catch(throwAsUnavailable),
})
