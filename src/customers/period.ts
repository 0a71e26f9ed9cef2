// The period that an order pays for. The subscription inside an order may have been shown before that period began, and then
// still names the one before.

import type { Order } from '../polar/payloads.ts'

type Dated = Pick<Order, 'created_at' | 'subscription'>

/**
 * When the period of an order began, ISO 8601; `null` where nothing tells. Polar makes the order once the period has begun.
 * @param resumed when periods began that followed a pause, which do not follow on from the period before it.
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
