// Has stored events interpreted again. Each business fact is decided once, so that nothing is sent twice.

import { type Window, windowOf } from '../backfill/window.ts'
import type { Complete } from '../events/complete.ts'
import type { Forecast, ForecastOf } from '../events/forecast.ts'
import type { EventLifetimes } from '../events/lifetimes.ts'
import type { StoredEvent } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import type { NoteAct } from '../operator/actions.ts'
import { createReplayWork } from '../operator/long-work/replay.ts'
import { createDryRun, type DryRun, RESULTS } from '../operator/replay.ts'
import { inWords, outcomeText } from '../operator/words.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { type Alone, stoppedText } from './alone.ts'
import { parsed, whenIn } from './arguments.ts'
import type { CommandOutput } from './output.ts'

const YES = '--yes'

export const USAGE = [
  `npm run replay -- <webhook-id> […]  [${YES}]`,
  `npm run replay -- --since <when> [--until <when>]  [${YES}]`,
  `Without ${YES} nothing is changed. <when> is like 3h or 7d before now, 2026-11-20 or 2026-11-20T08:30:00Z.`,
]

/** Events of a stretch of time that one command takes. */
const MOST = 1_000

type ReplayingParts = {
  events: Pick<EventStore, 'load'>
  eventIndex: Pick<RecordIndex, 'list'>
  eventLifetimes: Pick<EventLifetimes, 'reopen'>
  complete: Complete
  forecast: ForecastOf
  alone: Alone
  note: NoteAct
  clock: { now: () => number }
}

type Looked = { lines: string[]; errors: string[]; ready: number; isRefused?: boolean }

const linesOf = (forecast: Forecast): string[] =>
  'ignored' in forecast
    ? [`  No message. ${outcomeText(forecast)}`]
    : forecast.messages.map(({ kind, result }) => `  ${inWords(kind)}: ${RESULTS[result]}`)

/** `until` is absent where it is now. */
type Given = { isToDo: boolean } & (
  | { ids: readonly string[] }
  | { since: number; until: number | undefined }
)

export const replayArguments = (args: readonly string[]): Given | null => {
  const found = parsed(args, {
    yes: { type: 'boolean' },
    since: { type: 'string' },
    until: { type: 'string' },
  })
  const { values, positionals } = found
  const [since, until] = [whenIn(values.since), whenIn(values.until)]
  if (since === null || until === null) return null
  const isToDo = values.yes ?? false
  if (since === undefined)
    return positionals.length > 0 && until === undefined ? { isToDo, ids: positionals } : null
  return positionals.length > 0 ? null : { isToDo, since, until }
}

export const createReplaying = (parts: ReplayingParts) => {
  const { events, eventLifetimes, alone, note, clock } = parts
  const runDry = createDryRun(parts)

  /** The lines about one event. */
  const about = (stored: StoredEvent, expected: DryRun): string[] => {
    if (stored.outcome === null) return [`${stored.id}  waits to be interpreted`]
    const named = `${stored.id}  ${stored.type ?? 'of no known type'}`
    return 'not' in expected
      ? [`${named}  its payload is gone (RETAIN_PAYLOADS_DAYS)`]
      : [named, ...linesOf(expected)]
  }

  const inRange = async (window: Window, isToDo: boolean): Promise<Looked> => {
    const looked: Looked = { lines: [], errors: [], ready: 0 }
    let found = 0
    const perform = createReplayWork({
      ...{ ...parts, runDry, most: MOST },
      onEvent: (stored, expected) => {
        found++
        looked.lines.push(...about(stored, expected))
      },
      onEnd: (ready) => {
        looked.ready = ready
      },
    })
    const work = await alone({ what: 'replay', isDry: !isToDo, window }, perform)
    if ('refused' in work) return { ...looked, errors: [work.refused], isRefused: true }
    const more = `These are the first ${MOST} events. Go on with a later --since.`
    const errors = [...stoppedText(work), ...work.problems, ...(found >= MOST ? [more] : [])]
    return { ...looked, errors }
  }

  const byIds = async (ids: readonly string[], isToDo: boolean): Promise<Looked> => {
    const looked: Looked = { lines: [], errors: [], ready: 0 }
    for (const id of ids) {
      const stored = await events.load(id)
      if (!stored) {
        looked.errors.push(`There is no event ${id}.`)
        continue
      }
      const expected = await runDry(stored)
      looked.lines.push(...about(stored, expected))
      if (!('not' in expected) && (!isToDo || (await eventLifetimes.reopen(id)))) looked.ready++
    }
    return looked
  }

  const look = (given: Given): Promise<Looked> =>
    'ids' in given
      ? byIds(given.ids, given.isToDo)
      : inRange(windowOf(given.since, given.until ?? clock.now()), given.isToDo)

  const replay = async (given: Given): Promise<Looked> => {
    const looked = await look(given)
    if (looked.ready > 0) await note.result({ act: 'events replayed', events: looked.ready })
    return looked
  }

  /** A stretch of time is long work: its start is noted. */
  const noted = (given: Given): Promise<Looked> =>
    'ids' in given
      ? note.perform({ action: 'events replayed' }, () => replay(given))
      : replay(given)

  return async (given: Given): Promise<CommandOutput> => {
    const { isToDo } = given
    const looked = isToDo ? await noted(given) : await look(given)
    const { lines, errors, ready } = looked
    if (looked.isRefused) return { lines, errors }
    const count = ready === 1 ? '1 event' : `${ready} events`
    if (isToDo) lines.push(`${count} interpreted again by a running worker, within seconds.`)
    else if (ready > 0)
      lines.push(`Nothing was changed. To have ${count} interpreted again: add ${YES}.`)
    return { lines, errors }
  }
}
