// Suppressions: addresses that are not mailed any more, because mail to them bounced for good, their owner complained, or
// Resend refuses them. Each is kept under a hash of its address, and never names it.

import { type CompareAndSet, createCompareAndSet } from '../redis/compare-and-set.ts'
import type { RedisClient } from '../redis/connection.ts'
import { shardSlot } from '../redis/keys.ts'
import { addressHash } from '../runtime/address.ts'
import { type Clock, DAY } from '../runtime/clock.ts'

export type Suppression = {
  v: 1
  because: 'bounced' | 'complained' | 'suppressed'
  /** When that happened, in milliseconds. */
  at: number
  /** What was mailed: our message, where it was one of ours, and Resend's id of the email. */
  origin: { message: string | null; provider: string }
  /** Since then it is mailed again, in milliseconds. */
  freedAt?: number
  /** Why: a customer was given the address anew, or an operator said so. */
  freedBy?: 'correction' | 'command' | 'api'
}

type Reported = Omit<Suppression, 'v' | 'freedAt' | 'freedBy'>

/**
 * Resend's own refusal is no word of the mailbox: its list may be mended, by whoever keeps it. So the address is tried again
 * after this; if Resend still refuses, no mail goes out, and it counts anew.
 */
export const SOFT_FOR = 30 * DAY

/** When a suppression ends or has ended, in milliseconds. A bounce and a complaint end by somebody's hand only. */
const endOf = ({ because, at, freedAt }: Suppression) =>
  freedAt ?? (because === 'suppressed' ? at + SOFT_FOR : Number.POSITIVE_INFINITY)

const isInForce = (suppression: Suppression, now: number) => now < endOf(suppression)

const STRENGTH: Record<Suppression['because'], number> = {
  suppressed: 0,
  bounced: 1,
  complained: 2,
}

/** Of two the stronger stays, and of equal ones the first. A complaint is never forgiven by a correction that it came after. */
const outweighs = (next: Reported, before: Suppression | null): boolean => {
  if (!before || next.at >= endOf(before)) return true
  const isForgiven = before.freedAt !== undefined && next.because !== 'complained'
  return !isForgiven && STRENGTH[next.because] > STRENGTH[before.because]
}

const MAX_CONFLICTS = 20

export const createSuppressions = (redis: RedisClient, clock: Clock) => {
  const compareAndSet: CompareAndSet = createCompareAndSet(redis)
  const keyOf = (address: string) => {
    const hash = addressHash(address)
    return shardSlot(hash, 'suppressed', hash)
  }

  /** Writes what `decide` makes of the record, unless that is nothing; answers whether it wrote. */
  const change = async (
    address: string,
    decide: (before: Suppression | null) => Suppression | null,
  ): Promise<boolean> => {
    const key = keyOf(address)
    for (let round = 0; round < MAX_CONFLICTS; round++) {
      const expected = await redis.get(key)
      const next = decide(expected === null ? null : (JSON.parse(expected) as Suppression))
      if (!next) return false
      if (await compareAndSet({ key, expected }, [{ key, set: JSON.stringify(next) }])) return true
    }
    throw new Error(`no turn came in ${MAX_CONFLICTS} rounds`)
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
    /** Answers whether that is news. */
    suppress: (address: string, suppression: Reported) =>
      change(address, (before) =>
        outweighs(suppression, before) ? { v: 1, ...suppression } : null,
      ),
    /** Why an address is not to be mailed; `null` if it may be. */
    isSuppressed: async (address: string): Promise<Suppression | null> => {
      const found = await load(address)
      return found && isInForce(found, clock.now()) ? found : null
    },
    /**
     * Lets an address be mailed again that a customer was given anew, unless its owner has complained; answers whether it was
     * suppressed. The record stays: by it a report that comes again, or late, is known to be of before.
     */
    free: (address: string) =>
      free(address, 'correction', ({ because }) => because !== 'complained'),
    /** Lets an address be mailed again because an operator says so. Answers what it was suppressed for, `null` if it was not. */
    release: async (address: string, by: 'command' | 'api'): Promise<Suppression | null> => {
      const before = await load(address)
      return (await free(address, by)) ? before : null
    },
  }
}

export type Suppressions = ReturnType<typeof createSuppressions>
