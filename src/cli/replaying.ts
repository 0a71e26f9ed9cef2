// Has stored events interpreted again. Each business fact is decided once, so that nothing is sent twice.

import type { Complete } from '../events/complete.ts'
import type { Forecast, ForecastOf } from '../events/forecast.ts'
import type { EventLifetimes } from '../events/lifetimes.ts'
import type { StoredEvent } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import type { NoteAct } from '../operator/actions.ts'
import { createDryRun, RESULTS } from '../operator/replay.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { dateIn, parsed } from './arguments.ts'
import type { CommandOutput } from './output.ts'

const YES = '--yes'

export const USAGE = [
  `npm run replay -- <webhook-id> […]  [${YES}]`,
  `npm run replay -- --since <date> [--until <date>]  [${YES}]`,
  `Without ${YES} nothing is changed. <date> is like 2026-11-20 or 2026-11-20T08:30:00Z.`,
]

/** Events of a stretch of time that one command takes. */
const MOST = 1_000

const PAGE = 100

type ReplayingParts = {
  events: Pick<EventStore, 'load'>
  eventIndex: Pick<RecordIndex, 'list'>
  eventLifetimes: Pick<EventLifetimes, 'reopen'>
  complete: Complete
  forecast: ForecastOf
  note: NoteAct
  clock: { now: () => number }
}

const linesOf = (forecast: Forecast): string[] =>
  'ignored' in forecast
    ? [`  no message: ${forecast.ignored} (${forecast.because})`]
    : forecast.messages.map(({ kind, result }) => `  ${kind}: ${RESULTS[result]}`)

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
  if (!found) return null
  const { values, positionals } = found
  const [since, until] = [dateIn(values.since), dateIn(values.until)]
  if (since === null || until === null) return null
  const isToDo = values.yes ?? false
  if (since === undefined)
    return positionals.length > 0 && until === undefined ? { isToDo, ids: positionals } : null
  return positionals.length > 0 ? null : { isToDo, since, until }
}

export const createReplaying = (parts: ReplayingParts) => {
  const { events, eventIndex, eventLifetimes, note, clock } = parts
  const runDry = createDryRun(parts)

  const inRange = async (since: number, until: number): Promise<StoredEvent[]> => {
    const all: StoredEvent[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<RecordIndex['list']>> = await eventIndex.list({
        ...{ from: since, until, order: 'oldest', limit: PAGE, cursor },
      })
      const loaded = await Promise.all(page.found.map(events.load))
      all.push(...loaded.filter((one) => one !== null))
      cursor = page.cursor
    } while (cursor !== null && all.length < MOST)
    return all
  }

  /** The lines about one event, and whether it can be interpreted again. */
  const look = async (stored: StoredEvent): Promise<{ lines: string[]; isReady: boolean }> => {
    const { id } = stored
    const expected = await runDry(stored)
    if (stored.outcome === null)
      return { lines: [`${id}  waits to be interpreted`], isReady: false }
    const named = `${id}  ${stored.type ?? 'of no known type'}`
    return 'not' in expected
      ? { lines: [`${named}  its payload is gone (RETAIN_PAYLOADS_DAYS)`], isReady: false }
      : { lines: [named, ...linesOf(expected)], isReady: true }
  }

  return async (given: Given): Promise<CommandOutput> => {
    const lines: string[] = []
    const errors: string[] = []
    const found: StoredEvent[] = []
    if ('ids' in given) {
      for (const id of given.ids) {
        const stored = await events.load(id)
        if (stored) found.push(stored)
        else errors.push(`There is no event ${id}.`)
      }
    } else found.push(...(await inRange(given.since, given.until ?? clock.now())))
    let ready = 0
    for (const stored of found) {
      const looked = await look(stored)
      lines.push(...looked.lines)
      if (!looked.isReady) continue
      if (given.isToDo && !(await eventLifetimes.reopen(stored.id))) continue
      ready++
    }
    const count = ready === 1 ? '1 event' : `${ready} events`
    if (given.isToDo && ready > 0) await note({ act: 'events replayed', events: ready })
    if (given.isToDo) lines.push(`${count} interpreted again by a running worker, within seconds.`)
    else if (ready > 0)
      lines.push(`Nothing was changed. To have ${count} interpreted again: add ${YES}.`)
    if (found.length >= MOST)
      errors.push(`These are the first ${MOST} events. Go on with a later --since.`)
    return { lines, errors }
  }
}
