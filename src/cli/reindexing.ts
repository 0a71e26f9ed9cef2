// Brings the indexes in line with the records.

import { complaintsOf, createReindexWork, foundBy } from '../operator/long-work/reindex.ts'
import { foundText } from '../operator/long-work/work.ts'
import type { Reindex, Reindexed } from '../retention/reindex.ts'
import { type Clock, SECOND } from '../runtime/clock.ts'
import { type Alone, stoppedText } from './alone.ts'
import type { CommandOutput } from './output.ts'

export const RESTART = '--restart'

type ReindexingParts = {
  reindex: Reindex
  alone: Alone
  clock: Clock
}

export const createReindexing =
  ({ reindex, alone, clock }: ReindexingParts) =>
  async (isAnew: boolean): Promise<CommandOutput> => {
    const startedAt = clock.now()
    let counts: Reindexed | undefined
    const onEnd = (reached: Reindexed) => {
      counts = reached
    }
    const work = await alone({ what: 'reindex' }, createReindexWork({ reindex, isAnew, onEnd }))
    if ('refused' in work) return { lines: [], errors: [work.refused] }
    if (!counts) return { lines: [], errors: [] }
    const seconds = Math.round((clock.now() - startedAt) / SECOND)
    return {
      lines: [`${foundText(foundBy(counts))}, ${seconds} seconds`],
      errors: [...stoppedText(work), ...complaintsOf(counts)],
    }
  }
