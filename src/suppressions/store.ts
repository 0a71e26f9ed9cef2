// Suppressions: addresses that are no longer mailed, because mail bounced for good, the owner complained, or Resend refuses
// them. Each is stored under a hash of its address, never with the address, and listed by that hash (list.ts).

import { createCompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { keyOnShard, shardSlot } from '../redis/keys.ts'
import { addressHash } from '../runtime/address.ts'
import { type Clock, DAY } from '../runtime/clock.ts'

/** Where an operator or the merchant's backend released it. */
export type Releaser = 'command' | 'api' | 'console'

export type Suppression = {
  because: 'bounced' | 'complained' | 'suppressed'
  /** When that happened, in milliseconds. */
  at: number
  /** The email that caused it: our message id, if it was ours, and Resend's id. */
  origin: { message: string | null; provider: string }
  /** Mailed again since then, in milliseconds. */
  freedAt?: number
  /** Who freed it: a customer was given this address as a correction, or an operator did. */
  freedBy?: 'correction' | Releaser
  /** When earlier suppressions of the address were freed, in milliseconds: the last one, and the last complaint. */
  earlier?: { freedAt: number; complaintFreedAt?: number }
}

type Reported = Omit<Suppression, 'freedAt' | 'freedBy' | 'earlier'>

/**
 * A refusal by Resend's own list says nothing about the mailbox, and the list can be cleaned there. So Postern tries the
 * address again after this time; if Resend still refuses, no mail goes out and the time starts again.
 */
export const SOFT_FOR = 30 * DAY

/** The record of a suppression. `hash` is that of its address. */
export const suppressionKey = (hash: string) => shardSlot(hash, 'suppressed', hash)

/** The hashes of what is suppressed on a shard, by time. */
const LIST = 'suppressions'

export const suppressionListKey = (shard: number) => keyOnShard(shard, LIST)

/** When a suppression ends or has ended, in milliseconds. Only a person or a correction ends a bounce or a complaint. */
export const endOf = ({ because, at, freedAt }: Suppression) =>
  freedAt ?? (because === 'suppressed' ? at + SOFT_FOR : Number.POSITIVE_INFINITY)

const isInForce = (suppression: Suppression, now: number) => now < endOf(suppression)

const STRENGTH: Record<Suppression['because'], number> = {
  suppressed: 0,
  bounced: 1,
  complained: 2,
}

/** When suppressions of the address were freed so far, including this one. */
const freedSoFar = ({ because, freedAt, earlier }: Suppression): Suppression['earlier'] =>
  freedAt === undefined
    ? earlier
    : { ...earlier, freedAt, ...(because === 'complained' && { complaintFreedAt: freedAt }) }

/** Whether a report is on something that was freed since then, so that it says nothing new however often it comes. */
const isFreed = ({ because, at }: Reported, before: Suppression): boolean => {
  const freed = freedSoFar(before)
  const until = because === 'complained' ? freed?.complaintFreedAt : freed?.freedAt
  return until !== undefined && at < until
}

/** The stronger of two stays, and of equal ones the first. A complaint that comes after a correction counts. */
const outweighs = (next: Reported, before: Suppression | null): boolean => {
  if (!before) return true
  if (isFreed(next, before)) return false
  return next.at >= endOf(before) || STRENGTH[next.because] > STRENGTH[before.because]
}

/** The record of a suppression that replaces another. */
const replacing = (next: Reported, before: Suppression | null): Suppression => {
  const earlier = before ? freedSoFar(before) : undefined
  return { ...next, ...(earlier && { earlier }) }
}

export const createSuppressions = (redis: RedisClient, clock: Clock) => {
  const compareAndSet = createCompareAndSet(redis)
  const listKey = (hash: string) => shardSlot(hash, LIST)

  const read = async (hash: string) => {
    const key = suppressionKey(hash)
    const expected = await redis.get(key)
    const found = expected === null ? null : (JSON.parse(expected) as Suppression)
    return { key, expected, found }
  }

  /** Writes the record that `decide` returns, if any, and its place in the list. Returns whether it wrote. */
  const change = (
    hash: string,
    decide: (before: Suppression | null) => Suppression | null,
  ): Promise<boolean> =>
    retryConflicts(async () => {
      const { key, expected, found } = await read(hash)
      const next = decide(found)
      if (!next) return false
      const listed = { key: listKey(hash) }
      const written = await compareAndSet({ key, expected }, [
        { key, set: JSON.stringify(next) },
        next.freedAt === undefined
          ? { ...listed, add: hash, score: next.at }
          : { ...listed, remove: hash },
      ])
      return written ? true : null
    })

  /** The suppression in force of the address with this hash. */
  const inForce = async (hash: string): Promise<Suppression | null> => {
    const { found } = await read(hash)
    return found && isInForce(found, clock.now()) ? found : null
  }

  const free = (
    hash: string,
    freedBy: NonNullable<Suppression['freedBy']>,
    mayBe: (before: Suppression) => boolean = () => true,
  ) =>
    change(hash, (before) =>
      before && isInForce(before, clock.now()) && mayBe(before)
        ? { ...before, freedAt: clock.now(), freedBy }
        : null,
    )

  /** The same as `release`, by the hash of an address. */
  const releaseHash = async (hash: string, by: Releaser): Promise<Suppression | null> => {
    const before = await inForce(hash)
    return (await free(hash, by)) ? before : null
  }

  return {
    /** Returns whether the record has changed. */
    suppress: (address: string, suppression: Reported) =>
      change(addressHash(address), (before) =>
        outweighs(suppression, before) ? replacing(suppression, before) : null,
      ),
    /** The suppression in force; `null` if the address may be mailed. */
    isSuppressed: (address: string): Promise<Suppression | null> => inForce(addressHash(address)),
    /** The same by the hash of an address. */
    inForce,
    /** Forgets the suppression of an address whose owner is erased. Returns whether there was one. */
    erase: (address: string): Promise<boolean> =>
      retryConflicts(async () => {
        const hash = addressHash(address)
        const { key, expected } = await read(hash)
        if (expected === null) return false
        const erased = await compareAndSet({ key, expected }, [
          { key, delete: true },
          { key: listKey(hash), remove: hash },
        ])
        return erased ? true : null
      }),
    /**
     * Frees an address that a customer was given as a correction, unless its owner has complained. Returns whether it was
     * suppressed. The record stays, so that a late or repeated report is recognised as older.
     */
    free: (address: string) =>
      free(addressHash(address), 'correction', ({ because }) => because !== 'complained'),
    /** Frees an address because an operator says so. Returns the suppression, or `null` if there was none. */
    release: (address: string, by: Releaser) => releaseHash(addressHash(address), by),
    releaseHash,
  }
}

export type Suppressions = ReturnType<typeof createSuppressions>
