// The sources of a first start: what Polar has now, as the base for every later difference. The types of these events are in no
// row of the plan, so they mail nobody.

import type { PolarClient } from '../../polar/client.ts'
import type { Page } from '../../polar/pages.ts'
import { foundIn, type Source } from '../found.ts'
import { idIn } from '../known.ts'

type Lists = Pick<PolarClient, 'listCustomers' | 'listSubscriptions' | 'listOrders'>

const LIVE = ['active', 'trialing', 'past_due', 'paused'] as const

const whole = (name: string, type: string, read: (page: number) => Promise<Page>): Source => ({
  name,
  page: async ({ until }, cursor) => {
    const page = cursor === null ? 1 : Number(cursor)
    const { items, isLast } = await read(page)
    const found = items.map((row) => foundIn(type, idIn(row), until, row))
    return { found, next: isLast ? null : `${page + 1}` }
  },
})

export const createImports = (polar: Lists): Source[] => [
  whole('customers', 'customer.imported', (page) => polar.listCustomers({ page })),
  whole('subscriptions', 'subscription.imported', (page) =>
    polar.listSubscriptions({ status: LIVE, page }),
  ),
  whole('open orders', 'order.imported', (page) => polar.listOrders({ status: ['pending'], page })),
]
