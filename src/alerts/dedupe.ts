// Keeps processes from repeating an alert: the first of a subject goes out, and those that follow are counted for a while.

import type { RedisClient } from '../redis/connection.ts'
import { shardSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { DAY, MINUTE } from '../runtime/clock.ts'

/** The same alert is not repeated within this time. */
export const QUIET = 10 * MINUTE

/** Counts left by a dead process are reported with the next alert of the same kind, for up to this time. */
const COUNT_KEPT = DAY

const ASK = `
local left = redis.call('PTTL', KEYS[1])
if left > 0 and redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('INCRBY', KEYS[2], ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ${COUNT_KEPT})
  return {0, left}
end
local count = (redis.call('GET', KEYS[2]) or 0) + ARGV[2]
redis.call('DEL', KEYS[2])
if count > 0 then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3]) end
return {count, 0}`

/** How many alerts to report now; if none, `askIn` is when to ask again, in milliseconds. */
export type Answer = { count: number; askIn: number }

/**
 * After an alert its subject is quiet for `quiet` milliseconds, unless something else happens to the same subject.
 */
export const createDedupe = (redis: RedisClient, quiet: number = QUIET) => {
  const script = createScript(redis, ASK)
  const ask = async (subject: string, what: string, more: 0 | 1): Promise<Answer> => {
    const keys = [
      shardSlot(subject, 'alert', subject),
      shardSlot(subject, 'alert', subject, 'more'),
    ]
    const [count, askIn] = (await script(keys, [what, more, quiet])) as [number, number]
    return { count, askIn }
  }
  return {
    /** Counts one more. `count` is how many to report now, this one and those counted before. */
    happened: (subject: string, what: string) => ask(subject, what, 1),
    /** How many were counted and not reported yet. The caller must report them. */
    rest: (subject: string, what: string) => ask(subject, what, 0),
  }
}
