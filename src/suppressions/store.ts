// Suppressions: addresses that are no longer mailed, because mail bounced for good, the owner complained, or Resend refuses
// them. Each is stored under a hash of its address, never with the address.

import { createCompareAndSet, retryConflicts } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { shardSlot } from '../redis/keys.ts'
import { addressHash } from '../runtime/address.ts'
import { type Clock, DAY } from '../runtime/clock.ts'

export type Suppression = {
  because: 'bounced' | 'complained' | 'suppressed'
  /** When that happened, in milliseconds. */
  at: number
  /** The email that caused it: our message id, if it was ours, and Resend's id. */
  origin: { message: string | null; provider: string }
  /** Mailed again since then, in milliseconds. */
  freedAt?: number
  /** Who freed it: a customer was given this address as a correction, or an operator did. */
  freedBy?: 'correction' | 'command' | 'api'
  /** When earlier suppressions of the address were freed, in milliseconds: the last one, and the last complaint. */
  earlier?: { freedAt: number; complaintFreedAt?: number }
}

type Reported = Omit<Suppression, 'freedAt' | 'freedBy' | 'earlier'>

/**
 * A refusal by Resend's own list says nothing about the mailbox, and the list can be cleaned there. So Postern tries the
 * address again after this time; if Resend still refuses, no mail goes out and the time starts again.
 */
export const SOFT_FOR = 30 * DAY

/** When a suppression ends or has ended, in milliseconds. Only a person or a correction ends a bounce or a complaint. */
const endOf = ({ because, at, freedAt }: Suppression) =>
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
  const keyOf = (address: string) => {
    const hash = addressHash(address)
    return shardSlot(hash, 'suppressed', hash)
  }

  /** Writes the record that `decide` returns, if any. Returns whether it wrote. */
  const change = async (
    address: string,
    decide: (before: Suppression | null) => Suppression | null,
  ): Promise<boolean> => {
    const key = keyOf(address)
    return retryConflicts(async () => {
      const expected = await redis.get(key)
      const next = decide(expected === null ? null : (JSON.parse(expected) as Suppression))
      if (!next) return false
      const written = await compareAndSet({ key, expected }, [{ key, set: JSON.stringify(next) }])
      return written ? true : null
    })
  }

  const load = async (address: string): Promise<Suppression | null> => {
    const found = await redis.get(keyOf(address))
    return found === null ? null : (JSON.parse(found) as Suppression)
  }

  const free = (
    address: string,
    freedBy: NonNullable<Suppression['freedBy']>,
    mayBe: (before: Suppression) => boolean = () => true,
  ) =>
    change(address, (before) =>
      before && isInForce(before, clock.now()) && mayBe(before)
        ? { ...before, freedAt: clock.now(), freedBy }
        : null,
    )

  return {
    /** Returns whether the record has changed. */
    suppress: (address: string, suppression: Reported) =>
      change(address, (before) =>
        outweighs(suppression, before) ? replacing(suppression, before) : null,
      ),
    /** The suppression in force; `null` if the address may be mailed. */
    isSuppressed: async (address: string): Promise<Suppression | null> => {
      const found = await load(address)
      return found && isInForce(found, clock.now()) ? found : null
    },
    /** Forgets the suppression of an address whose owner is erased. Returns whether there was one. */
    erase: async (address: string): Promise<boolean> => (await redis.del(keyOf(address))) === 1,
    /**
     * Frees an address that a customer was given as a correction, unless its owner has complained. Returns whether it was
     * suppressed. The record stays, so that a late or repeated report is recognised as older.
     */
    free: (address: string) =>
      free(address, 'correction', ({ because }) => because !== 'complained'),
    /** Frees an address because an operator says so. Returns the suppression, or `null` if there was none. */
    release: async (address: string, by: 'command' | 'api'): Promise<Suppression | null> => {
      const before = await load(address)
      return (await free(address, by)) ? before : null
    },
  }
}

export type Suppressions = ReturnType<typeof createSuppressions>
