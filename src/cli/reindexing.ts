// Brings the indexes in line with the records, and shows how far it has come: a bar on a terminal, a line every ten seconds
// elsewhere.

import type { Reindex, Reindexed } from '../retention/reindex.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import type { CommandOutput } from './output.ts'

const LINE_EVERY = 10 * SECOND
const BAR_EVERY = SECOND / 5
const BAR_LENGTH = 30

const RESTART = '--restart'

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
  /** Where progress goes. */
  screen: { isTTY?: boolean; write: (text: string) => unknown }
}

export const createReindexing = ({ reindex, clock, screen }: ReindexingParts) => {
  const progress = (startedAt: number) => {
    let shownAt = startedAt
    return ({ share, ...counts }: Reindexed & { share: number }) => {
      if (clock.now() < shownAt + (screen.isTTY ? BAR_EVERY : LINE_EVERY)) return
      shownAt = clock.now()
      const percent = `${Math.floor(100 * share)} %`
      const bar = '#'.repeat(Math.floor(BAR_LENGTH * share)).padEnd(BAR_LENGTH, '.')
      screen.write(
        screen.isTTY
          ? `\r[${bar}] ${percent}, ${countsOf(counts)}`
          : `${percent}: ${countsOf(counts)}\n`,
      )
    }
  }

  return async (args: readonly string[]): Promise<CommandOutput> => {
    if (args.some((arg) => arg !== RESTART))
      return {
        lines: [],
        errors: [`npm run reindex takes nothing but ${RESTART}: npm run reindex -- ${RESTART}`],
      }
    const startedAt = clock.now()
    const counts = await reindex(args.includes(RESTART), progress(startedAt))
    if (screen.isTTY) screen.write('\r\x1b[K')
    const seconds = Math.round((clock.now() - startedAt) / SECOND)
    return { lines: [`${countsOf(counts)}, ${seconds} seconds`], errors: complaints(counts) }
  }
}
