// A replay of the events of a stretch of time as long work: a dry run says what each would lead to, a real one has them
// interpreted again. Its place is kept with the work.

import type { EventLifetimes } from '../../events/lifetimes.ts'
import type { StoredEvent } from '../../events/record.ts'
import type { EventStore } from '../../events/store.ts'
import type { RecordIndex } from '../../redis/record-index.ts'
import type { Clock } from '../../runtime/clock.ts'
import { type DryRun, RESULTS, type RunDry } from '../replay.ts'
import { inWords } from '../words.ts'
import { createPatience } from './patience.ts'
import { type Found, type Perform, TO_DO, type Work } from './work.ts'

const PAGE = 100

type Place = { cursor: string | null; counts: Record<string, number> }

const READY = { dry: TO_DO.replay, done: 'are interpreted again' }

type ReplayWorkParts = {
  events: Pick<EventStore, 'load'>
  eventIndex: Pick<RecordIndex, 'list'>
  eventLifetimes: Pick<EventLifetimes, 'reopen'>
  runDry: RunDry
  clock: Pick<Clock, 'now'>
  /** So many events at most. */
  most?: number
  onEvent?: (stored: StoredEvent, expected: DryRun) => void
  /** Gets how many are interpreted again, or could be. */
  onEnd?: (ready: number, isDone: boolean) => Promise<void> | void
}

const NOT: Record<'waits' | 'payload_gone', string> = {
  waits: 'wait to be interpreted',
  payload_gone: 'have no payload any more',
}

/** The counts to which an event adds. */
const namesOf = (expected: DryRun): string[] => {
  if ('not' in expected) return [NOT[expected.not]]
  if ('ignored' in expected) return ['events that lead to no message']
  return expected.messages.map(({ kind, result }) => `${inWords(kind)}: ${RESULTS[result]}`)
}

const foundIn = (counts: Place['counts']): Found =>
  Object.entries(counts).filter(([name, count]) => count > 0 || name === 'events')

const placeOf = ({ place }: Work): Place =>
  place === null ? { cursor: null, counts: { events: 0 } } : (JSON.parse(place) as Place)

export const createReplayWork = (parts: ReplayWorkParts): Perform => {
  const { events, eventIndex, eventLifetimes, runDry, clock, onEvent, onEnd } = parts
  const { most = Number.POSITIVE_INFINITY } = parts
  const patiently = createPatience(clock)

  return async (work, report, signal) => {
    const { order } = work
    if (order.what !== 'replay') throw new TypeError('this is no replay')
    const [from, until] = [Date.parse(order.window.since), Date.parse(order.window.until)]
    const ready = READY[order.isDry ? 'dry' : 'done']
    let { cursor, counts } = placeOf(work)
    let share = work.share
    let place = work.place
    let distance = counts.events ?? 0
    // Until a page is done, another process would begin at its first event.
    const goesOn = () =>
      report({ share, distance, found: foundIn(counts), ...(place !== null && { place }) })
    const count = (name: string) => {
      counts = { ...counts, [name]: (counts[name] ?? 0) + 1 }
    }
    const ended = async (isDone: boolean, ...problems: string[]) => {
      await onEnd?.(counts[ready] ?? 0, isDone)
      return { isDone, problems }
    }
    const isOver = () => place !== null && (cursor === null || (counts.events ?? 0) >= most)
    while (!isOver()) {
      const page: Awaited<ReturnType<RecordIndex['list']>> = await eventIndex.list({
        ...{ from, until, order: 'oldest', limit: PAGE, cursor },
      })
      for (const stored of await Promise.all(page.found.map(events.load))) {
        if (!stored) continue
        const expected = await patiently(() => runDry(stored), goesOn, signal)
        if (expected === null) return ended(false)
        if ('gaveUp' in expected) return ended(false, `${expected.gaveUp.message}. Begin again.`)
        onEvent?.(stored, expected.got)
        count('events')
        for (const name of namesOf(expected.got)) count(name)
        const isReady =
          !('not' in expected.got) && (order.isDry || (await eventLifetimes.reopen(stored.id)))
        if (isReady) count(ready)
        share = Math.min(1, Math.max(0, (stored.receivedAt - from) / Math.max(1, until - from)))
      }
      cursor = page.cursor
      distance = counts.events ?? 0
      place = JSON.stringify({ cursor, counts } satisfies Place)
      if (!(await goesOn()) && cursor !== null) return ended(false)
    }
    return ended(true)
  }
}
