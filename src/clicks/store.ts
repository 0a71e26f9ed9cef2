// Stores clicks: each visit with its verdict, evidence and ending, as a part of the record of its link's message, or of its
// link. Visits of machines have a list of their own, so that they never push out a person's. No IP address and no user agent
// is stored.

import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedRecord, RecordStore } from '../records/store.ts'
import { retryConflicts, type Write } from '../redis/compare-and-set.ts'
import type { Evidence, Verdict } from './verdict.ts'

export type Ending =
  | 'button_shown'
  | 'signed_in'
  | 'expired'
  | 'revoked'
  | 'address_changed'
  | 'customer_gone'
  | 'no_member'
  | 'polar_unavailable'
  | 'polar_refused'
  | 'limited'
  | 'unknown'
  | 'failed'

export type Click = {
  /** Which link of the record: its mark. */
  link: string
  /** Milliseconds. */
  at: number
  visitor: Verdict['visitor']
  /** The first entry decided. */
  evidence: readonly Evidence[]
  ending: Ending
  /** Milliseconds from the request to the answer. */
  took: number
}

/** Milliseconds. Each write to disk delays the other answers of Redis, so clicks within it are written together. */
const WRITE_DELAY = 25

/** The newest clicks of each list are kept. */
const MAX_KEPT = { clicks: 200, machines: 50 }

/** People are told apart up to this many. */
const MAX_PEOPLE = 200

type List = keyof typeof MAX_KEPT

/** Newest first. `people` are digests of those who signed in, which no other record has. */
export type Clicks = Record<List, readonly Click[]> & { people: readonly string[] }

const none: Clicks = { clicks: [], machines: [], people: [] }

const clicksIn = ({ parts }: LoadedRecord): Clicks => ({ ...none, ...(parts.clicks as Clicks) })

/** Whether a person has signed in by one of its links. */
export const isClicked = (record: LoadedRecord): boolean => clicksIn(record).people.length > 0

/** Whether a person followed one of its links by then, in milliseconds. */
export const isFollowed = (record: LoadedRecord, until: number): boolean =>
  clicksIn(record).clicks.some(({ visitor, at }) => visitor === 'person' && at <= until)

const withClick = (before: Clicks, click: Click, person: string | null): Clicks => {
  const list: List = click.visitor === 'machine' ? 'machines' : 'clicks'
  const isNew =
    person !== null && before.people.length < MAX_PEOPLE && !before.people.includes(person)
  return {
    ...before,
    [list]: [click, ...before[list]].slice(0, MAX_KEPT[list]),
    people: isNew ? [...before.people, person] : before.people,
  }
}

/** Four characters that stand for a person in one record, and cannot be compared with those in another. */
const digestOf = (person: string, { key }: LoadedRecord): string =>
  createHash('sha256').update(`${key}\n${person}`).digest().subarray(0, 3).toString('base64url')

type ClickStoreParts = {
  records: Pick<RecordStore, 'change'>
  /** The writes that note a person's first click in the index and the counts. */
  firstClickWrites: (record: LoadedRecord, at: number) => readonly Write[]
}

export const createClickStore = ({ records, firstClickWrites }: ClickStoreParts) => {
  let writing: Promise<void> | undefined
  return {
    /**
     * Stores a click.
     * @param load reads the record of its link; `null` where that is gone by now.
     * @param person the pseudonym of a person who signed in, or `null`.
     */
    add: async (load: () => Promise<LoadedRecord | null>, click: Click, person: string | null) => {
      writing ??= sleep(WRITE_DELAY).then(() => {
        writing = undefined
      })
      await writing
      await retryConflicts(async () => {
        const record = await load()
        if (!record) return true
        const before = clicksIn(record)
        const clicks = withClick(before, click, person && digestOf(person, record))
        const isFirst = before.people.length === 0 && clicks.people.length > 0
        const writes = isFirst ? firstClickWrites(record, click.at) : []
        return (await records.change(record, 'clicks', { clicks }, writes)) ? true : null
      })
    },
    /** The clicks in a record, newest first, and the number of people who signed in, up to 200. */
    read: (record: LoadedRecord, publicIdOf: (mark: string) => string) => {
      const { clicks, machines, people } = clicksIn(record)
      const shown = (list: readonly Click[]) =>
        list.map((click) => ({ ...click, link: publicIdOf(click.link) }))
      return { people: people.length, clicks: shown(clicks), machines: shown(machines) }
    },
  }
}

export type ClickStore = ReturnType<typeof createClickStore>
