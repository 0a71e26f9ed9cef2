// Runs Lua scripts: sends each once, then calls it by its digest. All keys of a call lie on one cluster slot.

import { createHash } from 'node:crypto'
import type { RedisClient } from './connection.ts'

type Argument = string | number | Buffer

/** @returns the script as a function of its keys and arguments. */
export const createScript = (redis: RedisClient, lua: string) => {
  const digest = createHash('sha1').update(lua).digest('hex')
  return async (keys: readonly string[], args: readonly Argument[]): Promise<unknown> => {
    try {
      return await redis.evalsha(digest, keys.length, ...keys, ...args)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return redis.eval(lua, keys.length, ...keys, ...args)
    }
  }
}
