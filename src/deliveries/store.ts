// Deliveries in Redis, each a part of its message's record. `apply` is the only way to change one: it compares and sets the
// record, keeps, packs or drops the frozen email, and writes the due entry and the index in the same step.

import { type Kind, type Language, languageIn } from '../../emails/index.ts'
import type { MailedLinks } from '../links/link.ts'
import { customerKeyOf } from '../records/message-id.ts'
import { recordPacking } from '../records/packing.ts'
import { bodyKey, type LoadedRecord, messageKey, type RecordStore } from '../records/store.ts'
import type { Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due, Priority } from '../redis/due.ts'
import type { RecordIndex } from '../redis/record-index.ts'
import type { Email } from '../resend/email.ts'
import { HOUR } from '../runtime/clock.ts'
import type { BodyPacking } from './body-packing.ts'
import type { Delivery, Happening } from './delivery.ts'
import { labelsOf, outcomesOf } from './labels.ts'
import { keepsEmail, transition } from './transition.ts'

/** A person who has not decided by then may have missed the alert about a held message. */
export const HELD_TOO_LONG = HOUR

/** A message's record as it was read, with its delivery. */
export type Loaded = { id: string; record: LoadedRecord; delivery: Delivery }

type Also = {
  /** The email that a claim freezes. */
  freeze?: Email
  /** The email that Resend has accepted; without it, the frozen one is read. */
  sent?: Email
  /** Its links, as a claim stores them. */
  links?: MailedLinks
  /** When Resend accepted or delivered it, in milliseconds: its links count from there. */
  mailedAt?: number
  /** Further writes of the same step, on its shard. */
  writes?: readonly Write[]
}

/** When the sweeper brings a delivery back; `null` where no work is left. Times in milliseconds. */
const dueAt = (delivery: Delivery, at: number): number | null => {
  switch (delivery.state) {
    case 'waiting':
      return delivery.notBefore
    case 'sending':
      return delivery.retryAt
    case 'unconfirmed':
      return at
    case 'held':
      return at + HELD_TOO_LONG
    default:
      return null
  }
}

export type OnChange = (before: Loaded, after: Loaded, happening: Happening) => void

type DeliveryStoreParts = {
  redis: RedisClient
  records: RecordStore
  index: RecordIndex
  due: Due
  bodies: BodyPacking
  priorityOf: (kind: Kind) => Priority
  /** Receives each change that was written. */
  onChange?: OnChange | undefined
}

/** The kind of a message, as its record has it. */
export const kindIn = ({ parts }: LoadedRecord): Kind => (parts.message as { kind: Kind }).kind

/** The event that caused a message, as its record has it; `null` for a message of the schedule. */
export const eventIn = ({ parts }: LoadedRecord): string | null =>
  (parts.message as { eventId: string | null }).eventId

/** The ids by which the log lines about a message are found. */
export const idsOf = ({ id, record }: Pick<Loaded, 'id' | 'record'>) => {
  const event = eventIn(record)
  return { message: id, ...(event !== null && { event }) }
}

/** The language of a message's email; `null` where it is the brand's own. */
const languageOf = ({ parts }: LoadedRecord): Language | null =>
  languageIn((parts.message as { recipient: { locale: string | null } }).recipient.locale ?? '')

/** The links of a message, once it was claimed. */
export const linksIn = ({ parts }: LoadedRecord): MailedLinks | null =>
  (parts.links as MailedLinks | undefined) ?? null

/** The links after a change. A link may be revoked at any time, and stays revoked. */
const linksAfter = (stored: MailedLinks | null, { links, mailedAt }: Also) => {
  const before = links ? { ...links, ...(stored?.revoked && { revoked: stored.revoked }) } : stored
  return before && { ...before, ...(mailedAt !== undefined && { mailedAt }) }
}

const withDelivery = (id: string, record: LoadedRecord): Loaded => ({
  id,
  record,
  delivery: record.parts.delivery as Delivery,
})

export const createDeliveryStore = (parts: DeliveryStoreParts) => {
  const { redis, records, index, due, bodies, priorityOf, onChange } = parts

  const dueWrites = (id: string, kind: Kind, delivery: Delivery, at: number): Write[] => {
    if (delivery.state === 'batched') return [] // its batch brings it back
    const time = dueAt(delivery, at)
    return [time === null ? due.doneWrite(id) : due.write(id, time, priorityOf(kind))]
  }

  const load = async (id: string): Promise<Loaded | null> => {
    const record = await records.load(messageKey(id))
    return record && withDelivery(id, record)
  }

  const acceptedAt = async (id: string): Promise<number | null> => {
    const delivery = (await load(id))?.delivery
    return delivery?.state === 'accepted' ? delivery.at : null
  }

  const frozen = async (id: string): Promise<Email | null> => {
    const found = await redis.getBuffer(bodyKey(id))
    return found && bodies.unpack(found, () => acceptedAt(id))
  }

  /** A claim stores the email as plain JSON, which takes least time. Its acceptance packs it, without its attachment. */
  const bodyWrites = async (
    { id, record, delivery }: Loaded,
    next: Delivery,
    { freeze, sent }: Also,
  ): Promise<Write[]> => {
    const key = bodyKey(id)
    if (freeze) return [{ key, set: recordPacking.plain(freeze) }]
    if (!keepsEmail(next)) return [{ key, delete: true }]
    if (next.state !== 'accepted' || delivery.state === 'accepted') return []
    const email = sent ?? (await frozen(id))
    return email ? [{ key, set: await bodies.pack(email, kindIn(record), languageOf(record)) }] : []
  }

  return {
    /** `null` where there is no such message. */
    load,
    /** The email as it was claimed, without its attachment once it is accepted; `null` once it is gone. */
    frozen,
    /** Whether there is such an email. */
    isKept: async (id: string): Promise<boolean> => (await redis.exists(bodyKey(id))) === 1,
    /**
     * Changes a delivery by what happened.
     * @returns the delivery after it; `null` where it cannot happen in this state, or another process has changed the
     * delivery since it was read.
     */
    apply: async (
      loaded: Loaded,
      happening: Happening,
      also: Also = {},
    ): Promise<Loaded | null> => {
      const { id, record, delivery } = loaded
      const next = transition(delivery, happening)
      if (!next) return null
      const kind = kindIn(record)
      const customer = customerKeyOf(id)
      const body = await bodyWrites(loaded, next, also)
      const outcomes = outcomesOf(delivery, next).map((outcome) => `${kind}:${outcome}`)
      const changed = await records.change(
        record,
        'delivery',
        (now) => {
          const links = linksAfter((now.links as MailedLinks | undefined) ?? null, also)
          return { delivery: next, ...(links && { links }) }
        },
        [
          ...(also.writes ?? []),
          ...body,
          ...dueWrites(id, kind, next, happening.at),
          ...index.relabel(customer, record.parts.n, labelsOf(delivery), labelsOf(next)),
          ...(outcomes.length > 0 ? index.count(customer, happening.at, outcomes) : []),
          ...(next.state === 'accepted' && delivery.state !== 'accepted'
            ? index.terms(customer, record.parts.n, [`email:${next.providerId}`])
            : []),
        ],
      )
      if (!changed) return null
      const after = withDelivery(id, changed)
      onChange?.(loaded, after, happening)
      return after
    },
    /** Drops the email as it was sent: it has grown too old. */
    dropBody: async (id: string): Promise<void> => {
      await redis.unlink(bodyKey(id))
    },
    /** Removes the due entry: no work is left. */
    done: (id: string) => due.done(id),
    /** Brings a message back at `time` (ms), with its record as it is. */
    dueAgain: (id: string, time: number) => due.at(id, time),
    /** The score of its due entry, for `putOff`. */
    dueScore: (id: string) => due.scoreOf(id),
    /** Brings it back at `time` (ms), unless its due entry has another score than `before`: an event may have moved it. */
    putOff: (id: string, before: number, time: number) => due.putOffUnlessMoved(id, before, time),
  }
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>
