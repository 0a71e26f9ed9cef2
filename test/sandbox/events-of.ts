// Reads what a script tells.

import type {
  Order,
  PolarEvent,
  Refund,
  Subscription,
} from '../../src/sandbox/polar/shapes/rows.ts'

export const CHARGED = ['order.created', 'order.updated', 'order.paid']

export const types = (events: PolarEvent[]) => events.map(({ type }) => type)

const last = <T>(events: PolarEvent[], noun: string) =>
  events.findLast(({ type }) => type.startsWith(`${noun}.`))?.data as unknown as T

/** The payload of the last event of a noun. */
export const subscriptionIn = (events: PolarEvent[]) => last<Subscription>(events, 'subscription')
export const orderIn = (events: PolarEvent[]) =>
  last<Order & { subscription: Subscription }>(events, 'order')
export const refundIn = (events: PolarEvent[]) => last<Refund>(events, 'refund')
