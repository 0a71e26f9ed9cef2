// Reads subscriptions from Polar, and the preview of their next charge.

import { PAGE_SIZE } from './answers.ts'
import { type Caller, nullIfRefused, PolarRefusedError, throwAsUnavailable } from './call.ts'

const isMissing = (error: unknown): boolean =>
  error instanceof PolarRefusedError && error.status === 404

export const createSubscriptions = ({ sdk, request }: Caller) => ({
  /**
   * A subscription in the shape of Polar's events; `null` if there is none.
   * @throws {PolarUnavailableError} also while the access token may not read subscriptions.
   */
  subscription: (id: string): Promise<unknown> =>
    request((options) => sdk.subscriptions.get(id, options)).catch((error: unknown) =>
      isMissing(error) ? null : throwAsUnavailable(error),
    ),

  /**
   * The subscriptions that renew or are on trial, a page at a time or those of one customer, each in the shape of Polar's events.
   * @throws {PolarUnavailableError} also while the access token may not read subscriptions.
   */
  liveSubscriptions: (
    which: { page: number } | { customerId: string },
  ): Promise<{ items: readonly unknown[]; isLast: boolean }> =>
    request(async (options) => {
      const page = 'page' in which ? which.page : 1
      const { items, pagination } = await sdk.subscriptions.list(
        {
          ...{ status: ['active', 'trialing'], sorting: ['started_at'], page, limit: PAGE_SIZE },
          ...('customerId' in which && { customer_id: which.customerId }),
        },
        options,
      )
      return { items, isLast: page >= pagination.max_page }
    }).catch(throwAsUnavailable),

  /**
   * The amount of a subscription's next charge with tax, in the currency's smallest unit. Polar's documentation does not name
   * this call, so `null` where it does not answer as its code says (server/polar/subscription/endpoints.py).
   * @throws {PolarUnavailableError}
   */
  nextCharge: (id: string): Promise<number | null> =>
    request(async (options) => {
      const preview = (await sdk.chargePreview(id, options)) as Record<string, unknown>
      const amount = preview.due_amount ?? preview.total_amount
      return Number.isSafeInteger(amount) && Number(amount) >= 0 ? Number(amount) : null
    }).catch(nullIfRefused),
})
