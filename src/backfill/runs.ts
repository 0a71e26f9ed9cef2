// The two runs that an operator can start: one that stores what was missed, and a dry one.

import type { EventStore } from '../events/store.ts'
import type { PolarClient } from '../polar/client.ts'
import type { Ours } from '../polar/our-endpoints.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { createKnown } from './known.ts'
import { type BackfillRun, createPlaces, createRun, noPlaces } from './run.ts'
import { createDeliveries } from './sources/deliveries.ts'
import { createLists } from './sources/lists.ts'
import { createSystemEvents } from './sources/system-events.ts'
import { createDryTake, createTake, type TakeParts } from './take.ts'

/** Stored events are interpreted within seconds, and then the index of events knows them. */
const REMEMBERED = 5_000

/** A dry run stores nothing: it knows only what it remembers. */
const REMEMBERED_DRY = 50_000

/** The name of the run of an operator, by command or in the console. */
export const OPERATOR_RUN = 'command'

export type RunsParts = Omit<TakeParts, 'known' | 'remembered'> & {
  redis: RedisClient
  events: EventStore
  eventIndex: Pick<RecordIndex, 'find'>
  polar: PolarClient
  ours: Ours
}

/** @param name of the run that keeps its place: two of different names go on side by side. */
export const createRuns = (parts: RunsParts, name: string) => {
  const { redis, polar, ours } = parts
  /** A run notes its finds for its later sources. */
  const begun = (remembered: number) => {
    const known = createKnown(parts, remembered)
    const from = { polar, ours, known }
    const sources = [createDeliveries(from), createSystemEvents(from), ...createLists(from)]
    return { sources, taking: { ...parts, known, remembered } }
  }
  return {
    real: (): BackfillRun => {
      const { sources, taking } = begun(REMEMBERED)
      return createRun({ sources, take: createTake(taking), places: createPlaces(redis, name) })
    },
    dry: (): BackfillRun => {
      const { sources, taking } = begun(REMEMBERED_DRY)
      return createRun({ sources, take: createDryTake(taking), places: noPlaces })
    },
  }
}

export type BackfillRuns = ReturnType<typeof createRuns>
