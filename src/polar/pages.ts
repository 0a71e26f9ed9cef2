// Pages of Polar's lists.

import { PAGE_SIZE } from './answers.ts'

/** Rows in the shape of Polar's events. */
export type Page = { items: readonly unknown[]; isLast: boolean }

/** `next` is the bound of the page that follows; `null` after the last page. A row near the bound may come twice. */
export type TimePage<Row> = { items: readonly Row[]; next: string | null }

/**
 * Says what to ask Polar for by a bound: the rows on the other side of `at`, exclusively, and which page of them. A bound is an
 * instant, or an instant and a page number with a blank between them.
 */
export const askedBy = (bound: string): { at: string; page: number } => {
  const [at = bound, page = '1'] = bound.split(' ')
  return { at, page: Number(page) }
}

/**
 * The bound of the next page of a list by time. Page numbers shift while new rows arrive, and several rows share an instant, so
 * the bound is a millisecond on this side of the last row. Only where a page does not get past that millisecond, the next page
 * is asked for by its number.
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
  const asked = bound === undefined ? null : askedBy(bound)
  const isStuck = asked !== null && (overlapping - Date.parse(asked.at)) * step >= 0
  return isStuck ? `${asked.at} ${asked.page + 1}` : new Date(overlapping).toISOString()
}
