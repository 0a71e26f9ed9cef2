// Stores a signed webhook: raw, once, together with its due entry, in one step. When that is done the webhook is as durable
// as Redis and its replicas are, and Postern may answer 202.
//
//   raw record = marker (1 byte), received at (6 bytes, ms), [length of the id (2 bytes), id,] body as it came
//
// The id is in the record only where the key does not say it, or where the marker says that the webhook never arrived and was
// found later.

import type { Clock } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { type Due, dueEntry, NUDGE_LOST, type Priority } from './due.ts'
import { isUuid } from './keys.ts'
import { whenReplicated } from './replication.ts'
import { createScript } from './script.ts'

const ADD = `
if not redis.call('SET', KEYS[1], ARGV[1], 'NX') then return 0 end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3])
return 1`

/** First bytes of a raw record. A record that replaces it begins with another byte. */
const RAW = 1
const RAW_WITH_ID = 2
const RAW_BACKFILLED = 6

const MARKERS: readonly unknown[] = [RAW, RAW_WITH_ID, RAW_BACKFILLED]

const TIME_BYTES = 6

/** Bytes at the start of a raw record by which a compare-and-set knows it: its marker and its time. */
const START_BYTES = 1 + TIME_BYTES

const LENGTH_BYTES = 2

type Raw = { id: string; receivedAt: number; body: Uint8Array; isBackfilled: boolean }

/** @param receivedAt milliseconds. */
export const rawRecord = ({ id, receivedAt, body, isBackfilled }: Raw): Buffer => {
  const marker = isBackfilled ? RAW_BACKFILLED : isUuid(id) ? RAW : RAW_WITH_ID
  const named = marker === RAW ? Buffer.alloc(0) : Buffer.from(id)
  const head = Buffer.alloc(START_BYTES + (marker === RAW ? 0 : LENGTH_BYTES))
  head.writeUInt8(marker)
  head.writeUIntBE(receivedAt, 1, TIME_BYTES)
  if (marker !== RAW) head.writeUIntBE(named.length, START_BYTES, LENGTH_BYTES)
  return Buffer.concat([head, named, body])
}

/**
 * `id` is `null` where the key says it; `isBackfilled`: it never arrived, and was found later; `start` identifies the record in a
 * compare-and-set.
 */
export type RawRecord = {
  id: string | null
  receivedAt: number
  isBackfilled: boolean
  body: Buffer
  start: Buffer
}

/** Reads a raw record; `null` for any other. */
export const readRaw = (record: Buffer): RawRecord | null => {
  const [marker] = record
  if (!MARKERS.includes(marker)) return null
  const from = START_BYTES + (marker === RAW ? 0 : LENGTH_BYTES)
  const until = marker === RAW ? from : from + record.readUIntBE(START_BYTES, LENGTH_BYTES)
  return {
    id: marker === RAW ? null : record.toString('utf8', from, until),
    receivedAt: record.readUIntBE(1, TIME_BYTES),
    isBackfilled: marker === RAW_BACKFILLED,
    body: record.subarray(until),
    start: record.subarray(0, START_BYTES),
  }
}

/** `key` is that of its record, on the shard of its id, where its due entry is too. */
type Webhook = {
  id: string
  key: string
  body: Uint8Array
  due: Due
  priority: Priority
  /** It never arrived, and was found later. */
  isBackfilled?: boolean
}

export const createStoreOnce = (redis: RedisClient, clock: Clock) => {
  const add = createScript(redis, ADD)
  /** @returns `false` if it was stored before. */
  return async ({
    id,
    key,
    body,
    due,
    priority,
    isBackfilled = false,
  }: Webhook): Promise<boolean> => {
    const now = clock.now()
    const entry = dueEntry(id, now + NUDGE_LOST, priority)
    const record = rawRecord({ id, receivedAt: now, body, isBackfilled })
    const isNew = (await add([key, due.keyOf(id)], [record, ...entry])) === 1
    await whenReplicated(redis, key) // also where it was stored before: perhaps only the answer to that was lost
    return isNew
  }
}
