// Reads pages of Polar's lists, for a backfill. Rows are in the shape of Polar's events.

import type { models } from '@polar-sh/sdk/2026-10'
import { PAGE_SIZE } from './answers.ts'
import { type Caller, throwAsUnavailable } from './call.ts'
import type { Page } from './pages.ts'

type Listed = { items: readonly unknown[]; pagination: { max_page: number } }

/** Fields without a value are left out of the query. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>
  }

export const createLists = ({ sdk, request }: Caller) => {
  const list = (
    page: number,
    call: (options: { timeout: number }) => Promise<Listed>,
  ): Promise<Page> =>
    request(async (options) => {
      const { items, pagination } = await call(options)
      return { items, isLast: page >= pagination.max_page }
    }).catch(throwAsUnavailable)

  return {
    /**
     * Orders, oldest first. Times are ISO 8601.
     * @throws {PolarUnavailableError} also while the access token may not read orders.
     */
    listOrders: (which: {
      page: number
      createdAfter?: string
      createdBefore?: string
      status?: readonly models.Order['status'][]
      subscriptionId?: string
      customerId?: string
    }): Promise<Page> =>
      list(which.page, (options) =>
        sdk.orders.list(
          given({
            ...{ page: which.page, limit: PAGE_SIZE, sorting: ['created_at' as const] },
            ...{ created_after: which.createdAfter, created_before: which.createdBefore },
            ...{ subscription_id: which.subscriptionId, customer_id: which.customerId },
            status: which.status && [...which.status],
          }),
          options,
        ),
      ),

    /**
     * Subscriptions, in the order in which they started.
     * @throws {PolarUnavailableError} also while the access token may not read subscriptions.
     */
    listSubscriptions: (which: {
      page: number
      status?: readonly models.Subscription['status'][]
      startedAfter?: string
      canceledAfter?: string
      customerId?: string
    }): Promise<Page> =>
      list(which.page, (options) =>
        sdk.subscriptions.list(
          given({
            ...{ page: which.page, limit: PAGE_SIZE, sorting: ['started_at' as const] },
            ...{ started_after: which.startedAfter, canceled_at_after: which.canceledAfter },
            customer_id: which.customerId,
            status: which.status && [...which.status],
          }),
          options,
        ),
      ),

    /**
     * Customers, oldest first.
     * @throws {PolarUnavailableError} also while the access token may not read customers.
     */
    listCustomers: ({ page }: { page: number }): Promise<Page> =>
      list(page, (options) =>
        sdk.customers.list({ page, limit: PAGE_SIZE, sorting: ['created_at'] }, options),
      ),

    /**
     * Refunds, newest first: Polar cannot filter them by time.
     * @throws {PolarUnavailableError} also while the access token may not read refunds.
     */
    listRefunds: ({ page }: { page: number }): Promise<Page> =>
      list(page, (options) =>
        sdk.refunds.list({ page, limit: PAGE_SIZE, sorting: ['-created_at'] }, options),
      ),
  }
}
