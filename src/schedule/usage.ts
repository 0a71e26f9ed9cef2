// Tells a customer of an invoice of usage that could not be collected. Its subscription goes on, and Polar sends no event of it.

import type { Decide, Decided } from '../events/decide.ts'
import { USAGE_UNPAID } from '../events/rows/usage.ts'
import { PolarUnavailableError, wasRefused } from '../polar/call.ts'
import type { PolarClient } from '../polar/client.ts'
import { orderEvent } from '../polar/event.ts'
import type { Order } from '../polar/payloads.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Log } from '../runtime/log.ts'

export const isUsageUnpaid = ({ status, billing_reason, subscription }: Order): boolean =>
  status === 'pending' &&
  billing_reason === 'subscription_meter_cycle' &&
  subscription?.ended_at === null

/** An order as Polar has it; `null` where it does not exist, or may not be read. */
export const orderIfReadable = (polar: Pick<PolarClient, 'order'>, id: string): Promise<unknown> =>
  polar.order(id).catch((error: unknown) => {
    if (error instanceof PolarUnavailableError && wasRefused(error)) return null
    throw error
  })

type UsageParts = {
  decide: Decide
  polar: Pick<PolarClient, 'order'>
  nudge: (messages: readonly Decided[]) => Promise<void>
  clock: Pick<Clock, 'now'>
  log: Log
}

export const createUsage =
  ({ decide, polar, nudge, clock, log }: UsageParts) =>
  /** Reads the order again: it may have been paid meanwhile. @throws {PolarUnavailableError} */
  async (customerId: string, orderId: string): Promise<null> => {
    const data = await orderIfReadable(polar, orderId)
    const event = data === null ? null : orderEvent(data, USAGE_UNPAID, clock.now())
    if (!event || 'unreadable' in event || event.customer.id !== customerId) return null
    if (!isUsageUnpaid(event.order)) return null
    const { outcome, decided } = await decide(event, { id: null, receivedAt: event.receivedAt })
    await nudge(decided)
    log.info({ order: orderId, ...outcome }, 'invoice of usage not collected')
    return null
  }
