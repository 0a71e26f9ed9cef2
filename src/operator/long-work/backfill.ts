// A backfill as long work: goes through the sources a page at a time.

import type { BackfillRun, Run } from '../../backfill/run.ts'
import type { BackfillRuns } from '../../backfill/runs.ts'
import type { Result, Tally } from '../../backfill/tally.ts'
import type { Window } from '../../backfill/window.ts'
import type { Clock } from '../../runtime/clock.ts'
import { inWords } from '../words.ts'
import { createPatience } from './patience.ts'
import { type Found, type Perform, TO_DO } from './work.ts'

/** The column of each result, as a dry run and a real one call it. */
export const HEADINGS: Record<Result, [dry: string, done: string]> = {
  sends: ['would send', 'goes out'],
  decided: ['sent before', 'sent before'],
  too_old: ['too old', 'too old'],
  before_live: ['before LIVE_SINCE', 'before LIVE_SINCE'],
}

export const RESULTS = Object.keys(HEADINGS) as Result[]

const foundBy = ({ missed, learned, kinds }: Tally, calls: number, isDry: boolean): Found => [
  [TO_DO.backfill, missed],
  ['calls to Polar', calls],
  ['events that lead to no message', learned],
  ...Object.entries(kinds)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([kind, results]) =>
      RESULTS.flatMap((result) => {
        const count = results?.[result] ?? 0
        return count > 0
          ? [[`${inWords(kind)}, ${HEADINGS[result][isDry ? 0 : 1]}`, count] as const]
          : []
      }),
    ),
]

export const deniedText = (source: string) =>
  `The access token may not read: ${source}. Add the scope at Polar (docs/setup.md).`

type BackfillWorkParts = {
  runs: BackfillRuns
  /** Calls to Polar so far. */
  calls: () => number
  clock: Pick<Clock, 'now'>
  /** Whether a run that was ended goes on, by the window that it has. */
  fits: (ended: Window, wanted: Window) => boolean
  /** Gets the run as it is at the end, whether all was read or not. */
  onEnd?: (run: Run) => void
}

export const createBackfillWork = (parts: BackfillWorkParts): Perform => {
  const { runs, calls, clock, fits, onEnd } = parts
  const patiently = createPatience(clock)
  return async ({ id, order }, report, signal) => {
    if (order.what !== 'backfill') throw new TypeError('this is no backfill')
    const { isDry, window } = order
    const backfill: BackfillRun = isDry ? runs.dry() : runs.real()
    let run = await backfill.begin(() => window, {
      ...{ work: id, fits: (ended) => fits(ended, window) },
    })
    const goesOn = () =>
      report({
        ...{ share: backfill.shareOf(run), distance: run.pages },
        found: foundBy(run.tally, calls(), isDry),
      })
    const ended = (isDone: boolean, ...problems: string[]) => {
      onEnd?.(run)
      return { isDone, problems: [...problems, ...run.tally.denied.map(deniedText)] }
    }
    while (!backfill.isDone(run)) {
      const stepped = await patiently(() => backfill.step(run), goesOn, signal)
      if (stepped === null) return ended(false)
      if ('gaveUp' in stepped)
        return ended(
          false,
          `${stepped.gaveUp.message}, for ten minutes by now. ${isDry ? 'Begin again.' : 'What was found so far is stored. Begin again for the rest.'}`,
        )
      run = stepped.got
      if (!(await goesOn()) && !backfill.isDone(run)) return ended(false)
    }
    return { ...ended(true), tidy: backfill.end }
  }
}
