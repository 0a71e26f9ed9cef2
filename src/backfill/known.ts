// Which events are stored already, so that a backfill reads and stores only what was missed.

import { LRUCache } from 'lru-cache'
import { type InterpretedEvent, isInterpreted } from '../events/record.ts'
import type { EventStore } from '../events/store.ts'
import { readEvent } from '../polar/event.ts'
import type { EventIds } from '../polar/ids.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import { upTo } from '../runtime/cache.ts'
import { HOUR, MINUTE } from '../runtime/clock.ts'

const PAGE = 50

/** Polar tries a webhook for about half an hour (server/polar/config.py), and its clock may be a little ahead of ours. */
const DELIVERED_WITHIN = HOUR
const SKEW = 5 * MINUTE

type KnownParts = {
  events: Pick<EventStore, 'load' | 'has'>
  eventIndex: Pick<RecordIndex, 'find'>
}

/** The id of an object of Polar's. */
export const idIn = (data: unknown): string => String((Object(data) as { id?: unknown }).id ?? '')

const ABOUT = ['order', 'subscription', 'customer'] as const

/** An event of this type about this object. */
export type Sought = { type: string; about: (typeof ABOUT)[number]; id: string }

/** @param remembered how many found events are remembered: the index knows those that are interpreted. */
export const createKnown = ({ events, eventIndex }: KnownParts, remembered: number) => {
  /** Times (ms) of found events, by what they are about. */
  const found = new LRUCache<string, readonly number[]>(upTo(remembered))
  const nameOf = ({ type, about, id }: Sought) => `${type} ${about} ${id}`

  /** Whether an event of a delay (ms) after its fact came from Polar by itself. */
  const isInTime = (delay: number) => delay > -SKEW && delay < DELIVERED_WITHIN

  /** A found event says when it happened, for as long as its payload is kept. */
  const isAbout = ({ isBackfilled, body, receivedAt }: InterpretedEvent, at: number): boolean => {
    if (!isBackfilled) return isInTime(receivedAt - at)
    if (body === null) return receivedAt > at
    const { occurredAt = receivedAt } = readEvent({ id: '', body, receivedAt }) as {
      occurredAt?: number
    }
    return isInTime(Math.abs(occurredAt - at))
  }

  const isNoted = (sought: Sought, at: number | null): boolean => {
    const times = found.get(nameOf(sought)) ?? []
    return at === null ? times.length > 0 : times.some((time) => isInTime(Math.abs(time - at)))
  }

  return {
    /** Whether an event is stored under this id. An erased one counts: its id must not come back to life. */
    has: (id: string): Promise<boolean> => events.has(id),

    /** Notes an event that was found, so that no other source finds it again. @param at when it happened (ms). */
    note: (type: string, ids: EventIds, at: number): void => {
      const about = ABOUT.find((one) => type.startsWith(`${one}.`))
      const id = about && ids[about]
      if (!id) return
      const name = nameOf({ type, about, id })
      found.set(name, [...(found.get(name) ?? []), at])
    },

    /** Whether the webhook of what happened at `happened` (ISO 8601) came, or was found; `null`: at any time. */
    came: async (sought: Sought, happened: string | null): Promise<boolean> => {
      const { type, about, id } = sought
      const at = happened === null ? null : Date.parse(happened)
      if (isNoted(sought, at)) return true
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<RecordIndex['find']>> = await eventIndex.find(
          `${about}:${id}`,
          { limit: PAGE, cursor },
        )
        const loaded = await Promise.all(page.found.map(events.load))
        for (const event of loaded) {
          if (!isInterpreted(event) || event.type !== type || event.ids[about] !== id) continue
          if (at === null || isAbout(event, at)) return true
        }
        const oldest = loaded.at(-1)?.receivedAt ?? 0
        cursor = at !== null && oldest < at - SKEW ? null : page.cursor
      } while (cursor !== null)
      return false
    },
  }
}

export type Known = ReturnType<typeof createKnown>
