// The failed periods of a subscription and its last paid orders, as customer state keeps them.

import { orderDigest } from './digest.ts'

/** One failed period: since when it was past due, ISO 8601, and by when that was over, in milliseconds. */
export type Episode = { pastDueAt: string; overAt: number | null }

/** How a paid order was read when it first came: the episode that it ends, and whether it ends a pause. */
export type PaidOrder = { digest: string; recovers: string | null; resumes: boolean }

/** A paid order of a failed period that nobody is credited with yet. */
export type Uncredited = {
  orderId: string
  /** Names the period. */
  pastDueAt: string
  /** The last reminder that had been decided by then, from 1; 0 if none. */
  lastStep: number
  /** In the currency's smallest unit. */
  amount: number
  currency: string
  /** Milliseconds. */
  paidAt: number
}

type Read = { paidOrders: readonly PaidOrder[] }

/** How an order was read when it first came, if it has. */
export const paidOrderIn = ({ paidOrders }: Read, orderId: string): PaidOrder | undefined => {
  const digest = orderDigest(orderId)
  return paidOrders.find((one) => one.digest === digest)
}

/** Whether a paid order has ended an episode. */
export const isRecovered = ({ paidOrders }: Read, pastDueAt: string): boolean =>
  paidOrders.some(({ recovers }) => recovers === pastDueAt)
