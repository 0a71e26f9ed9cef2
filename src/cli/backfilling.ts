// Looks for webhooks that were missed, makes up for them, and says what that led to.

import { OVERLAP } from '../backfill/reconcile.ts'
import type { Run } from '../backfill/run.ts'
import type { BackfillRuns } from '../backfill/runs.ts'
import type { Tally } from '../backfill/tally.ts'
import { windowOf } from '../backfill/window.ts'
import { createBackfillWork, HEADINGS, RESULTS } from '../operator/long-work/backfill.ts'
import { inWords } from '../operator/words.ts'
import { type Clock, DAY } from '../runtime/clock.ts'
import { type Alone, stoppedText } from './alone.ts'
import { parsed, whenIn } from './arguments.ts'
import { type CommandOutput, minuteOf } from './output.ts'

export const USAGE = [
  'npm run backfill -- [--dry-run] [--since <when>] [--until <when>]',
  '  <when> is like 3h or 7d before now, 2026-11-20 or 2026-11-20T08:30:00Z.',
]

type BackfillingParts = {
  runs: BackfillRuns
  alone: Alone
  /** Until when missed webhooks were made up for, in milliseconds; `null`: never yet. */
  backfilledUntil: () => Promise<number | null>
  /** Calls to Polar that this command has made. */
  calls: () => number
  clock: Clock
}

const tableOf = ({ kinds }: Tally, isDry: boolean): string[] => {
  const rows = Object.entries(kinds)
    .map(([kind, results]) => [inWords(kind), results] as const)
    .toSorted(([a], [b]) => a.localeCompare(b))
  if (rows.length === 0) return []
  const headings = RESULTS.map((result) => HEADINGS[result][isDry ? 0 : 1])
  const width = Math.max(...rows.map(([kind]) => kind.length))
  const line = (first: string, cells: readonly (string | number)[]) =>
    `  ${first.padEnd(width)}${cells.map((cell, at) => `  ${`${cell}`.padStart(headings[at]?.length ?? 0)}`).join('')}`
  return [
    line('', headings),
    ...rows.map(([kind, results]) =>
      line(
        kind,
        RESULTS.map((result) => results?.[result] ?? 0),
      ),
    ),
  ]
}

type Given = { isDry: boolean; since: number | undefined; until: number | undefined }

export const backfillArguments = (args: readonly string[]): Given | null => {
  const found = parsed(args, {
    'dry-run': { type: 'boolean' },
    since: { type: 'string' },
    until: { type: 'string' },
  })
  if (found.positionals.length > 0) return null
  const { values } = found
  const [since, until] = [whenIn(values.since), whenIn(values.until)]
  if (since === null || until === null) return null
  return { isDry: values['dry-run'] ?? false, since, until }
}

/** Without a date and without an earlier run, a backfill goes back so far: nothing older is mailed. */
const DEFAULT_SPAN = 7 * DAY

export const createBackfilling = (parts: BackfillingParts) => {
  const { runs, alone, backfilledUntil, calls, clock } = parts

  const resultOf = ({ tally, window }: Run, isDry: boolean): string[] => {
    const { missed, learned } = tally
    return [
      `${minuteOf(Date.parse(window.since))} to ${minuteOf(Date.parse(window.until))}: ${missed === 1 ? '1 event was' : `${missed} events were`} missed.`,
      ...tableOf(tally, isDry),
      ...(learned > 0
        ? [
            `${learned} of them ${learned === 1 ? 'leads' : 'lead'} to no message; Postern learns from ${learned === 1 ? 'it' : 'them'}.`,
          ]
        : []),
      `It took ${calls()} calls to Polar.`,
      ...(isDry && missed > 0 ? ['Nothing was changed. Without --dry-run it is done.'] : []),
    ]
  }

  return async (given: Given): Promise<CommandOutput> => {
    const { isDry } = given
    const until = given.until ?? clock.now()
    const since =
      given.since ?? Math.min((await backfilledUntil()) ?? until - DEFAULT_SPAN, until - OVERLAP)
    if (since >= until) return { lines: [], errors: ['--since is not before --until.', ...USAGE] }
    let run: Run | undefined
    const perform = createBackfillWork({
      ...{ runs, calls, clock },
      fits: () => true, // a run that was ended goes on, whatever is asked for now
      onEnd: (reached) => {
        run = reached
      },
    })
    const work = await alone({ what: 'backfill', isDry, window: windowOf(since, until) }, perform)
    if ('refused' in work) return { lines: [], errors: [work.refused] }
    const lines = run && work.state !== 'failed' ? resultOf(run, isDry) : []
    return { lines, errors: [...stoppedText(work), ...work.problems] }
  }
}
