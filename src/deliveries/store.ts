// Deliveries in Redis. `apply` is the only way to change one: it compares and sets the record, keeps or drops the frozen
// email, and sets the due entry.

import { createCompareAndSet, type Write } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import type { Due } from '../redis/due.ts'
import { customerSlot } from '../redis/keys.ts'
import type { Email } from '../resend/email.ts'
import { HOUR } from '../runtime/clock.ts'
import { type Delivery, type Happening, untouched } from './delivery.ts'
import { keepsFrozen, transition } from './transition.ts'

/** A person who has not decided by then may have missed the alert about a held message. */
export const HELD_TOO_LONG = HOUR

/** A delivery as it was read: `expected` is its stored text, which a compare-and-set must still find. */
export type Loaded = { delivery: Delivery; expected: string | null }

type Also = {
  /** The email that a claim freezes. */
  freeze?: Email
  /** Records to be written in the same step, on the same slot. */
  writes?: readonly Write[]
}

const read = (text: string | null): Loaded => ({
  delivery: text === null ? untouched : (JSON.parse(text) as Delivery),
  expected: text,
})

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

/**
 * @param customerKeyOf the customer on whose slot a message is kept.
 */
export const createDeliveryStore = (
  redis: RedisClient,
  due: Due,
  customerKeyOf: (messageId: string) => string,
) => {
  const compareAndSet = createCompareAndSet(redis)
  const keyOf = (id: string, name: string) => customerSlot(customerKeyOf(id), name, id)
  const recordKey = (id: string) => keyOf(id, 'delivery')
  const frozenKey = (id: string) => keyOf(id, 'frozen')

  const load = async (id: string): Promise<Loaded> => read(await redis.get(recordKey(id)))

  /** The record is written first: a crash in between leaves an older due entry, which brings it back sooner. */
  const setDue = async (id: string, delivery: Delivery, at: number) => {
    if (delivery.state === 'batched') return // its batch brings it back
    const time = dueAt(delivery, at)
    await (time === null ? due.done(id) : due.at(id, time))
    if (delivery.state !== 'held') return
    // A person may have released it meanwhile, and its entry must not wait for an hour then.
    const { delivery: now } = await load(id)
    if (now.state !== 'held') await due.at(id, at)
  }

  return {
    load,
    /** The frozen email, as it was claimed. */
    frozen: async (id: string): Promise<Email | null> => {
      const found = await redis.get(frozenKey(id))
      return found === null ? null : (JSON.parse(found) as Email)
    },
    /**
     * Changes a delivery by what happened.
     * @returns the delivery after it; `null` where it cannot happen in this state, or another process has changed the
     * delivery since it was read.
     */
    apply: async (
      id: string,
      { delivery, expected }: Loaded,
      happening: Happening,
      { freeze, writes = [] }: Also = {},
    ): Promise<Loaded | null> => {
      const next = transition(delivery, happening)
      if (!next) return null
      const text = JSON.stringify(next)
      const isKept = keepsFrozen(delivery, next, happening)
      const done = await compareAndSet({ key: recordKey(id), expected }, [
        { key: recordKey(id), set: text },
        ...(freeze ? [{ key: frozenKey(id), set: JSON.stringify(freeze) }] : []),
        ...(isKept ? [] : [{ key: frozenKey(id), delete: true } as const]),
        ...writes,
      ])
      if (!done) return null
      await setDue(id, next, happening.at)
      return { delivery: next, expected: text }
    },
    /** The write that records a message as not sent before anybody has looked at it. */
    withheld: (id: string, at: number): Write => ({
      key: recordKey(id),
      new: JSON.stringify(transition(untouched, { what: 'not_sent', at, because: 'before_live' })),
    }),
    /** Drops a frozen email that nobody needs any more. */
    thaw: (id: string) => redis.del(frozenKey(id)),
    /** Drops the frozen email of a delivery that another process has found to be accepted. */
    thawAccepted: async (id: string) => {
      const { delivery } = await load(id)
      if (delivery.state === 'accepted') await redis.del(frozenKey(id))
    },
    /** Removes the due entry: no work is left. */
    done: (id: string) => due.done(id),
    /** Brings a message back at `time` (ms), with its record as it is. */
    dueAgain: (id: string, time: number) => due.at(id, time),
  }
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>
