// Looks for webhooks that were missed, makes up for them, and says what that led to.

import { setTimeout as sleep } from 'node:timers/promises'
import { OVERLAP } from '../backfill/reconcile.ts'
import type { BackfillRun, Run } from '../backfill/run.ts'
import type { BackfillRuns } from '../backfill/runs.ts'
import type { Result, Tally } from '../backfill/tally.ts'
import { windowOf } from '../backfill/window.ts'
import { PolarUnavailableError } from '../polar/call.ts'
import { type Clock, DAY, MINUTE, SECOND } from '../runtime/clock.ts'
import { dateIn, parsed } from './arguments.ts'
import { type CommandOutput, minuteOf } from './output.ts'
import { createProgress, type Screen } from './progress.ts'

/** The command gives up when Polar has not answered for so long. */
const PATIENCE = 10 * MINUTE

/** Polar is asked again after so long, unless it says when. */
const AGAIN = 5 * SECOND

export const USAGE = [
  'npm run backfill -- [--dry-run] [--since <date>] [--until <date>]',
  '  <date> is like 2026-11-20 or 2026-11-20T08:30:00Z.',
]

type BackfillingParts = {
  runs: BackfillRuns
  /** Until when lost webhooks were made up for, in milliseconds; `null`: never yet. */
  backfilledUntil: () => Promise<number | null>
  /** Calls to Polar that this command has made. */
  calls: () => number
  clock: Clock
  screen: Screen
}

const HEADINGS: Record<Result, [dry: string, done: string]> = {
  sends: ['would send', 'goes out'],
  decided: ['sent before', 'sent before'],
  too_old: ['too old', 'too old'],
  before_live: ['before LIVE_SINCE', 'before LIVE_SINCE'],
}

const RESULTS = Object.keys(HEADINGS) as Result[]

const tableOf = ({ kinds }: Tally, isDry: boolean): string[] => {
  const rows = Object.entries(kinds).toSorted(([a], [b]) => a.localeCompare(b))
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
  if (!found || found.positionals.length > 0) return null
  const { values } = found
  const [since, until] = [dateIn(values.since), dateIn(values.until)]
  if (since === null || until === null) return null
  return { isDry: values['dry-run'] ?? false, since, until }
}

/** Without a date and without an earlier run, a backfill goes back so far: nothing older is mailed. */
const DEFAULT_SPAN = 7 * DAY

export const createBackfilling = (parts: BackfillingParts) => {
  const { runs, backfilledUntil, calls, clock, screen } = parts

  /** Reads pages until all sources are done, and waits while Polar has no room. */
  const readAll = async (
    backfill: BackfillRun,
    begun: Run,
  ): Promise<Run | PolarUnavailableError> => {
    const progress = createProgress(screen, clock)
    let run = begun
    let answeredAt = clock.now()
    while (!backfill.isDone(run)) {
      try {
        run = await backfill.step(run)
        answeredAt = clock.now()
      } catch (error) {
        if (!(error instanceof PolarUnavailableError)) throw error
        if (clock.now() > answeredAt + PATIENCE) return error
        await sleep(Math.max(AGAIN, (error.until ?? 0) - clock.now()))
      }
      progress.show(
        backfill.shareOf(run),
        `${run.tally.missed} missed events, ${calls()} calls to Polar`,
      )
    }
    progress.end()
    return run
  }

  return async (given: Given): Promise<CommandOutput> => {
    const { isDry } = given
    const until = given.until ?? clock.now()
    const since =
      given.since ?? Math.min((await backfilledUntil()) ?? until - DEFAULT_SPAN, until - OVERLAP)
    if (since >= until) return { lines: [], errors: ['--since is not before --until.', ...USAGE] }
    const backfill = isDry ? runs.dry() : runs.real()
    const run = await readAll(backfill, await backfill.begin(() => windowOf(since, until)))
    if (run instanceof PolarUnavailableError)
      return {
        lines: [],
        errors: [
          `${run.message}, for ten minutes by now. ${isDry ? 'Run the command again.' : 'What was found so far is stored: run the command again, and it goes on from there.'}`,
        ],
      }
    await backfill.end()
    const { missed, learned, denied } = run.tally
    const { window } = run
    return {
      lines: [
        `${minuteOf(Date.parse(window.since))} to ${minuteOf(Date.parse(window.until))}: ${missed === 1 ? '1 event was' : `${missed} events were`} missed.`,
        ...tableOf(run.tally, isDry),
        ...(learned > 0
          ? [`${learned} of the events lead to no message; Postern learns from them.`]
          : []),
        `It took ${calls()} calls to Polar.`,
        ...(isDry && missed > 0 ? ['Nothing was changed. Without --dry-run it is done.'] : []),
      ],
      errors: denied.map(
        (source) =>
          `The access token may not read: ${source}. Add the scope at Polar (docs/setup.md).`,
      ),
    }
  }
}
