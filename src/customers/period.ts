// Finds the period that an order pays for. The snapshot of the subscription inside an order may be older than that period, and
// then still names the one before.

import type { Order } from '../polar/payloads.ts'

type Dated = Pick<Order, 'created_at' | 'subscription'>

/**
 * The start of an order's period, ISO 8601; `null` if unknown. Polar makes the order once the period has begun.
 * @param resumed the starts of periods after a pause, which do not follow on from the period before.
 */
export const periodOf = (
  { created_at, subscription }: Dated,
  resumed: readonly { period: string }[] = [],
): string | null => {
  if (!subscription) return null
  const { status, current_period_start: start, current_period_end: end } = subscription
  const isOver = end !== null && end <= created_at && (start === null || start < end)
  const isOutdated = status === 'paused' || isOver
  if (!isOutdated) return start
  const since = resumed
    .map(({ period }) => period)
    .filter((period) => period <= created_at && (start === null || period > start))
    .toSorted()
    .at(-1)
  return since ?? (status === 'paused' ? start : end)
}
