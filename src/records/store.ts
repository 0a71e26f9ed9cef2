// One record a message: the message, its delivery, its links and its clicks, each a part that one room owns. So one
// compare-and-set guards all that is known of an email. A link without a message has a record of the same form.

import { type CompareAndSet, retryConflicts, type Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { customerKey, shardSlot } from '../redis/keys.ts'
import type { Packing } from '../redis/packing.ts'
import { partsOfMessageId } from './message-id.ts'

/** Each part is JSON, and only its room knows its shape. */
export type Parts = {
  /** The number of the message in the index; 0 for a link without a message. */
  n: number
  message?: unknown
  delivery?: unknown
  links?: unknown
  clicks?: unknown
}

export type Part = Exclude<keyof Parts, 'n'>

/** A record as it was read: `expected` are its bytes, which a compare-and-set must still find. */
export type LoadedRecord = {
  key: string
  parts: Parts
  expected: Buffer
  /** When Redis may delete it, in milliseconds; `null` where its lifetime is a matter of settings. */
  deleteAt: number | null
}

/** The key of the customer whose message a record has. */
export const customerIn = ({ parts }: LoadedRecord): string =>
  customerKey((parts.message as { recipient: { customerId: string } }).recipient.customerId)

/** The key of a message's record. */
export const messageKey = (id: string) => {
  const { customer, recordId } = partsOfMessageId(id)
  return shardSlot(customer, 'msg', recordId)
}

/** The key of the email of a message as it was frozen. */
export const bodyKey = (id: string) => {
  const { customer, recordId } = partsOfMessageId(id)
  return shardSlot(customer, 'body', recordId)
}

/** The key of a link that no message has. `customer` is a `customerKey`. */
export const linkKey = (customer: string, recordId: string) => shardSlot(customer, 'link', recordId)

type RecordStoreParts = {
  redis: RedisClient
  compareAndSet: CompareAndSet
  packing: Packing
  /** Whether a record will hardly change any more. It is packed then; until then it is plain, which costs less time. */
  isAtRest: (parts: Parts) => boolean
  clock: { now: () => number }
}

export const createRecordStore = (given: RecordStoreParts) => {
  const { redis, compareAndSet, packing, isAtRest, clock } = given

  const read = (key: string, bytes: Buffer | null): LoadedRecord | null => {
    if (bytes === null) return null
    const { deleteAt, ...parts } = packing.unpack(bytes) as Parts & { deleteAt?: number }
    return { key, parts, expected: bytes, deleteAt: deleteAt ?? null }
  }

  const load = async (key: string): Promise<LoadedRecord | null> =>
    read(key, await redis.getBuffer(key))

  const pack = (parts: Parts, deleteAt: number | null) => {
    const record = { ...parts, ...(deleteAt !== null && { deleteAt }) }
    return isAtRest(parts) ? packing.pack(record) : packing.plain(record)
  }

  const expiry = (deleteAt: number | null): { expiresIn?: number } =>
    deleteAt === null ? {} : { expiresIn: Math.max(1, deleteAt - clock.now()) }

  const isSame = (part: Part, one: LoadedRecord, other: LoadedRecord) =>
    JSON.stringify(one.parts[part]) === JSON.stringify(other.parts[part])

  return {
    load,
    read,
    /** The write that stores a new record. */
    create: (key: string, parts: Parts, deleteAt: number | null = null): Write => ({
      key,
      set: pack(parts, deleteAt),
      ...expiry(deleteAt),
    }),
    /** The bytes of a record. */
    pack,
    /**
     * Changes parts of a record, together with other writes on its slot.
     * @param part whose change decides: if another process has changed it since it was read, nothing is written.
     * @param next the parts that change; as a function, of the parts as they are when it is written.
     * @returns the record after it; `null` where another process was faster.
     */
    change: async (
      loaded: LoadedRecord,
      part: Part,
      next: Partial<Parts> | ((parts: Parts) => Partial<Parts>),
      writes: readonly Write[] = [],
    ): Promise<LoadedRecord | null> => {
      let found = loaded
      const result = await retryConflicts(async (): Promise<LoadedRecord | 'lost' | null> => {
        const { key, deleteAt, expected } = found
        const changed = typeof next === 'function' ? next(found.parts) : next
        const parts = { ...found.parts, ...changed }
        const bytes = pack(parts, deleteAt)
        const record = { key, set: bytes, ...expiry(deleteAt) }
        if (await compareAndSet({ key, expected }, [record, ...writes]))
          return { key, parts, deleteAt, expected: bytes }
        const again = await load(key)
        if (!again || !isSame(part, again, loaded)) return 'lost'
        found = again
        return null
      })
      return result === 'lost' ? null : result
    },
  }
}

export type RecordStore = ReturnType<typeof createRecordStore>
