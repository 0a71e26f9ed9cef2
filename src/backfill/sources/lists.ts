// The third source: lists of what Polar has now, for what neither of the others knows. A list says what is, and little of when
// it came to be so.

import { instant } from '../../polar/answers.ts'
import type { PolarClient } from '../../polar/client.ts'
import type { Page } from '../../polar/pages.ts'
import { type Found, type FoundPage, foundIn, ownId, type Source } from '../found.ts'
import { inGroups } from '../groups.ts'
import { idIn, type Known } from '../known.ts'
import { isWithin, type Window } from '../window.ts'

type ListsParts = {
  polar: Pick<PolarClient, 'listOrders' | 'listRefunds' | 'listSubscriptions'>
  known: Known
}

type Row = Record<string, unknown>

/** A page of a list; `meaning` makes an event of a row, if it stands for one in the window that is not stored. */
const pageOf = async (
  { items, isLast }: Page,
  page: number,
  meaning: (row: Row) => Promise<Found | null>,
): Promise<FoundPage> => {
  const found = await inGroups(items, (row) => meaning(Object(row) as Row))
  return { found: found.filter((one) => one !== null), next: isLast ? null : `${page + 1}` }
}

const numberIn = (cursor: string | null) => (cursor === null ? 1 : Number(cursor))

const PAID = new Set<unknown>(['paid', 'refunded', 'partially_refunded'])

const orders = ({ polar, known }: ListsParts): Source => ({
  name: 'orders',
  page: async ({ since, until }, cursor) => {
    const page = numberIn(cursor)
    const listed = await polar.listOrders({ page, createdAfter: since, createdBefore: until })
    return pageOf(listed, page, async (row) => {
      const [id, at] = [idIn(row), instant(row.created_at)]
      if (!PAID.has(row.status) || at === null) return null
      if (await known.has(ownId('order.paid', id))) return null
      if (await known.came({ type: 'order.paid', about: 'order', id }, null)) return null
      return foundIn('order.paid', id, at, row)
    })
  },
})

const refunds = ({ polar, known }: ListsParts): Source => ({
  name: 'refunds',
  page: async (window, cursor) => {
    const page = numberIn(cursor)
    const listed = await polar.listRefunds({ page })
    const found = await pageOf(listed, page, async (row) => {
      const [id, at] = [idIn(row), instant(row.created_at)]
      if (at === null || !isWithin(window, at)) return null
      return (await known.has(ownId('refund.updated', id)))
        ? null
        : foundIn('refund.updated', id, at, row)
    })
    const oldest = instant((Object(listed.items.at(-1)) as Row).created_at) // the newest come first
    const isPast = oldest === null || Date.parse(oldest) < Date.parse(window.since)
    return isPast ? { ...found, next: null } : found
  },
})

/** The event that a subscription stands for, and when that was (ISO 8601). */
type Standing = { type: string; at: string | null }

type Query = Omit<Parameters<ListsParts['polar']['listSubscriptions']>[0], 'page'>

const subscriptions = (
  { polar, known }: ListsParts,
  name: string,
  query: (window: Window) => Query,
  standing: (row: Row) => Standing,
): Source => ({
  name: `subscriptions ${name}`,
  page: async (window, cursor) => {
    const page = numberIn(cursor)
    const listed = await polar.listSubscriptions({ ...query(window), page })
    return pageOf(listed, page, async (row) => {
      const id = idIn(row)
      const { type, at } = standing(row)
      if (at === null || !isWithin(window, at)) return null
      const name = `${id}/${at}`
      if (await known.has(ownId(type, name))) return null
      const came = await known.came({ type, about: 'subscription', id }, at)
      return came ? null : foundIn(type, name, at, row)
    })
  },
})

const over = (row: Row): Standing => {
  const endedAt = instant(row.ended_at)
  return endedAt === null
    ? { type: 'subscription.canceled', at: instant(row.canceled_at) }
    : { type: 'subscription.revoked', at: endedAt }
}

export const createLists = (parts: ListsParts): Source[] => [
  orders(parts),
  refunds(parts),
  subscriptions(
    parts,
    'past due',
    () => ({ status: ['past_due'] }),
    (row) => ({ type: 'subscription.past_due', at: instant(row.past_due_at) }),
  ),
  subscriptions(parts, 'cancelled', ({ since }) => ({ canceledAfter: since }), over),
  subscriptions(
    parts,
    'started',
    ({ since }) => ({ startedAfter: since }),
    (row) => ({ type: 'subscription.created', at: instant(row.started_at) }),
  ),
]
