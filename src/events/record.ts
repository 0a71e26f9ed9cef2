// The record of an event: bytes in Redis and what they mean. Pure.
//
//   raw ──interpreted──▶ packed: outline and payload ──RETAIN_PAYLOADS_DAYS──▶ outline
//
//   raw      as redis/store-once.ts writes it
//   packed   marker (1 byte), length of the outline (3 bytes), outline, payload
//   outline  marker (1 byte), outline

import type { EventIds } from '../polar/ids.ts'
import { messageIdOf, readMessageId } from '../records/message-id.ts'
import { customerKey, isUuid } from '../redis/keys.ts'
import { type Packing, UnreadableRecordError } from '../redis/packing.ts'
import { readRaw } from '../redis/store-once.ts'
import type { Outcome } from './outcome.ts'

/** The part of an event that stays when its payload is gone. Times are in milliseconds. */
export type Outline = {
  /** Polar's type; `null` where it cannot be read. */
  type: string | null
  ids: EventIds
  outcome: Outcome
  receivedAt: number
  interpretedAt: number
  /** Its webhook never arrived, and the backfill found it. */
  isBackfilled: boolean
  /** The number of its entry in the index. */
  n: number
}

/** `record` is as it was read, for the compare-and-set that replaces it. */
type Stored = { id: string; record: Buffer }

/** An event that is not interpreted yet. */
export type WaitingEvent = Stored & {
  /** Its payload as it came. */
  body: string
  receivedAt: number
  isBackfilled: boolean
  outcome: null
}

/** An event that is interpreted. Its `body` is `null` once the payload is gone. */
export type InterpretedEvent = Stored & Outline & { body: string | null }

export type StoredEvent = WaitingEvent | InterpretedEvent

export const isInterpreted = (event: StoredEvent | null): event is InterpretedEvent =>
  event !== null && event.outcome !== null

/** First bytes of the records after the raw ones of redis/store-once.ts. */
const PACKED = 3
const OUTLINE = 4

/** Stands for an event that was erased, so that it is not taken for a new one when it comes again. */
export const ERASED = Buffer.of(5)

const LENGTH_BYTES = 3

/** The sender chooses the type. */
const LONGEST_TYPE = 64

/** An outline as it is packed: `id` only where the key does not say it, `took` from receiving to interpreting. */
type Packed = EventIds & {
  id?: string
  type: string | null
  n: number
  receivedAt: number
  backfilled?: true
  took: number
  messages?: string[]
  ignored?: string
  because?: string
}

/** A message of the customer whom the outline names is known by the second half of its id. */
const shortened = ({ customer }: EventIds, id: string): string => {
  const parts = customer === undefined ? null : readMessageId(id)
  return parts && parts.customer === customerKey(customer ?? '') ? parts.recordId : id
}

const lengthened = ({ customer }: EventIds, id: string): string =>
  customer === undefined || readMessageId(id) ? id : messageIdOf(customerKey(customer), id)

const packedOf = (id: string, outline: Outline): Packed => {
  const { type, ids, outcome, receivedAt, isBackfilled, interpretedAt, n } = outline
  const { messages, ...reason } = outcome
  return {
    ...(!isUuid(id) && { id }),
    type: type === null ? null : type.slice(0, LONGEST_TYPE),
    n,
    receivedAt,
    ...(isBackfilled && { backfilled: true }),
    took: interpretedAt - receivedAt,
    ...ids,
    ...reason,
    ...(messages && { messages: messages.map((one) => shortened(ids, one)) }),
  }
}

const outlineOf = (packed: Packed): Outline => {
  const {
    id: _,
    type,
    n,
    receivedAt,
    backfilled,
    took,
    messages,
    ignored,
    because,
    ...ids
  } = packed
  const found = messages && { messages: messages.map((one) => lengthened(ids, one)) }
  const outcome = (ignored === undefined ? found : { ignored, because, ...found }) as Outcome
  const times = { receivedAt, interpretedAt: receivedAt + took }
  return { type, ids, outcome, ...times, isBackfilled: backfilled === true, n }
}

/** The parts of a packed record. */
const partsOf = (record: Buffer): { outline: Buffer; payload: Buffer | null } => {
  if (record[0] === OUTLINE) return { outline: record.subarray(1), payload: null }
  if (record[0] !== PACKED) throw new UnreadableRecordError('not the record of an event')
  const from = 1 + LENGTH_BYTES
  const until = from + record.readUIntBE(1, LENGTH_BYTES)
  return { outline: record.subarray(from, until), payload: record.subarray(until) }
}

const joined = (outline: Buffer, payload: Buffer | null): Buffer => {
  if (!payload) return Buffer.concat([Buffer.of(OUTLINE), outline])
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUIntBE(outline.length, 0, LENGTH_BYTES)
  return Buffer.concat([Buffer.of(PACKED), length, outline, payload])
}

/** The record of an interpreted event without its payload. */
export const withoutPayload = ({ record }: InterpretedEvent): Buffer =>
  joined(partsOf(record).outline, null)

type Packings = { outlines: Packing; payloads: Packing }

/** @param packings one for outlines, and one for the payloads of events. */
export const createEventRecords = ({ outlines, payloads }: Packings) => {
  /** The payload of a record of any kind, packed. */
  const payloadOf = (record: Buffer): Buffer | null => {
    const raw = readRaw(record)
    return raw ? payloads.packText(raw.body) : partsOf(record).payload
  }

  return {
    /**
     * @param id as its key says it, for a record that does not keep its own.
     * @returns `null` for an event that was erased.
     * @throws {UnreadableRecordError}
     */
    read: (id: string, record: Buffer): StoredEvent | null => {
      const raw = readRaw(record)
      if (raw) {
        const { receivedAt, isBackfilled, body } = raw
        const text = body.toString()
        return { id: raw.id ?? id, record, receivedAt, isBackfilled, body: text, outcome: null }
      }
      if (record.equals(ERASED)) return null
      const { outline, payload } = partsOf(record)
      const packed = outlines.unpack(outline) as Packed
      const body = payload && payloads.unpackText(payload).toString()
      return { id: packed.id ?? id, record, body, ...outlineOf(packed) }
    },
    /** The record of an event once it is interpreted, with the payload that it has. */
    interpreted: ({ id, record }: StoredEvent, outline: Outline): Buffer =>
      joined(outlines.pack(packedOf(id, outline)), payloadOf(record)),
  }
}
