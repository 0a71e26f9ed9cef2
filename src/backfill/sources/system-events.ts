// The second source: Polar's Events API, which records facts whether or not a webhook endpoint was there to hear of them. An
// event names only ids, so its object is read as it is now.

import { PolarUnavailableError, wasRefused } from '../../polar/call.ts'
import type { PolarClient } from '../../polar/client.ts'
import type { SystemEvent } from '../../polar/system-events.ts'
import { MINUTE } from '../../runtime/clock.ts'
import { type Found, foundIn, ownId, type Source } from '../found.ts'
import { inGroups } from '../groups.ts'
import { idIn, type Known, type Sought } from '../known.ts'
import { asItWas } from './earlier.ts'

type SystemEventsParts = {
  polar: Pick<
    PolarClient,
    'systemEvents' | 'order' | 'subscription' | 'customerObject' | 'listOrders'
  >
  known: Known
}

/**
 * The webhook that Polar sends for a system event. An object that is read later cannot say when it was uncancelled, so that one
 * only teaches the customer state. Refunds have a list of their own.
 */
const WEBHOOKS: Record<string, Pick<Sought, 'type' | 'about'>> = {
  'order.paid': { type: 'order.paid', about: 'order' },
  'subscription.created': { type: 'subscription.created', about: 'subscription' },
  'subscription.updated': { type: 'subscription.updated', about: 'subscription' },
  'subscription.cycled': { type: 'subscription.cycled', about: 'subscription' },
  'subscription.past_due': { type: 'subscription.past_due', about: 'subscription' },
  'subscription.canceled': { type: 'subscription.canceled', about: 'subscription' },
  'subscription.uncanceled': { type: 'subscription.updated', about: 'subscription' },
  'subscription.revoked': { type: 'subscription.revoked', about: 'subscription' },
  'subscription.paused': { type: 'subscription.paused', about: 'subscription' },
  'subscription.resumed': { type: 'subscription.resumed', about: 'subscription' },
  'subscription.reactivated': { type: 'subscription.active', about: 'subscription' },
  'subscription.reinstated': { type: 'subscription.active', about: 'subscription' },
  'subscription.product_updated': { type: 'subscription.updated', about: 'subscription' },
  'subscription.seats_updated': { type: 'subscription.updated', about: 'subscription' },
  'subscription.units_updated': { type: 'subscription.updated', about: 'subscription' },
  'subscription.billing_period_updated': { type: 'subscription.updated', about: 'subscription' },
  'subscription.update_cleared': { type: 'subscription.updated', about: 'subscription' },
  'customer.created': { type: 'customer.created', about: 'customer' },
  'customer.updated': { type: 'customer.updated', about: 'customer' },
  'customer.deleted': { type: 'customer.deleted', about: 'customer' },
}

export const SYSTEM_EVENTS: readonly string[] = Object.keys(WEBHOOKS)

/** A list of orders takes fewer calls than one for each, from so many on. */
const LIST_ORDERS = 3

/** So many pages of earlier orders are worth it. */
const MOST_PAGES = 10

/** An order is created a little before it is paid. */
const BEFORE_PAID = 10 * MINUTE

type Missing = { event: SystemEvent; type: string; about: Sought['about']; id: string }

/** An order is paid once, whatever says so. Every other event has a name of its own. */
const nameOf = ({ type, id, event }: Missing): string => (type === 'order.paid' ? id : event.id)

const idsOf = ({ orderId, subscriptionId, customerId }: SystemEvent) => ({
  ...{ order: orderId, subscription: subscriptionId, customer: customerId },
})

const foundBy = (missing: Missing, read: unknown): Found => {
  const { type, data } = asItWas(missing.type, missing.event, read)
  // Its id is that of the webhook, whatever its subscription has become by the next run.
  const id = ownId(missing.type, nameOf(missing))
  return { ...foundIn(type, nameOf(missing), missing.event.at, data), id }
}

/** For `catch`: an object that is gone is none. */
const nullIfGone = (error: unknown): null => {
  if (error instanceof PolarUnavailableError && wasRefused(error)) return null
  throw error
}

export const createSystemEvents = ({ polar, known }: SystemEventsParts): Source => {
  const isMissing = async (missing: Missing): Promise<boolean> => {
    const { type, about, id, event } = missing
    if (await known.has(ownId(type, nameOf(missing)))) return false
    return !(await known.came({ type, about, id }, type === 'order.paid' ? null : event.at))
  }

  /** The orders of a page, by id, where lists save calls: earlier orders may come first, for pages. */
  const listedOrders = async (missing: readonly Missing[]): Promise<Map<string, unknown>> => {
    const ofOrders = missing.filter(({ about }) => about === 'order')
    const times = ofOrders.map(({ event }) => Date.parse(event.at))
    const sought = new Set(ofOrders.map(({ id }) => id))
    const orders = new Map<string, unknown>()
    for (let page = 1; page <= MOST_PAGES && sought.size >= LIST_ORDERS; page++) {
      const listed = await polar.listOrders({
        page,
        createdAfter: new Date(Math.min(...times) - BEFORE_PAID).toISOString(),
        createdBefore: new Date(Math.max(...times)).toISOString(),
      })
      for (const data of listed.items) {
        orders.set(idIn(data), data)
        sought.delete(idIn(data))
      }
      if (listed.isLast) break
    }
    return orders
  }

  /** Reads each object once. */
  const createRead = (orders: Map<string, unknown>) => {
    const reads = new Map<string, Promise<unknown>>()
    const get = {
      order: (id: string) => polar.order(id).catch(nullIfGone),
      subscription: polar.subscription,
      customer: polar.customerObject,
    }
    return ({ type, about, id, event }: Missing): Promise<unknown> => {
      if (type === 'customer.deleted') return Promise.resolve({ id, deleted_at: event.at })
      if (about === 'order' && orders.has(id)) return Promise.resolve(orders.get(id))
      const read = reads.get(id) ?? get[about](id)
      reads.set(id, read)
      return read
    }
  }

  return {
    name: 'system events',
    page: async ({ since, until }, cursor) => {
      const page = await polar.systemEvents({
        ...{ names: SYSTEM_EVENTS, after: cursor ?? since, before: until },
      })
      const named = page.items.flatMap((event): Missing[] => {
        const webhook = WEBHOOKS[event.name]
        const id = webhook && idsOf(event)[webhook.about]
        return webhook && id ? [{ event, ...webhook, id }] : []
      })
      const checked = await inGroups(named, async (one) => (await isMissing(one)) && one)
      const missing = checked.filter((one) => one !== false)
      const read = createRead(await listedOrders(missing))
      const found = await Promise.all(
        missing.map(async (one): Promise<Found[]> => {
          const data = await read(one)
          return data === null ? [] : [foundBy(one, data)]
        }),
      )
      return { found: found.flat(), next: page.next }
    },
  }
}
