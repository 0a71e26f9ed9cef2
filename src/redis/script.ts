// Runs Lua scripts: sends each once, then calls it by its digest. All keys of a call lie on one cluster slot.

import { createHash } from 'node:crypto'
import type { RedisClient } from './connection.ts'

export type Argument = string | number | Buffer

type Run = (keys: readonly string[], args: readonly Argument[]) => Promise<unknown>

/** ioredis has these for every command, but its types do not name them. */
type WithBuffers = {
  evalshaBuffer: (digest: string, keys: number, ...rest: Argument[]) => Promise<unknown>
  evalBuffer: (lua: string, keys: number, ...rest: Argument[]) => Promise<unknown>
}

const orEval = (run: Promise<unknown>, otherwise: () => Promise<unknown>) =>
  run.catch((error: unknown) => {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return otherwise()
  })

/** @returns the script as a function of its keys and arguments. */
export const createScript = (redis: RedisClient, lua: string): Run => {
  const digest = createHash('sha1').update(lua).digest('hex')
  return (keys, args) =>
    orEval(redis.evalsha(digest, keys.length, ...keys, ...args), () =>
      redis.eval(lua, keys.length, ...keys, ...args),
    )
}

/** The same for a script whose answer has bytes in it: they come as buffers. */
export const createBinaryScript = (redis: RedisClient, lua: string): Run => {
  const digest = createHash('sha1').update(lua).digest('hex')
  const { evalshaBuffer, evalBuffer } = redis as unknown as WithBuffers
  return (keys, args) =>
    orEval(evalshaBuffer.call(redis, digest, keys.length, ...keys, ...args), () =>
      evalBuffer.call(redis, lua, keys.length, ...keys, ...args),
    )
}
