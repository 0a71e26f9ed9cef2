// A run goes through the sources a page at a time, and takes what they find. After each page its place is kept, so that another
// process goes on from there; a page that is read twice does no harm.

import type { Forecast } from '../events/forecast.ts'
import { PolarUnavailableError, wasRefused } from '../polar/call.ts'
import type { RedisClient } from '../redis/connection.ts'
import { backfillKey } from '../redis/keys.ts'
import { DAY } from '../runtime/clock.ts'
import type { Found, Source } from './found.ts'
import { counted, nothing, type Tally } from './tally.ts'
import type { Window } from './window.ts'

export type Run = {
  window: Window
  /** The long work that it belongs to, where it does. */
  work?: string
  /** How many were read. */
  pages: number
  /** The source, and the cursor of its next page. */
  source: number
  cursor: string | null
  tally: Tally
}

/** Where the place of a run is kept between its pages. */
export type Places = {
  load: () => Promise<Run | null>
  save: (run: Run) => Promise<void>
  clear: () => Promise<void>
}

/** A run that was ended is taken up again within this. */
const KEPT = 7 * DAY

/** @param name of the run: two of different names go on side by side. */
export const createPlaces = (redis: RedisClient, name: string): Places => {
  const key = backfillKey(name)
  return {
    load: async () => {
      const text = await redis.get(key)
      return text === null ? null : (JSON.parse(text) as Run)
    },
    save: async (run) => {
      await redis.set(key, JSON.stringify(run), 'PX', KEPT)
    },
    clear: async () => {
      await redis.del(key)
    },
  }
}

/** A dry run keeps no place. */
export const noPlaces: Places = {
  load: async () => null,
  save: async () => {},
  clear: async () => {},
}

type Beginning = {
  work?: string
  /** Whether the run of other work, which was ended before its time, goes on here. */
  fits?: (ended: Window) => boolean
}

type RunParts = {
  sources: readonly Source[]
  /** Takes an event; `null` where it was taken before. */
  take: (found: Found) => Promise<Forecast | null>
  places: Places
}

export const createRun = ({ sources, take, places }: RunParts) => ({
  /**
   * The run that was ended before its time, or else a new one. Where all was read, and the process ended before it noted
   * that, the same work finds it so; other work begins anew.
   */
  begin: async (
    window: () => Window,
    { work, fits = () => true }: Beginning = {},
  ): Promise<Run> => {
    const ended = await places.load()
    if (ended && ended.work === work) return ended
    const of = work === undefined ? {} : { work }
    if (ended && ended.source < sources.length && fits(ended.window)) return { ...ended, ...of }
    return { ...of, window: window(), pages: 0, source: 0, cursor: null, tally: nothing }
  },

  /** Whether every source was read. */
  isDone: ({ source }: Run): boolean => source >= sources.length,

  /** From 0 to 1; the sources count alike. */
  shareOf: ({ source }: Run): number => source / sources.length,

  /**
   * Reads one page.
   * @throws {PolarUnavailableError} then the same step is repeated later.
   */
  step: async (run: Run): Promise<Run> => {
    const source = sources[run.source]
    if (!source) return run
    const page = await source.page(run.window, run.cursor).catch((error: unknown) => {
      if (error instanceof PolarUnavailableError && wasRefused(error)) return 'denied' as const
      throw error
    })
    let { tally } = run
    if (page === 'denied') tally = { ...tally, denied: [...tally.denied, source.name] }
    else {
      for (const found of page.found) {
        const forecast = await take(found)
        if (forecast) tally = counted(tally, forecast)
      }
    }
    const cursor = page === 'denied' ? null : page.next
    const next = { source: cursor === null ? run.source + 1 : run.source, cursor }
    const after = { ...run, ...next, pages: run.pages + 1, tally }
    await places.save(after)
    return after
  },

  /** Forgets the place, once every source was read. */
  end: places.clear,
})

export type BackfillRun = ReturnType<typeof createRun>
