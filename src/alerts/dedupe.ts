// What was told of late, by any process: the first of a kind is news, and what follows is counted until a while is over.

import type { RedisClient } from '../redis/connection.ts'
import { shardSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { DAY, MINUTE } from '../runtime/clock.ts'

/** The same isn't told again within this. */
export const QUIET = 10 * MINUTE

/** What was counted and told by nobody, since its process ended, is told with the next of its kind; or is no news any more. */
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

/** How many there are to be told of now, and if none, in how many milliseconds to ask again. */
export type Answer = { count: number; askIn: number }

/**
 * A subject is quiet for `quiet` milliseconds after something was told of it, unless something else is to be told of the
 * same subject.
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
    /** Something has happened: is it to be told, and with how many others that were only counted? */
    happened: (subject: string, what: string) => ask(subject, what, 1),
    /** Was anything counted that nobody has told? Whoever gets the number has to tell it. */
    rest: (subject: string, what: string) => ask(subject, what, 0),
  }
}
