// Brings the indexes of messages and events, and the list of suppressions, in line with their records, in small steps beside
// running processes: makes or repairs the entry of each record, then removes each entry that no record has. A record that cannot be read is counted, and
// its entry stays. A run that was ended goes on where it was.
// Counts by day are not made again: no record says what was counted of records that are gone.

import { isClicked } from '../clicks/store.ts'
import { entryOf as entryOfEvent } from '../events/entry.ts'
import { isInterpreted } from '../events/record.ts'
import { type EventStore, eventGuard } from '../events/store.ts'
import { entryOf as entryOfMessage } from '../messages/entry.ts'
import { messageIn } from '../messages/store.ts'
import type { Stores } from '../messages/stores.ts'
import { messageIdOf } from '../records/message-id.ts'
import { customerIn } from '../records/store.ts'
import { retryConflicts } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { keyOnShard, REINDEX_KEY, SHARDS } from '../redis/keys.ts'
import { UnreadableRecordError } from '../redis/packing.ts'
import type { Found, RecordIndex } from '../redis/record-index.ts'
import { DAY } from '../runtime/clock.ts'
import { createSuppressionRepair } from '../suppressions/repair.ts'
import { createScan, type RecordKey, type ScanPlace } from './scan.ts'

/** Entries that are checked side by side. */
const STEP = 50

/** Keys of unreadable records that are named. */
const NAMED = 10

/** How many records were read, how many entries were repaired or removed, and how many records could not be read. */
export type Reindexed = {
  records: number
  repaired: number
  removed: number
  unreadable: number
  /** The first ten. */
  unreadableKeys: readonly string[]
}

const NOTHING: Reindexed = {
  ...{ records: 0, repaired: 0, removed: 0, unreadable: 0, unreadableKeys: [] },
}

/** `walk` counts through the shards of each index, then of the list of suppressions, where `cursor` says how far. */
type Place = { counts: Reindexed; keys: number } & (
  | { scan: ScanPlace }
  | { walk: number; n: number; cursor?: string }
)

type Walk = Extract<Place, { walk: number }>

export type Progress = Reindexed & {
  /** From 0 to 1. */
  share: number
}

type ReindexParts = Pick<Stores, 'index' | 'records' | 'customers'> & {
  redis: RedisClient
  events: Pick<EventStore, 'load'>
  eventIndex: RecordIndex
}

const KINDS = ['msg', 'event'] as const

type Indexed = RecordKey & { kind: (typeof KINDS)[number] }

const isIndexed = (record: RecordKey): record is Indexed => record.kind !== 'suppressed'

/** The record is damaged, has another shape than ours, or is of another type of Redis. Any other error ends the run. */
const unreadable = (error: unknown): 'unreadable' => {
  const isUnreadable =
    error instanceof UnreadableRecordError ||
    error instanceof TypeError ||
    error instanceof SyntaxError ||
    error instanceof RangeError ||
    (error instanceof Error && error.message.startsWith('WRONGTYPE'))
  if (!isUnreadable) throw error
  return 'unreadable'
}

type Repair = 'none' | 'unreadable' | 'whole' | 'repaired'

/** Nearly all of the time goes into the records. */
const SCAN_SHARE = 0.9

export const createReindex = (parts: ReindexParts) => {
  const { redis, records, index, customers, events, eventIndex } = parts
  const scan = createScan(redis)
  const suppressions = createSuppressionRepair(redis)

  const read = async ({ key, shard, kind, digest }: Indexed) => {
    if (kind === 'event') {
      const event = await events.load({ shard, digest })
      if (!isInterpreted(event)) return null
      return { guard: eventGuard(event), n: event.n, entry: entryOfEvent(event.id, event) }
    }
    const record = await records.load(key)
    if (!record?.parts.message) return null
    const id = messageIdOf(customerIn(record), digest.toString('base64url'))
    const { customerId } = messageIn(id, record).recipient
    const { externalId = null } = (await customers.load(customerId, null)).state
    const entry = entryOfMessage(id, record, { externalId, isClicked: isClicked(record) })
    return { guard: { key, expected: record.expected }, n: record.parts.n, entry }
  }

  /** The entry that a record should have; `null` for none. */
  const wanted = (record: Indexed) => read(record).catch(unreadable)

  const indexOf = (kind: Indexed['kind']) => (kind === 'msg' ? index : eventIndex)

  const repairSuppression = (hash: string): Promise<Repair> =>
    suppressions
      .repair(hash)
      .then((isRepaired) => (isRepaired ? ('repaired' as const) : ('whole' as const)))
      .catch(unreadable)

  const repair = (record: RecordKey): Promise<Repair> => {
    if (!isIndexed(record)) return repairSuppression(record.digest.toString('base64url'))
    return repairEntry(record)
  }

  const repairEntry = (record: Indexed): Promise<Repair> =>
    retryConflicts(async () => {
      const found = await wanted(record)
      if (!found) return 'none'
      if (found === 'unreadable') return found
      const { guard, n, entry } = found
      const isRepaired = await indexOf(record.kind).repair(guard, record.shard, n, entry)
      if (isRepaired === null) return null
      return isRepaired ? 'repaired' : 'whole'
    })

  /** @returns whether the entry had no record, and was removed. */
  const clear = (kind: Indexed['kind'], { shard, n, digest }: Found): Promise<boolean> =>
    retryConflicts(async () => {
      const key = keyOnShard(shard, kind, digest.toString('base64url'))
      const expected = await redis.getBuffer(key).catch(unreadable)
      if (expected === 'unreadable') return false
      if (expected) {
        const found = await wanted({ key, shard, kind, digest })
        if (found === 'unreadable' || found?.n === n) return false
      }
      return indexOf(kind).clear({ key, expected }, shard, n)
    })

  const scanStep = async ({ scan: from, counts, keys }: Place & { scan: ScanPlace }) => {
    const found = await scan.next(from)
    const done = await Promise.all(found.records.map(repair))
    const repaired = done.filter((result) => result === 'repaired').length
    const whole = done.filter((result) => result === 'whole').length
    const skipped = found.records.flatMap(({ key }, at) => (done[at] === 'unreadable' ? [key] : []))
    const after = {
      counts: {
        ...counts,
        records: counts.records + whole + repaired,
        repaired: counts.repaired + repaired,
        unreadable: counts.unreadable + skipped.length,
        unreadableKeys: [...new Set([...counts.unreadableKeys, ...skipped])].slice(0, NAMED),
      },
      keys: keys + found.keys,
    }
    return found.place ? { ...after, scan: found.place } : { ...after, walk: 0, n: 1 }
  }

  const walkStep = async (place: Walk): Promise<Place> => {
    const { walk, n, counts } = place
    const kind = KINDS[Math.floor(walk / SHARDS.length)] ?? 'msg'
    const shard = SHARDS[walk % SHARDS.length] ?? 0
    const { found, next } = await indexOf(kind).range(shard, n, STEP)
    const cleared = await Promise.all(found.map((one) => clear(kind, one)))
    const removed = counts.removed + cleared.filter(Boolean).length
    const to = found.length === 0 ? { walk: walk + 1, n: 1 } : { walk, n: next }
    return { ...place, ...to, counts: { ...counts, removed } }
  }

  /** Removes hashes without a record from a shard's list of suppressions. */
  const listStep = async (place: Walk): Promise<Place> => {
    const { walk, counts, cursor = '0' } = place
    const { hashes, next } = await suppressions.listed(SHARDS[walk % SHARDS.length] ?? 0, cursor)
    const done = await Promise.all(hashes.map(repairSuppression))
    const removed = counts.removed + done.filter((result) => result === 'repaired').length
    const to = next === null ? { walk: walk + 1, n: 1 } : { walk, n: 1, cursor: next }
    return { keys: place.keys, ...to, counts: { ...counts, removed } }
  }

  const INDEX_WALKS = KINDS.length * SHARDS.length
  const WALKS = INDEX_WALKS + SHARDS.length

  const step = (place: Place): Promise<Place> => {
    if ('scan' in place) return scanStep(place)
    return place.walk < INDEX_WALKS ? walkStep(place) : listStep(place)
  }

  /** Where an ended run goes on. */
  const placeBefore = async (): Promise<Place | null> => {
    const text = await redis.get(REINDEX_KEY)
    if (text === null) return null
    const place = JSON.parse(text) as Place
    // A run of an earlier release counted less.
    return { ...place, counts: { ...NOTHING, ...place.counts } }
  }

  const begin = async (before: Place | null): Promise<Place> => {
    if (before && 'walk' in before) return before
    const place = await scan.begin(before?.scan ?? null)
    const isResumed = before !== null && place === before.scan
    return isResumed ? before : { counts: NOTHING, keys: 0, scan: place }
  }

  /**
   * Does it all, from where a run within the last day was ended.
   * @param isAnew from the beginning.
   * @param goesOn gets the progress, and says whether to go on; a run that does not keeps its place.
   */
  return async (
    isAnew: boolean,
    goesOn: (progress: Progress) => Promise<boolean>,
  ): Promise<Reindexed> => {
    let place = await begin(isAnew ? null : await placeBefore())
    const size = await scan.size()
    while (true) {
      if ('walk' in place && place.walk === WALKS) break
      place = await step(place)
      await redis.set(REINDEX_KEY, JSON.stringify(place), 'PX', DAY)
      const share =
        'walk' in place
          ? SCAN_SHARE + ((1 - SCAN_SHARE) * place.walk) / WALKS
          : SCAN_SHARE * Math.min(1, place.keys / Math.max(1, size))
      if (!(await goesOn({ ...place.counts, share }))) return place.counts
    }
    await redis.del(REINDEX_KEY)
    return place.counts
  }
}

export type Reindex = ReturnType<typeof createReindex>
