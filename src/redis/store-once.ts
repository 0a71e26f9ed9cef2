// Stores a signed webhook: raw, once, together with its due entry, in one step. When that is done the webhook is as durable
// as Redis is, and Postern may answer 202.

import type { Clock } from '../runtime/clock.ts'
import type { RedisClient } from './connection.ts'
import { type Due, dueEntry, NUDGE_LOST, type Priority } from './due.ts'
import { createScript } from './script.ts'

const ADD = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'v', 1, 'body', ARGV[1], 'received_at', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4])
return 1`

/** `key` is that of its record, on the shard of its id, where its due entry is too. */
type Webhook = { id: string; key: string; body: Uint8Array; due: Due; priority: Priority }

export const createStoreOnce = (redis: RedisClient, clock: Clock) => {
  const add = createScript(redis, ADD)
  /** @returns `false` if it was stored before. */
  return async ({ id, key, body, due, priority }: Webhook): Promise<boolean> => {
    const now = clock.now()
    const raw = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    const entry = dueEntry(id, now + NUDGE_LOST, priority)
    return (await add([key, due.keyOf(id)], [raw, now, ...entry])) === 1
  }
}
