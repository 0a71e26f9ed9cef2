// Suppressions: addresses that are not mailed any more, because mail to them bounced for good, their owner complained, or
// Resend refuses them. Each is kept under a hash of its address, and never names it.

import { type Commit, createCommit } from '../redis/commit.ts'
import type { RedisClient } from '../redis/connection.ts'
import { shardSlot } from '../redis/keys.ts'
import { addressHash } from '../runtime/address.ts'
import type { Clock } from '../runtime/clock.ts'

export type Suppression = {
  v: 1
  because: 'bounced' | 'complained' | 'suppressed'
  /** When that happened, in milliseconds. */
  at: number
  /** What was mailed: our message, where it was one of ours, and Resend's id of the email. */
  origin: { message: string | null; provider: string }
  /** Since then it is mailed again, in milliseconds. */
  freedAt?: number
}

const isInForce = ({ freedAt }: Suppression) => freedAt === undefined

/** The first one stays, but nothing is as strong as a complaint; what happened before an address was freed is forgiven. */
const outweighs = (next: Omit<Suppression, 'v'>, before: Suppression | null): boolean => {
  if (!before) return true
  if (next.because === 'complained') return before.because !== 'complained'
  return before.freedAt !== undefined && next.at >= before.freedAt
}

const MOST_ROUNDS = 20

export const createSuppressions = (redis: RedisClient, clock: Clock) => {
  const commit: Commit = createCommit(redis)
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
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const was = await redis.get(key)
      const next = decide(was === null ? null : (JSON.parse(was) as Suppression))
      if (!next) return false
      if (await commit({ key, was }, [{ key, set: JSON.stringify(next) }])) return true
    }
    throw new Error(`no turn came in ${MOST_ROUNDS} rounds`)
  }

  return {
    /** Answers whether that is news. */
    suppress: (address: string, suppression: Omit<Suppression, 'v' | 'freedAt'>) =>
      change(address, (before) =>
        outweighs(suppression, before) ? { v: 1, ...suppression } : null,
      ),
    /** Why an address is not to be mailed; `null` if it may be. */
    isSuppressed: async (address: string): Promise<Suppression | null> => {
      const found = await redis.get(keyOf(address))
      if (found === null) return null
      const suppression = JSON.parse(found) as Suppression
      return isInForce(suppression) ? suppression : null
    },
    /**
     * Lets an address be mailed again, unless its owner has complained; answers whether it was suppressed. The record stays:
     * by it a report that comes again, or late, is known to be of before.
     */
    free: (address: string) =>
      change(address, (before) =>
        before && isInForce(before) && before.because !== 'complained'
          ? { ...before, freedAt: clock.now() }
          : null,
      ),
  }
}

export type Suppressions = ReturnType<typeof createSuppressions>
