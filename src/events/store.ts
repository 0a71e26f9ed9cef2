// Events in Redis: each stored raw, once, and on disk before Postern answers 202; then its outcome.

import type { RedisClient } from '../redis/connection.ts'
import type { Due, Priority } from '../redis/due.ts'
import { shardSlot } from '../redis/keys.ts'
import { createScript } from '../redis/script.ts'
import { createStoreOnce } from '../redis/store-once.ts'
import type { Clock } from '../runtime/clock.ts'
import { eventPriority } from './priority.ts'
import type { Ignored } from './row.ts'

const SETTLE = `
redis.call('HSET', KEYS[1], 'outcome', ARGV[2], 'interpreted_at', ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[1])`

/** The outcome of an event: its messages, or why there are none. */
export type Outcome =
  | { messages: string[] }
  /** `messages` were decided and will not be sent, unless an operator sends them again. */
  | { ignored: Ignored; because: string; messages?: string[] }

export type StoredEvent = { id: string; body: string; receivedAt: number; outcome: Outcome | null }

export const createEventStore = (redis: RedisClient, due: Due, clock: Clock) => {
  const add = createStoreOnce(redis, clock)
  const settle = createScript(redis, SETTLE)
  const eventKey = (id: string) => shardSlot(id, 'event', id)

  return {
    /**
     * Stores a signed event, raw as it came. Once this resolves the event is as durable as Redis is.
     * @returns the priority of its nudge; `null` if the event was stored before.
     */
    add: async (id: string, body: Uint8Array): Promise<Priority | null> => {
      const priority = eventPriority(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
      return (await add({ id, key: eventKey(id), body, due, priority })) ? priority : null
    },
    load: async (id: string): Promise<StoredEvent | null> => {
      const [body, receivedAt, outcome] = await redis.hmget(
        eventKey(id),
        'body',
        'received_at',
        'outcome',
      )
      if (body == null) return null
      return {
        id,
        body,
        receivedAt: Number(receivedAt),
        outcome: outcome ? (JSON.parse(outcome) as Outcome) : null,
      }
    },
    /** Records the outcome of an event; nothing more is due for it. */
    settle: async (id: string, outcome: Outcome) => {
      await settle([eventKey(id), due.keyOf(id)], [id, JSON.stringify(outcome), clock.now()])
    },
    /** Removes the due entry of an event that is settled. */
    done: (id: string) => due.done(id),
    /** Makes an event due again at `time` (ms). */
    putOff: (id: string, time: number) => due.at(id, time),
  }
}

export type EventStore = ReturnType<typeof createEventStore>
