// Brings the indexes in line with the records, and shows how far it has come.

import type { Reindex, Reindexed } from '../retention/reindex.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import type { CommandOutput } from './output.ts'
import { createProgress, type Screen } from './progress.ts'

export const RESTART = '--restart'

/** The records that could not be read: how many, and the first of them. */
const complaints = ({ unreadable, unreadableKeys }: Reindexed): string[] => {
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

const countsOf = ({ records, repaired, removed }: Reindexed) =>
  `${records} records, ${repaired} entries repaired, ${removed} removed`

type ReindexingParts = {
  reindex: Reindex
  clock: Clock
  screen: Screen
}

export const createReindexing =
  ({ reindex, clock, screen }: ReindexingParts) =>
  async (isAnew: boolean): Promise<CommandOutput> => {
    const startedAt = clock.now()
    const progress = createProgress(screen, clock)
    const counts = await reindex(isAnew, ({ share, ...counts }) =>
      progress.show(share, countsOf(counts)),
    )
    progress.end()
    const seconds = Math.round((clock.now() - startedAt) / SECOND)
    return { lines: [`${countsOf(counts)}, ${seconds} seconds`], errors: complaints(counts) }
  }
