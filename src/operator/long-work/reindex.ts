// A reindex as long work.

import type { Reindex, Reindexed } from '../../retention/reindex.ts'
import type { Found, Perform } from './work.ts'

export const foundBy = ({ records, repaired, removed, unreadable }: Reindexed): Found => [
  ['records', records],
  ['entries repaired', repaired],
  ['removed', removed],
  ...(unreadable > 0 ? [['records that cannot be read', unreadable] as const] : []),
]

/** The records that could not be read: how many, and the first of them. */
export const complaintsOf = ({ unreadable, unreadableKeys }: Reindexed): string[] => {
  if (unreadable === 0) return []
  const unnamed = unreadable - unreadableKeys.length
  return [
    unreadable === 1
      ? '1 record cannot be read. Its entry stays as it is:'
      : `${unreadable} records cannot be read. Their entries stay as they are:`,
    ...unreadableKeys.map((key) => `  ${key}`),
    ...(unnamed > 0 ? [`  and ${unnamed} more`] : []),
    'docs/operations.md says what to do: "A search misses something".',
  ]
}

type ReindexWorkParts = {
  reindex: Reindex
  /** From the beginning, whatever was ended before. */
  isAnew?: boolean
  onEnd?: (counts: Reindexed) => void
}

export const createReindexWork =
  ({ reindex, isAnew = false, onEnd }: ReindexWorkParts): Perform =>
  async (_, report) => {
    let isDone = true
    const counts = await reindex(isAnew, async ({ share, ...counts }) => {
      isDone = await report({ share, distance: share, found: foundBy(counts) })
      return isDone
    })
    onEnd?.(counts)
    return { isDone, problems: complaintsOf(counts) }
  }
