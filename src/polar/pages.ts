// Pages of Polar's lists.

import { PAGE_SIZE } from './answers.ts'

/** Rows in the shape of Polar's events. */
export type Page = { items: readonly unknown[]; isLast: boolean }

/** `next` bounds the page that follows, exclusively; `null` after the last page. A row at the bound may come twice. */
export type TimePage<Row> = { items: readonly Row[]; next: string | null }

/**
 * The bound of the next page of a list by time. Page numbers shift while new rows arrive, and several rows share an instant, so
 * the bound is a millisecond on this side of the last row.
 * @param times of all rows of this page, in its order. @param bound that of this page.
 */
export const boundAfter = (
  times: readonly string[],
  order: 'ascending' | 'descending',
  bound: string | undefined,
): string | null => {
  const last = times.at(-1)
  if (last === undefined || times.length < PAGE_SIZE) return null
  const step = order === 'ascending' ? -1 : 1
  const overlapping = Date.parse(last) + step
  const isStuck = bound !== undefined && (overlapping - Date.parse(bound)) * step >= 0
  return isStuck ? last : new Date(overlapping).toISOString()
}
