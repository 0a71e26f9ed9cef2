// A lease says which process does a piece of work. It runs out by itself when that process is gone, and nobody but its owner
// gives it back: a process that was slow may find another at work.

import type { RedisClient } from './connection.ts'
import { createScript } from './script.ts'

const TAKE = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`

const GIVE_BACK = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`

/** @param duration milliseconds after which it runs out, unless its owner renews it. */
export const createLease = (redis: RedisClient, key: string, duration: number) => {
  const take = createScript(redis, TAKE)
  const giveBack = createScript(redis, GIVE_BACK)
  return {
    /** Takes or renews it. @returns whether `owner` has it. */
    take: async (owner: string): Promise<boolean> => (await take([key], [owner, duration])) === 1,
    /** Gives it back, unless it is another's by now. */
    giveBack: async (owner: string): Promise<void> => {
      await giveBack([key], [owner])
    },
  }
}
