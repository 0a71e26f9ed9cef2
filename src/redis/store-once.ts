// What arrives from outside, signed: stored raw, once, with its due entry, in one step. Once that is done it is as durable as
// Redis is, and whoever sent it may be told so.

import type { Clock } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { type Due, NUDGE_LOST } from './due.ts'
import { createScript } from './script.ts'

const ADD = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'v', 1, 'body', ARGV[2], 'received_at', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
return 1`

/** Its record, on the shard of its id, where its due entry is too. */
type Arrival = { id: string; key: string; body: Uint8Array; due: Due }

export const createStoreOnce = (redis: RedisClient, clock: Clock) => {
  const add = createScript(redis, ADD)
  /** `false` if it was stored before. */
  return async ({ id, key, body, due }: Arrival): Promise<boolean> => {
    const now = clock.now()
    const raw = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    return (await add([key, due.keyOf(id)], [id, raw, now, now + NUDGE_LOST])) === 1
  }
}
