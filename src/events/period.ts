// The period that an order belongs to. The subscription inside an order may be a snapshot from before the order was made: then
// it still names the period that has just ended.

import type { Order } from './shapes.ts'

type Dated = Pick<Order, 'created_at' | 'subscription'>

/** Whether the snapshot is of the period before, by the rule that a period's order is made after that period has begun. */
const isOfPeriodBefore = ({ created_at, subscription }: Dated): boolean => {
  const { current_period_start: start, current_period_end: end } = subscription ?? {}
  if (start == null || end == null) return false
  return Date.parse(start) < Date.parse(end) && Date.parse(end) <= Date.parse(created_at)
}

/** When the period of an order began, ISO 8601; `null` where nothing tells. */
export const periodOf = (order: Dated): string | null => {
  const { subscription } = order
  if (!subscription) return null
  return isOfPeriodBefore(order)
    ? subscription.current_period_end
    : subscription.current_period_start
}
