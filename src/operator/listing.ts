// Lists records of an index, newest first, a page at a time. Where several labels are asked for, it reads by the rarest and
// looks at a bounded number of records.

import { ALL, type Found, InvalidCursorError, type RecordIndex } from '../redis/record-index.ts'

/** Rows of a full page, unless told otherwise. */
export const PAGE = 50

/** Records that are looked at, and reads of the index, until a page ends though it is not full. */
export const MOST_READ = 500
const MOST_READS = 20

type ListingParts<Row> = {
  index: Pick<RecordIndex, 'list' | 'size'>
  load: (found: Found) => Promise<Row | null>
}

/** Milliseconds, from the first to before the second. */
export type Span = { from?: number | undefined; until?: number | undefined }

/** The next rows behind a cursor, or the newest; at most `MOST_READ`. */
export type PageOf = { cursor?: string | undefined; limit?: number }

/** A label of the index, or a group of them. */
export type Label = string | readonly string[]

type Asked<Row> = Span & {
  /** A row has each of them; of a group, any. */
  labels: readonly Label[]
  /** Whether a record fits: an entry of the index may be stale. */
  accepts: (row: Row) => boolean
  /** It refuses more than stale entries. */
  isNarrower?: boolean
} & PageOf

/**
 * `cursor` is for the next page; `null`: nothing follows. `looked`: how many records were looked at. `total`: the length of the
 * whole list where the index counts it, which is by one label and for all times; otherwise `null`.
 */
export type Listing<Row> = {
  rows: readonly Row[]
  cursor: string | null
  looked: number
  total: number | null
}

/** Says that a page ended though it is not full; `null` for any other. */
export const cutShortText = (
  { rows, cursor, looked }: Omit<Listing<unknown>, 'total'>,
  limit = PAGE,
): string | null =>
  cursor !== null && rows.length < limit
    ? `This page looked at ${looked} entries, and ${rows.length} of them fit. Older ones may fit too.`
    : null

export const createListing = <Row>({ index, load }: ListingParts<Row>) => {
  const sizeOf = async (label: Label): Promise<number> => {
    const sizes = await Promise.all([label].flat().map(index.size))
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  const rarestOf = async (labels: readonly Label[]): Promise<Label | undefined> => {
    if (labels.length < 2) return labels[0]
    const sizes = await Promise.all(labels.map(sizeOf))
    return labels[sizes.indexOf(Math.min(...sizes))]
  }

  const totalOf = async ({ labels, from, until, isNarrower }: Asked<Row>) =>
    labels.length > 1 || from !== undefined || until !== undefined || isNarrower
      ? null
      : sizeOf(labels[0] ?? ALL)

  const read = async ({ labels, accepts, from, until, cursor, limit = PAGE }: Asked<Row>) => {
    const label = await rarestOf(labels)
    const rows: Row[] = []
    let next = cursor ?? null
    let [looked, reads] = [0, 0]
    do {
      // Never more than there is room for, so that the cursor stands right behind the last row.
      const room = limit - rows.length
      const page: Awaited<ReturnType<RecordIndex['list']>> = await index.list({
        ...{ label, from, until, limit: room, cursor: next },
      })
      const loaded = await Promise.all(page.found.map(load))
      rows.push(...loaded.filter((row) => row !== null).filter(accepts))
      next = page.cursor
      looked += page.found.length
      reads++
    } while (next !== null && rows.length < limit && looked < MOST_READ && reads < MOST_READS)
    return { rows, cursor: next, looked }
  }

  return async (asked: Asked<Row>): Promise<Listing<Row> | { problem: string }> => {
    try {
      const [page, total] = await Promise.all([read(asked), totalOf(asked)])
      return { ...page, total }
    } catch (error) {
      if (!(error instanceof InvalidCursorError)) throw error
      return { problem: 'There is no such page of this list. Begin with the newest.' }
    }
  }
}
